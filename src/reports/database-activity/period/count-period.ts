import type { PeriodHead } from '../../../model/period-head.js';
import type { PeriodCounting } from '../../period-kind.js';
import { readActivityReport } from '../document/read-report.js';
import { ActivityRows, addActivity, newActivityTally } from '../facts/activity-tally.js';
import type { ActivityTotals } from '../model/activity-report.js';
import type { ActivityPeriod, ActivityPeriodTotals } from './period-report.js';

interface CountedDay {
  readonly totals: ActivityPeriodTotals;
  readonly withoutData: number;
}

/** Counts the audit events of a period, day by day. An event belongs to the day on which it happened, so months add up. */
export function countActivityPeriod(): PeriodCounting<ActivityPeriod> {
  const days = new Map<string, CountedDay>();
  const names = new Map<string, string>();
  const rows = { targets: new ActivityRows(), users: new ActivityRows(), operations: new ActivityRows() };
  return {
    // What happened before the period is not of it.
    takeBefore: (bytes) => readActivityReport(bytes) !== null,
    takeDay(date, bytes) {
      const report = readActivityReport(bytes);
      if (report === null) return false;
      days.set(date, { totals: ofDay(report.totals), withoutData: report.totals.withoutData });
      for (const { targetId, targetName, ...counts } of report.targets) {
        // On a day without events nothing tells its name; two targets may have the same.
        if (targetName !== null) names.set(targetId, targetName);
        rows.targets.addRow({ ...counts, name: targetId, others: 0 });
      }
      for (const row of report.users) rows.users.addRow(row);
      for (const row of report.operations) rows.operations.addRow(row);
      return true;
    },
    takeMissing: () => undefined,
    conclude: (head) => ({
      ...head,
      kind: 'database-activity',
      days: head.days.map((day) => {
        const { totals, withoutData } = days.get(day.date) ?? { totals: null, withoutData: null };
        return { ...day, totals, withoutData };
      }),
      totals: sumOf([...days.values()]),
      unknownDays: unknownDays(head),
      targets: rows.targets.rows().map((row) => ({ ...row, name: names.get(row.name) ?? row.name })),
      users: rows.users.rows(),
      operations: rows.operations.rows(),
    }),
  };
}

function unknownDays({ days }: PeriodHead): number {
  return days.filter(({ state }) => state !== 'COMPLETE').length;
}

function ofDay({
  targets: _targets,
  withoutData: _withoutData,
  late: _late,
  ...counts
}: ActivityTotals): ActivityPeriodTotals {
  return counts;
}

function sumOf(days: readonly CountedDay[]): ActivityPeriodTotals {
  const tally = newActivityTally();
  let auditingOff = 0;
  for (const { totals } of days) {
    addActivity(tally, totals);
    auditingOff += totals.auditingOff;
  }
  return { ...tally, auditingOff };
}
