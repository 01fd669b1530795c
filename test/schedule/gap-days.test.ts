import { afterEach, describe, expect, it } from 'vitest';
import { reportsUpTo } from '../../src/day/revisions/reports-up-to.js';
import { Failure } from '../../src/errors.js';
import { createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';
import { createMemoryArchive } from '../support/memory-archive.js';

let schedule: FakeSchedule | null = null;

afterEach(async () => {
  await schedule?.end();
});

/** What a pass of the 20th does where the archive has reports of these dates. */
async function madeWith(
  dates: readonly string[],
  over: { catchUpDays?: number; maxBridgeDays?: number } = {},
) {
  const archive = createMemoryArchive();
  for (const date of dates) {
    const key = `daily/${date.replaceAll('-', '/')}/r1/manifest.json`;
    await archive.create(key, { bytes: new Uint8Array() }, 'application/json');
  }
  const plan = createFakePlan({
    catchUpDays: 2,
    maxBridgeDays: 6,
    reportsUpTo: (to, from) => reportsUpTo(archive, 'daily', { from, to }),
    ...over,
  });
  for (const date of dates) plan.states.set(date, 'done');
  schedule = new FakeSchedule('2026-11-20T09:00:00Z');
  await schedule.start([plan]);
  return plan.did.map((done) => done.replace('2026-11-20 09:00 ', ''));
}

const lastTwo = ['made 2026-11-18', 'made 2026-11-19'];

describe('the days of a gap', () => {
  it.each<readonly [string, readonly string[], Parameters<typeof madeWith>[1], readonly string[]]>([
    [
      'are made, oldest first',
      ['2026-11-14'],
      {},
      ['made 2026-11-15', 'made 2026-11-16', 'made 2026-11-17', ...lastTwo],
    ],
    [
      'are made between reports',
      ['2026-11-14', '2026-11-16'],
      {},
      ['made 2026-11-15', 'made 2026-11-17', ...lastTwo],
    ],
    [
      'are made as far back as is bridged',
      ['2026-06-01'],
      { maxBridgeDays: 4 },
      ['made 2026-11-16', 'made 2026-11-17', ...lastTwo],
    ],
    ['are none before the first report', ['2026-11-17'], {}, lastTwo],
    ['are none in an empty archive', [], {}, lastTwo],
    [
      'are those that are caught up where these reach further',
      ['2026-11-10'],
      { catchUpDays: 2, maxBridgeDays: 1 },
      lastTwo,
    ],
  ])('%s', async (_words, dates, over, did) => {
    expect(await madeWith(dates, over)).toEqual(did);
  });

  it('do not keep the other days from being made where they cannot be found', async () => {
    const plan = createFakePlan({
      catchUpDays: 2,
      maxBridgeDays: 6,
      reportsUpTo: () => Promise.reject(new Failure('storage', 'the archive does not answer')),
    });
    schedule = new FakeSchedule('2026-11-20T09:00:00Z');
    await schedule.start([plan]);
    expect(plan.did).toHaveLength(2);
  });
});
