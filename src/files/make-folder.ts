import { lstat, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How often a folder is begun anew that another process removes while it is made. */
const attempts = 5;

/**
 * Makes a folder and those above it that are missing. Node's own `recursive: true` is not used: below /proc, where nothing can
 * be made, it tries for ever.
 *
 * @returns the first folder that had to be made; undefined if all were there
 * @throws the system's error: ENOTDIR if a part of the path is a file or a link to nowhere, ENOENT where the file system takes no folder
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeOnce(path);
    } catch (error) {
      if (attempt === attempts || codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

async function makeOnce(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    if (await isFolder(path)) return undefined;
    const code = codeOf(error);
    if (code === 'EEXIST' && (await isLinkToNowhere(path))) throw linkToNowhere(path, error);
    if (code === 'EEXIST')
      throw Object.assign(new Error(`${path} is a file`, { cause: error }), { code: 'ENOTDIR' });
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path) throw error;
    const first = await makeOnce(above);
    await mkdir(path).catch(async (later: unknown) => {
      if (!(await isFolder(path))) throw later;
    });
    return first ?? path;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** To callers it is as any other name that is taken. */
function linkToNowhere(path: string, cause: unknown): Error {
  const words = `${path} is a symbolic link that leads nowhere`;
  return Object.assign(new Error(words, { cause }), { code: 'ENOTDIR', words });
}

async function isLinkToNowhere(path: string): Promise<boolean> {
  const isLink = (await lstat(path)).isSymbolicLink();
  return isLink && (await stat(path).catch(codeOf)) === 'ENOENT';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
