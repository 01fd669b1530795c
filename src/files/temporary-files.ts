import { randomBytes } from 'node:crypto';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, markText, ownMark, readMark } from './process-mark.js';

/** Of names of files that are being written and have no name of their own yet. */
export const temporaryPrefix = '.tmp-';

/** Files of processes that cannot be asked about are removed when they did not change for so long. */
const untouchedMs = 7 * 24 * 3_600_000;

/** A path in the folder for a file that this process writes, and then removes or gives its name. */
export function temporaryPath(folder: string): string {
  return join(folder, `${temporaryPrefix}${markText(ownMark())}-${randomBytes(6).toString('hex')}`);
}

/**
 * Removes temporary files that processes of this user left in the folder when they were killed. Those of another host, an
 * earlier start of the machine or an earlier version of this program go once they did not change for seven days. What
 * cannot be looked at or removed stays: nobody lists it.
 */
export async function removeLeftFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((each) => each.startsWith(temporaryPrefix))) {
    const path = join(folder, name);
    try {
      if (await isLeft(path, name)) await unlink(path);
    } catch {
      // Another process may be removing it at this moment.
    }
  }
}

async function isLeft(path: string, name: string): Promise<boolean> {
  const mark = readMark(/^\.tmp-(.+)-[0-9a-f]{12}$/.exec(name)?.[1] ?? '');
  const isAlive = mark === null ? null : isRunning(mark, ownMark());
  if (isAlive === true) return false;
  const status = await lstat(path);
  // Not a link, and nothing of another user, whose processes may be hidden from this one.
  if (!status.isFile() || status.uid !== process.geteuid?.()) return false;
  return isAlive === false || Date.now() - status.mtimeMs > untouchedMs;
}
