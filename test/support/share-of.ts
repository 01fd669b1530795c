import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { packageRoot } from '../../src/package-root.js';

/** `npm run test:long` runs everything; `npm run test:slow` runs a tenth of what takes longest. */
export const isEverythingRun = process.env['TEST_EVERYTHING'] === 'yes';

/** `npm run test:slow` and `npm run test:long` run some quick suites, too, with every case instead of a slice. */
export const isWholeBreadth = process.env['TEST_BREADTH'] === 'whole';

/** Of a property's cases a quarter in the quick suite: the same ones each time, as they begin with the same seed. */
export function runsOf(whole: number): number {
  return isWholeBreadth ? whole : Math.ceil(whole / 4);
}

/** Of a table's rows the first of each three in the quick suite. */
export function sliceOf<T>(rows: readonly T[]): readonly T[] {
  return isWholeBreadth ? rows : rows.filter((_row, index) => index % 3 === 0);
}

const partSize = 10;

/**
 * One of every ten, so that the share is spread over all of them; all of them where everything is run. The seed is
 * TEST_SEED or else the commit, and is printed, so that the same share can be run again.
 *
 * @param what names the choice in the output; other names choose differently
 */
export function shareOf<T>(what: string, all: readonly T[]): readonly T[] {
  if (isEverythingRun) return all;
  const seed = process.env['TEST_SEED'] ?? commit();
  const share: T[] = [];
  for (let start = 0; start < all.length; start += partSize) {
    const part = all.slice(start, start + partSize);
    const digest = createHash('sha256').update(`${seed} ${what} ${start}`).digest();
    share.push(...part.slice(digest.readUInt32BE() % part.length).slice(0, 1));
  }
  process.stderr.write(`${what}: ${share.length} of ${all.length}, chosen by TEST_SEED=${seed}\n`);
  return share;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // Sources without their history.
    return 'none';
  }
}
