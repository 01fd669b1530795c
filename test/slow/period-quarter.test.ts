import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { PeriodReport } from '../../src/reports/backup-compliance/period/period-report.js';
import { commitDay } from '../support/committed-day.js';
import { runEstate } from '../support/estate-runs.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { makePeriod, planName } from '../support/period-days.js';
import { simulateEstate } from '../support/simulated-estate.js';

const missing = [17, 18, 50];
const incomplete = 33;

/**
 * A quarter of a simulated estate, judged by the real pipeline, against a table that is counted here in another way: per
 * resource, from the reports themselves, without anything of the code that counts periods.
 */
describe('a quarter of a simulated archive', () => {
  it('equals the table that is counted from its reports, and its months add up to it', async () => {
    const estate = simulateEstate({
      seed: 12,
      timezone: 'Europe/Berlin',
      firstDate: '2026-10-01',
      days: 92,
      skipped: missing,
    });
    const judged = await runEstate(estate, missing);
    const archive = createMemoryArchive();
    const byDate = new Map<string, DailyReport>();
    for (const [index, { report }] of judged.entries()) {
      const status = index === incomplete ? 'INCOMPLETE' : 'COMPLETE';
      const day = { ...report, plan: planName, status } as DailyReport;
      byDate.set(day.reportDay.date, day);
      await commitDay(archive, day, { workbooks: [] });
    }
    const plan = { timezone: estate.timezone };

    const quarter = (await makePeriod(archive, '2026-Q4', { plan })).report;

    expect(quarter.days.map(({ date }) => date)).toStrictEqual(estate.dates);
    expect(quarter.days.filter(({ state }) => state === 'MISSING')).toHaveLength(missing.length);
    expect(tableOf(quarter)).toStrictEqual(countedByHand(byDate, estate.dates));
    const months: PeriodReport[] = [];
    for (const label of ['2026-10', '2026-11', '2026-12']) {
      months.push((await makePeriod(archive, label, { plan })).report);
    }
    const sum = (key: 'expected' | 'met' | 'failed' | 'missed' | 'unknown' | 'waived'): number =>
      months.reduce((total, { totals }) => total + totals[key], 0);
    const { expected, met, failed, missed, unknown, waived } = quarter.totals;
    expect(
      ['expected', 'met', 'failed', 'missed', 'unknown', 'waived'].map((key) => sum(key as 'met')),
    ).toStrictEqual([expected, met, failed, missed, unknown, waived]);
  });
});

type Table = Readonly<
  Record<string, readonly [met: number, failed: number, missed: number, unknown: number]>
>;

function tableOf({ resources }: PeriodReport): Table {
  return Object.fromEntries(
    resources
      .filter(({ expected }) => expected > 0)
      .map(({ resourceId, met, failed, missed, unknown }) => [
        resourceId,
        [met, failed, missed, unknown] as const,
      ])
      .sort(),
  );
}

function countedByHand(byDate: ReadonlyMap<string, DailyReport>, dates: readonly string[]): Table {
  const counts = new Map<string, [number, number, number, number]>();
  const add = (id: string, column: number): void => {
    const row = counts.get(id) ?? [0, 0, 0, 0];
    row[column] = (row[column] ?? 0) + 1;
    counts.set(id, row);
  };
  for (const date of dates) {
    let source = date;
    while (!byDate.has(source) && source >= '2026-10-01') source = addDays(source, -1);
    const report = byDate.get(source);
    for (const { resourceId, compliance, outcome, lastKnown } of report?.resources ?? []) {
      if (source !== date) {
        if (lastKnown.terminated === null) add(resourceId, 3);
      } else if (compliance === 'NON_COMPLIANT') add(resourceId, outcome === 'MISSED' ? 2 : 1);
      else if (compliance !== 'NOT_APPLICABLE') {
        add(resourceId, compliance === 'COMPLIANT' && report?.status === 'COMPLETE' ? 0 : 3);
      }
    }
  }
  return Object.fromEntries([...counts].sort());
}
