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
 * parent. Syncs from `lowest` up to `highest`, both absolute and included, or up to the first whose name is durable.
 *
 * @param durable directories that have been synced up to `highest` before; those that are synced now are added
 * @throws the system's own error
 */
export async function syncDirectories(
  { lowest, highest }: { readonly lowest: string; readonly highest: string },
  openFile: typeof open,
  durable: Set<string>,
): Promise<void> {
  const synced: string[] = [];
  for (let directory = lowest; ; directory = dirname(directory)) {
    await syncDirectory(directory, openFile);
    if (directory === highest || directory === dirname(directory)) break;
    synced.push(directory);
    if (durable.has(directory)) break;
  }
  for (const directory of synced) durable.add(directory);
}

async function syncDirectory(directory: string, openFile: typeof open): Promise<void> {
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
}
