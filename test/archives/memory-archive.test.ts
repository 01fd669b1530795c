import { createMemoryArchive } from '../support/memory-archive.js';
import { describeArchiveContract } from '../support/archive-contract.js';

describeArchiveContract('in memory', async () => createMemoryArchive());
