import { shareLines } from '../../src/day/artefacts/share-lines.js';

/** For a report without jobs, or a renderer that does not read them. */
export const noJobs = (): AsyncIterable<string> => shareLines([])();
