import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import { judge } from '../support/judge-day.js';
import { dayOf } from '../support/judge.js';
import { databaseEvent } from '../support/raw-event.js';

const days: readonly [zone: string, date: string, hours: number][] = [
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Asia/Kolkata', '2026-03-29', 24],
];

function endAt(ms: number): unknown {
  const resourceId = `ocid1.dbbackup.oc1.iad.t${ms}`;
  return databaseEvent('end', new Date(ms).toISOString(), { id: `e${ms}`, resourceId });
}

describe.each(days)('%s, %s', (timezone, date, hours) => {
  const day = dayOf(date, timezone);

  it(`is a day of ${hours} hours`, async () => {
    const { report } = await judge([endAt(day.startMs)], date, { timezone });
    expect(report.reportDay).toMatchObject({ date, timezone, hours });
  });

  it('an event on the boundary belongs to exactly one day', async () => {
    const instants = [day.startMs - 1, day.startMs, day.cutOffMs - 1, day.cutOffMs];
    const seen: [number, string][] = [];
    for (const each of [addDays(date, -1), date, addDays(date, 1)]) {
      const { jobs } = await judge(instants.map(endAt), each, { timezone });
      for (const job of jobs) seen.push([Date.parse(job.endTime ?? ''), each]);
    }
    expect(seen).toEqual([
      [instants[0], addDays(date, -1)],
      [instants[1], date],
      [instants[2], date],
      [instants[3], addDays(date, 1)],
    ]);
  });

  it('a backup over its midnight is running on it, and succeeded on the next, once', async () => {
    const begin = databaseEvent('begin', new Date(day.cutOffMs - 600_000).toISOString());
    const end = databaseEvent('end', new Date(day.cutOffMs + 2_400_000).toISOString());
    const statuses: string[][] = [];
    for (const each of [addDays(date, -1), date, addDays(date, 1), addDays(date, 2)]) {
      const { jobs } = await judge([begin, end], each, { timezone });
      statuses.push(jobs.map(({ status }) => status));
    }
    expect(statuses).toEqual([[], ['IN_PROGRESS'], ['SUCCEEDED'], []]);
  });
});
