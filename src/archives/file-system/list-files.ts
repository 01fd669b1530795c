import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../../errors.js';
import { temporaryPrefix } from '../../files/temporary-files.js';
import type { ArchiveEntry } from '../../ports/archive.js';
import { isNameOfFile, reasonAgainst, reasonOfError } from './unlinked-path.js';

/**
 * Every file below a folder, and what takes the name of one: links, folders, and what may not be entered.
 *
 * @param prefix of their keys
 */
export async function listFiles(path: string, prefix: string): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for (const child of await orNothing(readdir(path, { withFileTypes: true }))) {
    if (child.name.startsWith(temporaryPrefix)) continue;
    const childPath = join(path, child.name);
    const key = `${prefix}${child.name}`;
    for (const status of await orNothing(lstat(childPath).then((found) => [found]))) {
      const reason = reasonAgainst(status);
      const entry = { key, modifiedMs: status.mtimeMs };
      if (reason !== 'folder') entries.push(reason === null ? entry : { ...entry, unreadable: reason });
      // The name of a file, which it takes.
      else if (isNameOfFile(child.name)) entries.push({ ...entry, unreadable: reason });
      else entries.push(...(await listFolder(childPath, entry)));
    }
  }
  return entries;
}

/** One that may not be entered is an entry of its own, so that the others are listed. */
async function listFolder(path: string, entry: ArchiveEntry): Promise<ArchiveEntry[]> {
  try {
    return await listFiles(path, `${entry.key}/`);
  } catch (error) {
    const reason = reasonOfError(error);
    if (reason === null) throw error;
    return [{ ...entry, unreadable: reason }];
  }
}

/** An empty list if the file or directory does not exist, or no longer does. */
async function orNothing<T>(found: Promise<T[]>): Promise<T[]> {
  try {
    return await found;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
