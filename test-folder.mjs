import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';

/** Where Linux has files in memory. A container may give it little. */
const inMemory = '/dev/shm';
const neededBytes = 4 * 1024 ** 3;
/** Before the number of the process and a random ending. */
const beginning = 'backup-report-tests-';

/**
 * Temporary files of the tests are in memory where there is room: an archive syncs each file and each of its folders, and
 * on a disk the tests would wait for that half of their time. TMPDIR that is set stays.
 */
export function setup() {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  removeLeft();
  const folder = mkdtempSync(`${inMemory}/${beginning}${process.pid}-`);
  // As the system's own: some tests write as a user without rights.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom() {
  try {
    // It may be there and belong to root alone.
    accessSync(inMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) >= neededBytes;
  } catch {
    return false;
  }
}

/** What killed runs left would fill the memory. */
function removeLeft() {
  for (const name of readdirSync(inMemory)) {
    const pid = Number(name.split('-').at(-2));
    if (!name.startsWith(beginning) || !Number.isInteger(pid) || isRunning(pid)) continue;
    rmSync(`${inMemory}/${name}`, { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
