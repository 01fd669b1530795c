import { afterEach, describe, expect, it } from 'vitest';
import { planBegins } from '../../src/day/revisions/missing-dates.js';
import { createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';
import { createMemoryArchive } from '../support/memory-archive.js';

let schedule: FakeSchedule;

afterEach(async () => {
  await schedule.end();
});

/** @param dates that have a report at the start, of the 20th, in an archive that can be listed */
function planWith(dates: readonly string[]) {
  const plan = createFakePlan({
    catchUpDays: 4,
    beginsAt: async (to) =>
      [...plan.states]
        .filter(([date, state]) => state !== 'missing' && date <= to)
        .map(([date]) => date)
        .sort()[0] ?? null,
    reportsUpTo: async (to, from) => {
      const there = [...plan.states].filter(([, state]) => state !== 'missing').map(([date]) => date);
      return {
        dates: new Set(there.filter((date) => date >= from && date <= to)),
        began: there.sort()[0] ?? null,
      };
    },
  });
  for (const date of dates) plan.states.set(date, 'done');
  schedule = new FakeSchedule('2026-11-20T09:00:00Z');
  return plan;
}

const madeBy = (plan: { readonly did: readonly string[] }): readonly string[] =>
  plan.did.filter((done) => done.includes(' made ')).map((done) => done.slice(-10));

const all = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];

describe('what a schedule catches up', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['every day of an empty archive', [], all],
    ['no day before the first report', ['2026-11-18'], ['2026-11-19']],
    ['nothing where yesterday has the first report', ['2026-11-19'], []],
    ['every day after the first report', ['2026-11-16'], all.slice(1)],
    ['every day where the only report is one of today, which is not over', ['2026-11-20'], all],
  ])('is %s', async (_what, dates, made) => {
    const plan = planWith(dates);
    await schedule.start([plan]);
    expect(madeBy(plan)).toEqual(made);
    expect(schedule.scheduler?.status().plans[0]?.missingDays).toBe(0);
  });

  it('of an empty archive is tried again where a day failed and later ones were made', async () => {
    const plan = planWith([]);
    let isAway = true;
    plan.before = (what, date) => {
      if (what === 'make' && date === '2026-11-16' && isAway) throw new Error('away');
    };
    await schedule.start([plan]);
    isAway = false;
    await schedule.hours(1);
    expect(madeBy(plan)).toEqual([...all.slice(1), '2026-11-16']);
  });

  it('is every day in sight where nobody can say when the reports began', async () => {
    const plan = planWith(['2026-11-19']);
    plan.beginsAt = () => Promise.reject(new Error('away'));
    await schedule.start([plan]);
    expect(madeBy(plan)).toEqual(all.slice(0, 3));
  });
});

describe('the newest report of a status', () => {
  it('is that of the archive while older days are still being made', async () => {
    const plan = planWith(['2026-11-16', '2026-11-19']);
    const newest: (string | null | undefined)[] = [];
    plan.before = (what) => {
      if (what === 'make') newest.push(schedule.scheduler?.status().plans[0]?.newestDate);
    };
    await schedule.start([plan]);
    expect(newest).toEqual(['2026-11-19', '2026-11-19']);
  });

  it('is no report that cannot be read, or was made before its day was over', async () => {
    const plan = planWith(['2026-11-17', '2026-11-18', '2026-11-19']);
    const newest: (string | null | undefined)[] = [];
    const { reportsUpTo } = plan;
    plan.reportsUpTo = async (to, from) => ({
      dates: new Set([...all, ...((await reportsUpTo?.(to, from))?.dates ?? [])]),
      began: '2026-11-16',
    });
    plan.beginsAt = async () => '2026-11-16';
    plan.states.set('2026-11-18', 'missing');
    plan.before = (what, date) => {
      if (what === 'make') newest.push(schedule.scheduler?.status().plans[0]?.newestDate);
      if (what === 'state' && date === '2026-11-19') throw new Error('damaged');
    };
    await schedule.start([plan]);
    expect(newest).toEqual(['2026-11-17', '2026-11-17']);
  });
});

describe('the first day of a plan', () => {
  it('is that of its first report, up to a date', async () => {
    const archive = createMemoryArchive();
    for (const day of ['17', '19']) {
      await archive.create(
        `daily/2026/11/${day}/r1/manifest.json`,
        { bytes: new Uint8Array() },
        'application/json',
      );
    }
    schedule = new FakeSchedule('2026-11-20T09:00:00Z');
    expect(await planBegins(archive, 'daily', '2026-11-18')).toBe('2026-11-17');
    expect(await planBegins(archive, 'daily', '2026-11-16')).toBeNull();
  });
});
