import { randomBytes } from 'node:crypto';
import { cp, link, lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure, asWritingFailure, systemErrorCode } from '../errors.js';
import { makeFolder } from '../files/make-folder.js';

/** What `init` writes. Absolute paths. */
export interface StarterFiles {
  readonly configuration: { readonly path: string; readonly text: string };
  /** null: no templates are wanted. */
  readonly templates: { readonly from: string; readonly to: string } | null;
}

/**
 * Writes all files or none: first under temporary names in the same folders, then under their own. Never overwrites
 * anything.
 *
 * @param signal if it is aborted before the last step, nothing is left behind
 * @throws Failure('usage') for what already exists, Failure('storage') for what cannot be written; the signal's reason
 */
export async function writeOnce(files: StarterFiles, signal: AbortSignal): Promise<void> {
  const { configuration, templates } = files;
  await mustBeFree(files);
  const staged: string[] = [];
  let placed: string | null = null;
  let writing = configuration.path;
  try {
    const configurationDraft = await stage(configuration.path, staged);
    await writeFile(configurationDraft, configuration.text, { flag: 'wx' });
    if (templates !== null) {
      writing = templates.to;
      const templatesDraft = await stage(templates.to, staged);
      await cp(templates.from, templatesDraft, { recursive: true, errorOnExist: true, force: false });
      signal.throwIfAborted();
      // Fails for a folder that is not empty.
      await rename(templatesDraft, templates.to);
      placed = templates.to;
    }
    signal.throwIfAborted();
    writing = configuration.path;
    // A link never replaces a file, even one made in the meantime.
    await link(configurationDraft, configuration.path);
    placed = null;
  } catch (error) {
    if (placed !== null) await rm(placed, { recursive: true, force: true });
    throw asFailure(error, writing);
  } finally {
    for (const path of staged) await rm(path, { recursive: true, force: true });
  }
}

/** @throws Failure('usage') that names everything that already exists */
export async function mustBeFree({ configuration, templates }: StarterFiles): Promise<void> {
  const taken = [
    ...((await isTaken(configuration.path, false)) ? [configuration.path] : []),
    ...(templates !== null && (await isTaken(templates.to, true)) ? [templates.to] : []),
  ];
  if (taken.length === 0) return;
  throw new Failure('usage', `there already, and not written over: ${taken.join(', ')}`, {
    hints: [
      'Name another file with --config FILE, another folder with --templates FOLDER, or move what is there.',
    ],
  });
}

/** @param isFolder whether it is to be a folder: an empty one is free */
async function isTaken(path: string, isFolder: boolean): Promise<boolean> {
  try {
    const status = await lstat(path);
    return !(isFolder && status.isDirectory() && (await readdir(path)).length === 0);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw asWritingFailure(error, path);
  }
}

/** A temporary name in the same folder, which is created if it is missing. */
async function stage(path: string, staged: string[]): Promise<string> {
  await makeFolder(dirname(path));
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  staged.push(draft);
  return draft;
}

function asFailure(error: unknown, path: string): unknown {
  const code = systemErrorCode(error);
  if (code !== undefined && ['EEXIST', 'ENOTEMPTY'].includes(code)) {
    return new Failure(
      'usage',
      'there already, and not written over: something was created there in the meantime',
      {
        cause: error,
      },
    );
  }
  return asWritingFailure(error, path);
}
