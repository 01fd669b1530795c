import { describeArchiveContract } from '../support/archive-contract.js';
import { createMemoryArchive } from '../support/memory-archive.js';

describeArchiveContract('in memory', async () => createMemoryArchive());
