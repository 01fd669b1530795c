import { shareJobs } from '../../src/day/artefacts/share-jobs.js';

/** For a report without jobs, or a renderer that does not read them. */
export const noJobs = (): AsyncIterable<string> => shareJobs([])();
