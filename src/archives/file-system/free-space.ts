import { statfs } from 'node:fs/promises';
import { systemErrorCode } from '../../errors.js';
import type { Finding } from '../../ports/finding.js';

const mebibyte = 1024 * 1024;
/** A small report has half of it. */
const leastBytes = mebibyte;
/** Some weeks of a small estate, a day of a large one. */
const fewBytes = 100 * mebibyte;

/** That a disk is full or soon will be; nothing where it has room, or where nobody can say. */
export async function freeSpaceFindings(root: string): Promise<readonly Finding[]> {
  const space = await freeSpaceOf(root);
  if (space === null || (space.bytes >= fewBytes && space.hasNames)) return [];
  const isFull = space.bytes < leastBytes || !space.hasNames;
  const what = space.hasNames ? `${Math.floor(space.bytes / 1024)} KiB` : 'no room for one more file';
  return [
    {
      check: 'free space',
      state: isFull ? 'failed' : 'warning',
      words: `${what} left for ${root}`,
      advice: 'Free space on that disk, or move the archive to a larger one.',
    },
  ];
}

/** For this user. null: the folder is not there yet, or its file system does not say. */
async function freeSpaceOf(
  root: string,
): Promise<{ readonly bytes: number; readonly hasNames: boolean } | null> {
  try {
    const { bavail, bsize, blocks, files, ffree } = await statfs(root);
    // Where there are no blocks, as of some network shares, nothing is said; nor of files where they are not counted.
    return blocks === 0 ? null : { bytes: bavail * bsize, hasNames: files === 0 || ffree > 0 };
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return null;
  }
}
