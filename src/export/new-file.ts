import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, lstat, open, realpath, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Transform, type Writable } from 'node:stream';
import { Failure, asWritingFailure, systemErrorCode } from '../errors.js';
import { makeFolder } from '../files/make-folder.js';
import { removeLeftFiles, temporaryPath } from '../files/temporary-files.js';

export interface NewFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** File systems without hard links say so by one of these. */
const noHardLinks = new Set<string | undefined>(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Writes a file as a whole: until it is, it has another name in its folder, and what goes wrong leaves nothing.
 *
 * @param overwrites whether it takes the place of a file of that name
 * @param write gets a stream, and is done when the stream has all
 * @throws Failure('usage') where something of that name is there; Failure('storage') for what cannot be written
 */
export async function writeNewFile(
  path: string,
  overwrites: boolean,
  write: (target: Writable) => Promise<void>,
): Promise<NewFile> {
  const target = resolve(path);
  const folder = dirname(target);
  const draft = temporaryPath(folder);
  try {
    await makeFolder(folder);
    await removeLeftFiles(folder);
    if (!overwrites) await mustBeFree(target);
    const facts = await writeDraft(draft, write);
    await publish(draft, target, overwrites);
    return { path: target, ...facts };
  } catch (error) {
    throw asWritingFailure(error, target);
  } finally {
    // It has its own name by now, or is of no use.
    await unlink(draft).catch(() => undefined);
  }
}

async function mustBeFree(target: string): Promise<void> {
  try {
    await lstat(target);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  throw new Failure('usage', `${target} is there already, and was not written over`, {
    hints: ['Name another file, or add --overwrite.'],
  });
}

async function writeDraft(
  draft: string,
  write: (target: Writable) => Promise<void>,
): Promise<Omit<NewFile, 'path'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const file = createWriteStream(draft, { flags: 'wx' });
  const stored = new Promise<void>((done, fail) => {
    file.once('close', done);
    file.once('error', (error) => {
      counted.destroy(error);
      fail(error);
    });
    // A file that was begun is closed before it is removed.
    counted.once('error', (error) => {
      file.destroy();
      fail(error);
    });
  });
  stored.catch(() => undefined);
  counted.pipe(file);
  try {
    await write(counted);
    await stored;
  } catch (error) {
    counted.destroy();
    file.destroy();
    throw error;
  }
  const handle = await open(draft, 'r+');
  await handle.sync().finally(() => handle.close());
  return { bytes, sha256: hash.digest('hex') };
}

/** A link never takes the place of a file, even of one made in the meantime. */
async function publish(draft: string, target: string, overwrites: boolean): Promise<void> {
  if (overwrites) {
    await rename(draft, target);
    return;
  }
  try {
    await link(draft, target);
  } catch (error) {
    if (!noHardLinks.has(systemErrorCode(error))) throw error;
    await mustBeFree(target);
    await rename(draft, target);
  }
}

/** `reports.zip` of `reports.zip` and `reports.tar.gz`: `reports`. */
export function nameWithoutEnding(path: string): string {
  return basename(path).replace(/\.(?:zip|tar\.gz|tgz)$/i, '');
}

/** Whether a path is that of a folder, or lies below it, whatever links lead there. It need not exist yet. */
export async function isWithin(folder: string, path: string): Promise<boolean> {
  const [parent, child] = await Promise.all([realPlace(resolve(folder)), realPlace(resolve(path))]);
  return child === parent || child.startsWith(join(parent, '/'));
}

/** With every link resolved that is there. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realPlace(above), basename(path));
  }
}
