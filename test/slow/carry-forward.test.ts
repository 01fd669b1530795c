import { describe, expect, it } from 'vitest';
import { silentMember } from '../support/fleet-members.js';
import { differencesOf, readAll, runReadings, tearDays } from '../support/fleet-runs.js';
import type { JudgedReport } from '../support/judge-day.js';
import { simulateFleet } from '../support/simulated-fleet.js';

/** Both ways that clocks change, in both places of the day's hours. */
const fleets = [
  { seed: 1, timezone: 'America/New_York', firstDate: '2026-10-25', days: 15 },
  { seed: 2, timezone: 'Europe/Berlin', firstDate: '2026-10-20', days: 15 },
  { seed: 3, timezone: 'Europe/Berlin', firstDate: '2026-03-22', days: 15 },
].map(simulateFleet);

/** Every day of the trend is what the report of that day said, and nothing where there is none. */
function expectTrends(judged: readonly JudgedReport[]): void {
  const totalsOf = new Map(judged.map(({ report }) => [report.reportDay.date, report.totals]));
  for (const { report } of judged) {
    expect(report.trend).toHaveLength(14);
    for (const { date, totals } of report.trend) {
      expect({ date, totals }).toEqual({ date, totals: totalsOf.get(date) ?? null });
    }
  }
}

function except<T>(list: readonly T[], positions: readonly number[]): T[] {
  return list.filter((_, position) => !positions.includes(position));
}

/** The one at the position, which must be there. */
function at<T>(list: readonly T[], position: number): T {
  const one = list.at(position);
  if (one === undefined) throw new Error(`nothing at ${position}`);
  return one;
}

describe('two weeks of a fleet, day by day', () => {
  it.each(fleets)('come to what all events at once come to: $timezone from $dates.0', async (fleet) => {
    const readings = readAll(fleet);
    const judged = await runReadings(fleet, readings);
    expect(differencesOf(fleet, readings, judged)).toEqual([]);
    expectTrends(judged);
    const silent = judged.map(({ report }) =>
      report.resources.find(({ resourceName }) => resourceName === silentMember),
    );
    expect(silent.slice(7).map((each) => each?.outcome)).toEqual(Array.from({ length: 8 }, () => 'MISSED'));
  });

  it.each(fleets.slice(0, 2))(
    'do so where the archive lacks days: $timezone from $dates.0',
    async (fleet) => {
      const readings = except(readAll(fleet), [3, 4, 7, 10, 11]);
      const judged = await runReadings(fleet, readings);
      expect(differencesOf(fleet, readings, judged)).toEqual([]);
      expectTrends(judged);
      expect(judged.every(({ report }) => report.status === 'COMPLETE')).toBe(true);
    },
  );

  it.each(fleets.slice(1))(
    'do so after a day that was read in part: $timezone from $dates.0',
    async (fleet) => {
      const readings = tearDays(fleet, [2, 6, 9, 10], 1);
      const judged = await runReadings(fleet, readings);
      expect(differencesOf(fleet, readings, judged)).toEqual([]);
      const incomplete = judged.map(({ report }) => report.status === 'INCOMPLETE');
      expect(incomplete).toEqual(readings.map(({ isTorn }) => isTorn));
    },
  );
});

describe('a fleet', () => {
  const fleet = at(fleets, 0);

  it('is judged from all events where the days after one that was read in part have no report', async () => {
    const readings = except(tearDays(fleet, [5, 9], 2), [6, 7, 10]);
    const judged = await runReadings(fleet, readings);
    expect(differencesOf(fleet, readings, judged)).toEqual([]);
  });

  it('is judged the same however often a day is run, and from its latest revision on', async () => {
    const readings = readAll(fleet);
    // A source may not know that events are still to come.
    const early = { ...at(tearDays(fleet, [5], 3), 5), isTorn: false };
    const torn = at(tearDays(fleet, [9], 4), 9);
    const again = [at(readings, 2), at(readings, 14), at(readings, 6), at(readings, 14)];
    const judged = await runReadings(fleet, [
      ...readings.slice(0, 3),
      at(readings, 2),
      ...readings.slice(3, 5),
      early,
      ...readings.slice(5, 9),
      torn,
      ...readings.slice(9),
      ...again,
    ]);
    const reports = judged.map(({ report }) => report);
    const ofDays = except(judged, [3, 6, 11, 18, 19, 20, 21]);
    expect(differencesOf(fleet, readings, ofDays)).toEqual([]);
    expect(reports[3]).toEqual(reports[2]);
    expect(reports.slice(18)).toEqual([2, 14, 6, 14].map((position) => at(ofDays, position).report));
  });
});
