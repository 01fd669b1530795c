import type { Dirent } from 'node:fs';
import { link, open, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { compareText } from '../../base/text-order.js';
import { explainError, Failure, UnreadableFile, systemErrorCode } from '../../errors.js';
import { openRegularFile } from '../../files/regular-file.js';
import { temporaryPrefix } from '../../files/temporary-files.js';
import type { Archive, ArchiveBody, ArchiveEntry } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { partsOfKey, splitKey, splitPrefix } from '../archive-key.js';
import { type ArchiveDisk, type FileSystemCalls, createFileOnce } from './durable-file.js';
import { freeSpaceFindings } from './free-space.js';
import { listFiles } from './list-files.js';
import { asUnreadable, isFileBelow, linkBelow } from './unlinked-path.js';

/**
 * An archive in a directory, for one host or a share. A revision is only as write-once as the directory's permissions:
 * anybody who may delete there can delete from the archive.
 *
 * @param calls replace the system's own: for file systems without links, and for tests
 */
export function createFileSystemArchive(directory: string, calls: Partial<FileSystemCalls> = {}): Archive {
  const root = resolve(directory);
  const disk: ArchiveDisk = { linkFile: link, openFile: open, ...calls, durable: new Set() };
  return {
    type: 'file-system',

    // Files have no media type; the manifest keeps it.
    async create(key: string, body: ArchiveBody): Promise<'created' | 'exists'> {
      const target = pathOf(root, key);
      try {
        await mustNotBeLinked(root, dirname(target));
        return await createFileOnce(root, target, body, disk);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw storageFailure('write', target, root, error);
      }
    },

    async read(key: string): Promise<Uint8Array | null> {
      if (isNoKey(key)) throw new UnreadableFile(placeOf(root, key), 'bad-name');
      const path = pathOf(root, key);
      try {
        return (await isFileBelow(root, path)) ? await readWhole(path) : null;
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') return null;
        throw storageFailure('read', path, root, await asUnreadable(error, root, path));
      }
    },

    async list(prefix: string): Promise<readonly ArchiveEntry[]> {
      const path = join(root, ...splitPrefix(prefix));
      try {
        const linked = await linkBelow(root, path);
        if (linked !== null) throw new UnreadableFile(linked, 'link');
        const entries = await listFiles(path, prefix);
        return entries.sort((a, b) => compareText(a.key, b.key));
      } catch (error) {
        throw storageFailure('list', path, root, await asUnreadable(error, root, path));
      }
    },

    folders: () => namesAtTop(root, (entry) => entry.isDirectory()),
    besideFolders: () =>
      namesAtTop(root, (entry) => !(entry.isDirectory() || entry.name.startsWith(temporaryPrefix))),

    // Works for a prefix too: a person may want to look into the directory.
    locate: (key) => placeOf(root, key.replace(/\/$/, '')),
    diagnose: async () => [...(await freeSpaceFindings(root)), rightsFinding(root)],
  };
}

/** Of what lies in the directory itself; empty where it is not there. */
async function namesAtTop(root: string, isWanted: (entry: Dirent) => boolean): Promise<readonly string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.flatMap((entry) => (isWanted(entry) ? entry.name : [])).sort(compareText);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw storageFailure('list', root, root, error);
  }
}

function pathOf(root: string, key: string): string {
  const parts = splitKey(key);
  if (isNoKey(key)) {
    throw new Failure('storage', `${JSON.stringify(key)} cannot be a key of the archive`, {
      hints: [`Names that begin with ${temporaryPrefix} are those of unfinished files.`],
    });
  }
  return join(root, ...parts);
}

/** A name that a listing or a manifest has, and that no file of an archive on disk can have. */
function isNoKey(key: string): boolean {
  return partsOfKey(key)?.every((part) => !part.startsWith(temporaryPrefix)) !== true;
}

/** For a person alone: what is no key stands there as it is, and leads nowhere. */
function placeOf(root: string, key: string): string {
  return isNoKey(key) ? `${root}: ${JSON.stringify(key)}` : pathOf(root, key);
}

async function readWhole(path: string): Promise<Uint8Array> {
  const file = await openRegularFile(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** @throws Failure('storage') where writing would go through a link */
async function mustNotBeLinked(root: string, directory: string): Promise<void> {
  const linked = await linkBelow(root, directory);
  if (linked === null) return;
  throw new Failure(
    'storage',
    `cannot write below ${linked}: it is a symbolic link, and links within an archive are not followed`,
    {
      hints: [
        'Put the folder itself in its place, and run again. To keep an archive on another disk, link or mount its directory as a whole.',
      ],
    },
  );
}

function rightsFinding(root: string): Finding {
  return {
    check: 'retention',
    state: 'warning',
    words: `whoever may write to ${root} may also delete from it`,
    advice:
      'Keep a copy where nobody can: an archive of type object-storage in a bucket with a locked retention rule.',
  };
}

function storageFailure(verb: string, path: string, root: string, cause: unknown): Failure {
  if (cause instanceof UnreadableFile) return cause;
  return new Failure('storage', `cannot ${verb} ${path}: ${explainError(cause)}`, {
    hints: [hintFor(systemErrorCode(cause), root)],
    cause,
  });
}

function hintFor(code: string | undefined, root: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `Free space for ${root} and run the same command again; it takes the next revision number.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Give the user of this command access to ${root}, or set archive.directory to another directory.`;
    case 'ENOTDIR':
      return `Set archive.directory to a directory; a part of ${root} or of what is below it is a file.`;
    default:
      return `Look at the file system of ${root} and run the same command again.`;
  }
}
