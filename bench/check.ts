/* npm run release:check: a release is refused while a part of RESULTS.md is stale. With --warn it is only told. */
import { join } from 'node:path';
import { standardParts } from './parts/all-parts.js';
import { projectRoot } from './paths.js';
import { readResults, staleParts } from './results.js';
import { staleText } from './stale-text.js';

const results = await readResults(join(projectRoot, 'bench'));
const stale = await staleParts(projectRoot, results, standardParts());
const isWarning = process.argv.includes('--warn');
process.stderr.write(staleText(stale, isWarning));
if (stale.length > 0 && !isWarning) process.exitCode = 1;
