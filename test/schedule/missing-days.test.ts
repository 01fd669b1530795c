import { afterEach, describe, expect, it } from 'vitest';
import { missingFindings } from '../../src/day/doctor/missing-days.js';
import { createMissingDates, missingDates } from '../../src/day/revisions/missing-dates.js';
import { reportsUpTo } from '../../src/day/revisions/reports-up-to.js';
import { backfillCommand } from '../../src/cli/backfill-command.js';
import { addDays } from '../../src/base/civil-dates.js';
import { dateRanges } from '../../src/base/date-ranges.js';
import { Failure } from '../../src/errors.js';
import { createScheduleMetrics } from '../../src/schedule/metrics.js';
import { type FakePlan, createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';

let schedule: FakeSchedule | null = null;

afterEach(async () => {
  await schedule?.end();
  schedule = null;
});

const today = '2026-11-20T09:00:00Z';

/** @param early of these, those whose report was made before the day was over */
async function archiveWith(dates: readonly string[], early: readonly string[] = []): Promise<MemoryArchive> {
  const archive = createMemoryArchive();
  for (const date of dates) {
    const key = `daily/${date.replaceAll('-', '/')}/r1/manifest.json`;
    const bytes = Buffer.from(JSON.stringify(manifestOf(date, early.includes(date))));
    await archive.create(key, { bytes }, 'application/json');
  }
  return archive;
}

function manifestOf(date: string, isEarly: boolean): object {
  const cutOff = `${addDays(date, 1)}T00:00:00.000Z`;
  const generatedAt = isEarly ? `${date}T23:59:59.999Z` : cutOff;
  const said = { status: 'COMPLETE', contentDigest: '', artefacts: [] };
  return { schemaVersion: 2, plan: 'daily', date, revision: 1, generatedAt, cutOff, ...said };
}

async function planWith(
  dates: readonly string[],
  over: Partial<FakePlan> = {},
  early: readonly string[] = [],
): Promise<FakePlan> {
  const archive = await archiveWith(dates, early);
  const plan = createFakePlan({
    catchUpDays: 2,
    maxBridgeDays: 4,
    missingUpTo: (to) => missingDates(archive, { plan: 'daily', timezone: 'UTC' }, to),
    backfillCommand: (from, to) => backfillCommand('./daily.yaml', from, to),
    ...over,
  });
  for (const date of dates) plan.states.set(date, early.includes(date) ? 'missing' : 'done');
  return plan;
}

interface Told {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly metric: string | undefined;
}

/** What a start tells of days that are missing. */
async function toldOf(plan: FakePlan): Promise<Told> {
  const lines: Readonly<Record<string, unknown>>[] = [];
  schedule = new FakeSchedule(today);
  const { warn } = schedule.log;
  Object.assign(schedule.log, {
    warn: (fields: Readonly<Record<string, unknown>>, message: string) => {
      warn(fields, message);
      if (message.startsWith('schedule: days without')) lines.push(fields);
    },
  });
  const metrics = createScheduleMetrics(['daily'], { nowMs: () => Date.now() });
  await schedule.start([plan], metrics);
  const text = await metrics.text(schedule.scheduler?.status().plans ?? []);
  return { lines, metric: /^backup_report_missing_reports\{plan="daily"\} (.*)$/m.exec(text)?.[1] };
}

describe('days without a report that a pass does not make', () => {
  it('are told with the line that makes them, and counted', async () => {
    const plan = await planWith(['2026-11-01', '2026-11-02', '2026-11-07', '2026-11-15', '2026-11-17']);
    expect(await toldOf(plan)).toEqual({
      metric: '11',
      lines: [
        {
          plan: 'daily',
          missing: 11,
          days: '2026-11-03 to 2026-11-06, 2026-11-08 to 2026-11-14',
          backfill: 'backup-report backfill --from 2026-11-03 --to 2026-11-14 --config ./daily.yaml',
        },
      ],
    });
    expect(plan.did.length).toBeGreaterThan(0);
  });

  it.each<readonly [string, readonly string[]]>([
    ['where each day has one', ['2026-11-14', '2026-11-15', '2026-11-16', '2026-11-17']],
    ['before the first report', ['2026-11-17']],
    ['in an empty archive', []],
  ])('are none %s', async (_what, dates) => {
    expect(await toldOf(await planWith(dates))).toEqual({ metric: '0', lines: [] });
  });

  it('are told once a day, not at each retry', async () => {
    const plan = await planWith(['2026-11-01'], { reconcileDays: 1 });
    let isAway = true;
    plan.before = (what) => {
      if (what === 'make' && isAway) throw new Error('away');
    };
    const { lines } = await toldOf(plan);
    await schedule?.hours(20);
    expect(lines).toHaveLength(1);
    isAway = false;
    await schedule?.hours(2);
    expect(lines).toHaveLength(2);
  });
});

describe('backup_report_missing_reports', () => {
  it('counts days that could not be made, until they are', async () => {
    const plan = await planWith(['2026-11-17']);
    plan.before = (what, date) => {
      if (what === 'make' && date === '2026-11-18') throw new Error('away');
    };
    expect((await toldOf(plan)).metric).toBe('1');
    plan.before = () => undefined;
    await schedule?.hours(1);
    expect(schedule?.scheduler?.status().plans[0]?.missingDays).toBe(0);
  });

  it('is not known where the archive was never reached, and keeps its last value where it went away', async () => {
    const away = new Failure('storage', 'the archive does not answer');
    let isListed = true;
    const archive = await archiveWith(['2026-11-01']);
    const plan = await planWith(['2026-11-01'], {
      missingUpTo: async (to) => {
        if (!isListed) throw away;
        return missingDates(archive, { plan: 'daily', timezone: 'UTC' }, to);
      },
    });
    plan.before = () => {
      throw away;
    };
    expect((await toldOf(plan)).metric).toBeUndefined();
    plan.before = () => undefined;
    await schedule?.hours(1);
    expect(schedule?.scheduler?.status().plans[0]?.missingDays).toBe(14);
    isListed = false;
    plan.before = () => {
      throw away;
    };
    await schedule?.hours(30);
    expect(schedule?.scheduler?.status().plans[0]?.missingDays).toBe(14);
  });
});

describe('a report that was made before its day was over', () => {
  const all = Array.from({ length: 10 }, (_, index) => addDays('2026-11-10', index));

  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['within a gap', ['2026-11-15', '2026-11-16', '2026-11-17'], ['2026-11-17']],
    ['as the first of the archive', ['2026-11-16', '2026-11-17'], ['2026-11-16']],
  ])('is made again as if there were none: %s', async (_what, dates, early) => {
    const archive = await archiveWith(dates, early);
    const asked: Partial<FakePlan> = {
      reportsUpTo: (to, from) => reportsUpTo(archive, 'daily', { from, to }),
    };
    const plan = await planWith(dates, asked, early);
    await toldOf(plan);
    const made = [...early, '2026-11-18', '2026-11-19'].map((date) => `2026-11-20 09:00 made ${date}`);
    expect(plan.did).toEqual(made);
  });

  it('is told with the line that makes it, and counted, where it is too long ago for a pass', async () => {
    const plan = await planWith(all, {}, ['2026-11-10', '2026-11-13']);
    expect(await toldOf(plan)).toEqual({
      metric: '2',
      lines: [
        {
          plan: 'daily',
          missing: 2,
          days: '2026-11-10, 2026-11-13',
          backfill: 'backup-report backfill --from 2026-11-10 --to 2026-11-13 --config ./daily.yaml',
        },
      ],
    });
  });

  it('is looked for again, and the others are read once', async () => {
    const archive = await archiveWith(all, ['2026-11-12']);
    const reads: string[] = [];
    const read: MemoryArchive['read'] = (key) => {
      reads.push(key);
      return archive.read(key);
    };
    const missingUpTo = createMissingDates({ ...archive, read }, { plan: 'daily', timezone: 'UTC' });
    expect(await missingUpTo('2026-11-19')).toEqual(['2026-11-12']);
    // The first one says whether the plan had another name before.
    expect(reads).toHaveLength(all.length + 1);
    expect(await missingUpTo('2026-11-19')).toEqual(['2026-11-12']);
    expect(reads.slice(all.length + 1)).toEqual(['daily/2026/11/12/r1/manifest.json']);
  });
});

describe('doctor', () => {
  const look = async (
    dates: readonly string[],
    now = today,
    early: readonly string[] = [],
  ): Promise<readonly unknown[]> =>
    missingFindings(
      await archiveWith(dates, early),
      {
        plan: 'daily',
        linesFile: '',
        diagnose: async () => [],
        maxBridgeDays: 4,
        backfillCommand: (from, to) => backfillCommand('my plans/a.yaml', from, to),
      },
      { timezone: 'UTC', nowMs: Date.parse(now) },
    );
  const finding = { check: 'missing days', state: 'warning' };

  it('names days that the schedule makes itself', async () => {
    expect(await look(['2026-11-16', '2026-11-18'])).toEqual([
      {
        ...finding,
        words: '2 days have no report: 2026-11-17, 2026-11-19',
        advice:
          "`backup-report schedule` makes them; by hand: backup-report backfill --from 2026-11-17 --to 2026-11-19 --config 'my plans/a.yaml' (with --write-empty where it says that a day has no event)",
      },
    ]);
  });

  it('names days that are too long ago for it', async () => {
    expect(
      await look(['2026-11-13', '2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19']),
    ).toEqual([
      {
        ...finding,
        words: '1 day has no report: 2026-11-14',
        advice:
          "backup-report backfill --from 2026-11-14 --to 2026-11-14 --config 'my plans/a.yaml' (with --write-empty where it says that a day has no event)",
      },
    ]);
  });

  it('names a day long ago whose report was made before it was over', async () => {
    const dates = ['2026-11-13', '2026-11-14', '2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18'];
    expect(await look([...dates, '2026-11-19'], today, ['2026-11-14'])).toEqual([
      {
        ...finding,
        words: '1 day has no report: 2026-11-14',
        advice:
          "backup-report backfill --from 2026-11-14 --to 2026-11-14 --config 'my plans/a.yaml' (with --write-empty where it says that a day has no event)",
      },
    ]);
  });

  it.each<readonly [string, readonly string[], string]>([
    ['all days have one', ['2026-11-18', '2026-11-19'], today],
    ['yesterday has not settled', ['2026-11-18'], '2026-11-20T05:59:00Z'],
    ['there is no report at all', [], today],
  ])('says nothing where %s', async (_what, dates, now) => {
    expect(await look(dates, now)).toEqual([]);
  });
});

describe('dates in words', () => {
  it.each<readonly [readonly string[], string]>([
    [[], ''],
    [['2026-02-28', '2026-03-01', '2026-03-03'], '2026-02-28 to 2026-03-01, 2026-03-03'],
    [
      Array.from({ length: 12 }, (_, index) => `2026-01-${String(index * 2 + 1).padStart(2, '0')}`),
      '2026-01-01, 2026-01-03, 2026-01-05, 2026-01-07, 2026-01-09, 2026-01-11, 2026-01-13, 2026-01-15, 2026-01-17, 2026-01-19 and 2 more',
    ],
  ])('%j', (dates, words) => {
    expect(dateRanges(dates)).toBe(words);
  });
});

describe('the line for backfill', () => {
  it.each([
    ["it's.yaml", "'it'\\''s.yaml'"],
    ['$(reboot).yaml', "'$(reboot).yaml'"],
    ['', "''"],
  ])('can be pasted where the file is called %s', (config, word) => {
    expect(backfillCommand(config, 'a', 'b')).toBe(`backup-report backfill --from a --to b --config ${word}`);
  });
});
