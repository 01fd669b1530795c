import { describe } from 'vitest';
import { projectBlocks } from '../support/documented/project-blocks.js';
import { runsAsWritten } from '../support/documented/block-contract.js';

describe('the block of a page with which somebody begins', () => {
  runsAsWritten(projectBlocks);
});
