import { afterAll, describe } from 'vitest';
import { archiveBlocks } from '../support/documented/archive-blocks.js';
import { runsAsWritten } from '../support/documented/block-contract.js';
import { removeNovember } from '../support/documented/november.js';

describe('the block of a page about archived days', () => {
  afterAll(removeNovember);
  runsAsWritten(archiveBlocks);
});
