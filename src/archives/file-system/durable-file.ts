import { lstat, type open, readdir, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { explainError, Failure, systemErrorCode } from '../../errors.js';
import { makeFolder } from '../../files/make-folder.js';
import { removeLeftFiles, temporaryPath } from '../../files/temporary-files.js';
import type { ArchiveBody } from '../../ports/archive.js';
import { syncDirectories } from './sync-directories.js';

/** The system calls that decide whether a file is complete and durable. */
export interface FileSystemCalls {
  readonly linkFile: (from: string, to: string) => Promise<void>;
  readonly openFile: typeof open;
}

/** What one archive writes with. */
export interface ArchiveDisk extends FileSystemCalls {
  /** Folders that were synced up to the root since they are there: a file in them needs no more than its own folder. */
  readonly durable: Set<string>;
}

const copyBufferBytes = 1024 * 1024;
const noHardLinks = new Set<string | undefined>(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Writes a new file, complete and durable, below the absolute directory `root`; never over an existing one.
 *
 * The content goes to a temporary file, and `link` gives it its name: unlike rename, link fails if the name is taken,
 * and a crash before it leaves only a file that is never listed.
 * Throws the system's own error, or Failure('storage') if the body cannot be read.
 */
export async function createFileOnce(
  root: string,
  target: string,
  body: ArchiveBody,
  { durable, ...calls }: ArchiveDisk,
): Promise<'created' | 'exists'> {
  const directory = dirname(target);
  const firstMade = await makeFolder(directory);
  // One that was removed meanwhile is another folder now.
  if (firstMade !== undefined) forgetBelow(firstMade, durable);
  if (await exists(target)) return 'exists';
  await removeLeftBeside(directory, firstMade !== undefined);
  const temporary = temporaryPath(directory);
  await writeNewFile(temporary, body, calls);
  let outcome: 'created' | 'exists';
  try {
    outcome = await publish(temporary, target, body, calls);
  } finally {
    await removeQuietly(temporary);
  }
  // Up to the parent of the root the first time: an earlier run may have created a directory and crashed before the sync.
  const top = firstMade !== undefined && firstMade.length < root.length ? firstMade : root;
  const span = { lowest: directory, highest: dirname(top) };
  if (outcome === 'created') await syncDirectories(span, calls.openFile, durable);
  return outcome;
}

function forgetBelow(made: string, durable: Set<string>): void {
  for (const each of durable) if (each === made || each.startsWith(`${made}${sep}`)) durable.delete(each);
}

/**
 * Removes what killed processes left unfinished: in the folder, and beside a new one, because a day that a process did not
 * finish is made again in the next folder.
 */
async function removeLeftBeside(directory: string, isNew: boolean): Promise<void> {
  await removeLeftFiles(directory);
  if (!isNew) return;
  const parent = dirname(directory);
  const beside = await readdir(parent, { withFileTypes: true }).catch(() => []);
  for (const entry of beside) if (entry.isDirectory()) await removeLeftFiles(join(parent, entry.name));
}

async function publish(
  temporary: string,
  target: string,
  body: ArchiveBody,
  calls: FileSystemCalls,
): Promise<'created' | 'exists'> {
  try {
    await calls.linkFile(temporary, target);
    return 'created';
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return 'exists';
    if (!noHardLinks.has(code)) throw error;
  }
  // FAT and some network shares have no hard links. Create-only still holds there; a crash may leave a partial file.
  try {
    await writeNewFile(target, body, calls);
    return 'created';
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return 'exists';
    throw error;
  }
}

async function writeNewFile(
  path: string,
  body: ArchiveBody,
  { openFile }: Pick<FileSystemCalls, 'openFile'>,
): Promise<void> {
  const handle = await openFile(path, 'wx');
  try {
    try {
      if ('bytes' in body) await handle.writeFile(body.bytes);
      else await copyInto(handle, body.path, openFile);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await removeQuietly(path);
    throw error;
  }
}

/** In pieces: an artefact may not fit in memory. */
async function copyInto(target: FileHandle, sourcePath: string, openFile: typeof open): Promise<void> {
  const cannotRead = (cause: unknown): never => {
    throw new Failure('storage', `cannot read ${sourcePath}: ${explainError(cause)}`, { cause });
  };
  const source = await openFile(sourcePath, 'r').catch(cannotRead);
  try {
    const { size } = await source.stat().catch(cannotRead);
    // Most are small: a buffer of full size for each would have all memory searched for what is no longer needed.
    const buffer = Buffer.allocUnsafe(Math.min(size + 1, copyBufferBytes));
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, null).catch(cannotRead);
      if (bytesRead === 0) return;
      await target.writeFile(buffer.subarray(0, bytesRead));
    }
  } finally {
    await source.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    // A link that leads nowhere, or in a circle, takes the name, too.
    await lstat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** A leftover temporary file is never listed, and the original error matters more than this one. */
async function removeQuietly(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch {
    return;
  }
}
