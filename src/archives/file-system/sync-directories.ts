import type { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from '../../errors.js';

/** Errors of systems that cannot open or sync a directory; nothing more can be done there. */
const noDirectorySync = new Set<string | undefined>([
  'EACCES',
  'EBADF',
  'EINVAL',
  'EISDIR',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EPERM',
]);

/**
 * A new name survives a power failure only once its directory is synced too; the same goes for a new directory and its
 * parent. Syncs from `lowest` up to `highest`, both absolute and included.
 *
 * Throws the system's own error.
 */
export async function syncDirectories(lowest: string, highest: string, openFile: typeof open): Promise<void> {
  for (let directory = lowest; ; directory = dirname(directory)) {
    try {
      const handle = await openFile(directory, 'r');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (!noDirectorySync.has(systemErrorCode(error))) throw error;
    }
    if (directory === highest || directory === dirname(directory)) return;
  }
}
