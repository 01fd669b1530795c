import { describe, expect, it } from 'vitest';
import { listRevisions, nextRevision } from '../../src/day/revisions/read-revisions.js';
import { findStrays, highestRevision } from '../../src/model/revision-numbers.js';
import { createMemoryArchive } from '../support/memory-archive.js';

const day = (date: string, revision: number) => ({ place: 'revision' as const, date, revision });

describe('the highest number of a revision', () => {
  it.each<readonly [numbers: readonly number[], highest: number]>([
    [[], 0],
    [[1], 1],
    [[2, 1], 2],
    // Somebody removed those before it: it is the newest all the same.
    [[7], 7],
    [[1, 1001], 1001],
    [[1, 1002], 1],
    [[999_999_999], 0],
    [[3, 999_999_999, 2], 3],
    [[1, 900, 1800, 2600], 2600],
  ])('of %j is %d', (numbers, highest) => {
    expect(highestRevision(numbers)).toBe(highest);
  });

  it('is one for each day and each period', () => {
    const files = [day('2026-11-18', 1), day('2026-11-19', 1), day('2026-11-19', 5000)];
    const isStray = findStrays(files);
    expect(files.map(isStray)).toEqual([false, false, true]);
    expect(isStray({ place: 'log', number: 5000 })).toBe(false);
  });
});

it('a folder of somebody else takes no number from the next revision', async () => {
  const archive = createMemoryArchive();
  const put = (key: string) => archive.create(`daily/2026/11/19/${key}`, { bytes: Buffer.from('{}') }, 'x');
  await put('r1/manifest.json');
  await put('r999999999/manifest.json');
  const revisions = await listRevisions(archive, 'daily', '2026-11-19');
  expect(revisions.map(({ revision }) => revision)).toEqual([1]);
  expect(nextRevision(revisions)).toBe(2);
});
