import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';

/** Where Linux has files in memory. A container may give it little. */
const inMemory = '/dev/shm';
const neededBytes = 4 * 1024 ** 3;

/**
 * Temporary files of the tests are in memory where there is room: an archive syncs each file and each of its folders, and
 * on a disk the tests would wait for that half of their time. TMPDIR that is set stays.
 */
export function setup() {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  const folder = mkdtempSync(`${inMemory}/backup-report-tests-`);
  // As the system's own: some tests write as a user without rights.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) >= neededBytes;
  } catch {
    return false;
  }
}
