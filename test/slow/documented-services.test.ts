import { afterAll, describe } from 'vitest';
import { runsAsWritten } from '../support/documented/block-contract.js';
import { removeNovember } from '../support/documented/november.js';
import { serviceBlocks } from '../support/documented/service-blocks.js';

describe('the block of a page about services, or of the list of commands', () => {
  afterAll(removeNovember);
  runsAsWritten(serviceBlocks);
});
