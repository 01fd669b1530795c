import { describe, expect, it } from 'vitest';
import {
  type ScheduledDay,
  countSchedule,
  foldTypes,
} from '../../src/reports/backup-compliance/views/charts/count-schedule.js';

/** A day of UTC, unless a zone is given with its instants. */
function day(
  timezone = 'UTC',
  start = '2026-11-19T00:00:00Z',
  cutOff = '2026-11-20T00:00:00Z',
): ScheduledDay {
  return { timezone, start, cutOff };
}

const newYork = day('America/New_York', '2026-11-19T05:00:00Z', '2026-11-20T05:00:00Z');

/** Jobs as lines of jobs.ndjson.gz, as far as the schedule reads them. */
async function* batches(...jobs: readonly object[]): AsyncIterable<string> {
  const lines = jobs.map((job) => ({
    resourceType: 'database',
    status: 'SUCCEEDED',
    startTime: null,
    endTime: null,
    ...job,
  }));
  yield lines.map((job) => `${JSON.stringify(job)}\n`).join('');
}

/** The hours in which jobs began, and how many, of one row. */
async function hoursOf(jobs: readonly object[], of: ScheduledDay, row = 0): Promise<readonly string[]> {
  const { hours, byType } = await countSchedule(batches(...jobs), of);
  return hours.flatMap(({ hour, offset }, index) => {
    const cell = byType[row]?.cells[index] ?? null;
    return cell === null ? [] : [`${hour}${offset === null ? '' : ` ${offset}`}: ${cell.jobs}`];
  });
}

describe('the schedule', () => {
  it('counts by type and by the hour of the plan in which a job began', async () => {
    const jobs = [
      { startTime: '2026-11-19T07:10:00.000Z' },
      { startTime: '2026-11-19T07:59:59.999Z', endTime: '2026-11-19T09:00:00.000Z' },
      // The evening before, by the same clock.
      { resourceType: 'volume', startTime: '2026-11-19T04:59:59.000Z' },
    ];
    const schedule = await countSchedule(batches(...jobs), newYork);
    expect(schedule.total).toBe(3);
    expect(schedule.byType.map(({ type, total }) => [type, total])).toEqual([
      ['database', 2],
      ['volume', 1],
    ]);
    expect(await hoursOf(jobs, newYork)).toEqual(['02: 2']);
    expect(await hoursOf(jobs, newYork, 1)).toEqual(['23: 1']);
  });

  it('knows zones whose hours do not begin with those of UTC', async () => {
    const jobs = [{ startTime: '2026-07-01T00:20:00Z' }, { startTime: '2026-07-01T00:40:00Z' }];
    const india = day('Asia/Kolkata', '2026-06-30T18:30:00Z', '2026-07-01T18:30:00Z');
    expect(await hoursOf(jobs, india)).toEqual(['05: 1', '06: 1']);
  });

  it('takes the end where nobody saw the beginning, and counts what has no time apart', async () => {
    const jobs = [{ endTime: '2026-11-19T07:10:00.000Z' }, {}, { startTime: 'soon' }];
    const schedule = await countSchedule(batches(...jobs), day());
    expect([schedule.total, schedule.untimed]).toEqual([3, 2]);
    expect(await hoursOf(jobs, day())).toEqual(['07: 1']);
  });

  it('is not misled by what a name pretends to be', async () => {
    const resourceName = '","resourceType":"volume","status":"FAILED","startTime":"2026-11-19T01:00:00Z';
    const jobs = [{ resourceName, resourceType: 'a"b\\', startTime: '2026-11-19T07:00:00Z' }];
    const { byType } = await countSchedule(batches(...jobs), day());
    expect(byType.map(({ type, cells }) => [type, cells.find(Boolean)?.worst])).toEqual([
      ['a"b\\', 'SUCCEEDED'],
    ]);
    expect(await hoursOf(jobs, day())).toEqual(['07: 1']);
  });

  it.each([
    [['SUCCEEDED', 'FAILED', 'UNKNOWN'], 'FAILED'],
    [['SUCCEEDED', 'UNKNOWN', 'CANCELED'], 'UNKNOWN'],
    [['IN_PROGRESS', 'CANCELED'], 'CANCELED'],
    [['IN_PROGRESS', 'SUCCEEDED_WITH_WARNINGS'], 'IN_PROGRESS'],
    [['SUCCEEDED', 'SUCCEEDED_WITH_WARNINGS'], 'SUCCEEDED_WITH_WARNINGS'],
    [['SUCCEEDED'], 'SUCCEEDED'],
    // Of a later version: how it ended is not known, and that is never green.
    [['SUCCEEDED', 'MOSTLY_DONE'], 'UNKNOWN'],
  ])('knows the worst status of an hour: of %j it is %s', async (statuses, worst) => {
    const jobs = statuses.map((status) => ({ status, startTime: '2026-11-19T07:00:00Z' }));
    const { byType } = await countSchedule(batches(...jobs), day());
    expect(byType[0]?.cells[7]).toMatchObject({ worst, jobs: statuses.length });
  });

  it('puts rare types together, and loses neither a job nor its status', async () => {
    const jobs = Array.from({ length: 20 }, (_, index) =>
      Array.from({ length: 20 - index }, () => ({
        resourceType: `type-${String(index).padStart(2, '0')}`,
        status: index === 19 ? 'FAILED' : 'SUCCEEDED',
        startTime: '2026-11-19T07:00:00Z',
      })),
    ).flat();
    const { byType } = await countSchedule(batches(...jobs), day());
    const folded = foldTypes(byType, 12, 'others');
    expect(folded).toHaveLength(12);
    expect(folded.at(-1)).toMatchObject({ type: 'others', total: 45 });
    expect(folded.at(-1)?.cells[7]).toMatchObject({ worst: 'FAILED', jobs: 45 });
    expect(folded.reduce((sum, { total }) => sum + total, 0)).toBe(210);
  });
});

describe('the hours of a day on which the clocks change', () => {
  // America/New_York: back on 2026-11-01 at 06:00 UTC, forward on 2026-03-08 at 07:00 UTC.
  const back = day('America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z');
  const forward = day('America/New_York', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z');
  // Australia/Lord_Howe: back by half an hour on 2026-04-05 at 02:00 local time.
  const byHalf = day('Australia/Lord_Howe', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z');
  // America/Santiago: forward at midnight of 2026-09-06, which begins at 01:00.
  const atMidnight = day('America/Santiago', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z');

  it.each<[string, ScheduledDay, number, readonly string[]]>([
    ['an ordinary day', newYork, 24, ['00', '01', '02', '03']],
    ['put back', back, 25, ['00', '01 UTC-4', '01 UTC-5', '02']],
    ['put forward', forward, 23, ['00', '01', '03', '04']],
    ['put back by half an hour', byHalf, 25, ['00', '01 UTC+11', '01 UTC+10:30', '02']],
    ['put forward at midnight', atMidnight, 23, ['01', '02', '03', '04']],
  ])('%s', async (_, of, count, first) => {
    const { hours } = await countSchedule(batches(), of);
    expect(hours).toHaveLength(count);
    expect(
      hours.slice(0, 4).map(({ hour, offset }) => (offset === null ? hour : `${hour} ${offset}`)),
    ).toEqual(first);
  });

  it('tells an hour that the day has twice from itself', async () => {
    const jobs = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-11-01T06:45:00Z'];
    expect(
      await hoursOf(
        jobs.map((startTime) => ({ startTime })),
        back,
      ),
    ).toEqual(['01 UTC-4: 1', '01 UTC-5: 2']);
  });

  it.each<[string, ScheduledDay, string, readonly string[]]>([
    // 02:30 on the day before; on the day itself nobody reads 02 on the clock.
    ['that the day does not have', forward, '2026-03-07T07:30:00Z', ['02: 1']],
    ['of the other offset', forward, '2026-03-07T20:30:00Z', ['15: 1']],
    ['that the day has twice', back, '2026-10-31T05:30:00Z', ['01 UTC-4: 1']],
  ])('loses no job of the day before, in an hour %s', async (_, of, startTime, expected) => {
    expect(await hoursOf([{ startTime }], of)).toEqual(expected);
  });
});
