import type { Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { UnreadableFile, type UnreadableReason, systemErrorCode } from '../../errors.js';

/*
 * Links within an archive are told, and not followed: behind one lies something that this program did not write there.
 * The directory of the archive itself may be reached by links.
 */

/** The first part of `path` below `root` that is a link; null: there is none. Throws the system's own error. */
export async function linkBelow(root: string, path: string): Promise<string | null> {
  if (await isReachedWithoutLinks(root, path)) return null;
  return firstBelow(root, path, (status) => status.isSymbolicLink());
}

/** The first part of `path` below `root` that is a file; null: there is none, or the root is no folder. */
function fileOnTheWay(root: string, path: string): Promise<string | null> {
  return firstBelow(root, path, (status) => status.isFile());
}

async function firstBelow(
  root: string,
  path: string,
  isIt: (status: Stats) => boolean,
): Promise<string | null> {
  let part = root;
  for (const name of relative(root, path).split(sep)) {
    if (name === '') continue;
    part = join(part, name);
    const status = await statusOf(part);
    if (status === null) return null;
    if (isIt(status)) return part;
  }
  return null;
}

/** At one call of the system each, where looking at every part of a path takes one for each. */
async function isReachedWithoutLinks(root: string, path: string): Promise<boolean> {
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path)]);
    return real === join(realRoot, relative(root, path));
  } catch {
    // It is not there, or a part of it may not be entered.
    return false;
  }
}

/**
 * Whether there is a file; false: a folder of files, which is no key.
 *
 * @throws UnreadableFile where a part of `path` is a link, or it is something else; or the system's own error
 */
export async function isFileBelow(root: string, path: string): Promise<boolean> {
  const link = await linkBelow(root, path);
  if (link !== null) throw new UnreadableFile(link, 'link');
  const reason = reasonAgainst(await lstat(path));
  if (reason === 'folder' && !isNameOfFile(basename(path))) return false;
  if (reason !== null) throw new UnreadableFile(path, reason);
  return true;
}

/** Files of an archive have a dot in their name, or are called by their digest; its folders are not. */
export function isNameOfFile(name: string): boolean {
  return name.includes('.') || /^[0-9a-f]{64}$/.test(name);
}

/** Why it cannot be read as a file; null: it can. */
export function reasonAgainst(status: Stats): UnreadableReason | null {
  if (status.isFile()) return null;
  if (status.isSymbolicLink()) return 'link';
  return status.isDirectory() ? 'folder' : 'special';
}

const reasonsOfCodes = new Map<string | undefined, UnreadableReason>([
  ['EACCES', 'no-right'],
  ['EPERM', 'no-right'],
  ['EIO', 'device'],
]);

/** What an error of one file or folder says of it, where the others can be read; null: it is none of these. */
export function reasonOfError(error: unknown): UnreadableReason | null {
  return reasonsOfCodes.get(systemErrorCode(error)) ?? null;
}

/**
 * An error of one file or folder, where the archive itself can be used: no right to read it, a worn disk, a file where a
 * folder must be. Others come back as they are.
 */
export async function asUnreadable(error: unknown, root: string, path: string): Promise<unknown> {
  if (systemErrorCode(error) === 'ENOTDIR') {
    const file = await fileOnTheWay(root, path);
    return file === null ? error : new UnreadableFile(file, 'no-folder', error);
  }
  const reason = reasonOfError(error);
  if (reason === null) return error;
  try {
    await readdir(root);
    await statusOf(join(root, 'none'));
  } catch {
    return error;
  }
  return new UnreadableFile(path, reason, error);
}

/** null: nothing is there. */
async function statusOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return null;
    throw error;
  }
}
