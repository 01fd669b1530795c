import type { Stats } from 'node:fs';
import { lstat, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessMark, isRunning, markText, ownMark, readMark } from './process-mark.js';

/** Folders of places whose processes cannot be asked about are removed when nothing in them changed for so long. */
const untouchedMs = 7 * 24 * 3_600_000;
const touchEveryMs = 3_600_000;

/**
 * A new folder in TMPDIR, named by this process, which removes it. Where the process is killed first, the next one that
 * calls `removeLeftFolders` does.
 *
 * @throws the system's own error
 */
export function makeTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `backup-report-${markText(ownMark())}-`));
}

/**
 * Removes the temporary folders of processes of this user that do not run any more. Those of another container, host or
 * start of the machine go once nothing in them changed for seven days. What cannot be looked at or removed stays.
 */
export async function removeLeftFolders(): Promise<void> {
  const own = ownMark();
  for (const name of await readdir(tmpdir()).catch((): string[] => [])) {
    const mark = markOf(name);
    if (mark === null) continue;
    const path = join(tmpdir(), name);
    try {
      if (await isLeft(path, isRunning(mark, own))) await rm(path, { recursive: true, force: true });
    } catch {
      // Another process may be removing it at this moment.
    }
  }
}

/** Shows others that a folder that may not change for days is in use. Returns a function that ends it. */
export function keepTouched(path: string): () => void {
  const touch = (): void => void utimes(path, new Date(), new Date()).catch(() => undefined);
  const timer = setInterval(touch, touchEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** null: it is the name of something else. */
function markOf(name: string): ProcessMark | null {
  return readMark(/^backup-report-(.+)-[A-Za-z0-9]{6}$/.exec(name)?.[1] ?? '');
}

/** @param isAlive null: nobody here can tell */
async function isLeft(path: string, isAlive: boolean | null): Promise<boolean> {
  if (isAlive === true) return false;
  const status = await lstat(path);
  // Not a link, and nothing of another user, whose processes may be hidden from this one.
  if (!status.isDirectory() || status.uid !== process.geteuid?.()) return false;
  if (isAlive === false) return true;
  if (!isUntouched(status)) return false;
  for (const name of await readdir(path, { recursive: true })) {
    if (!isUntouched(await lstat(join(path, name)))) return false;
  }
  return true;
}

function isUntouched({ mtimeMs }: Stats): boolean {
  return Date.now() - mtimeMs > untouchedMs;
}
