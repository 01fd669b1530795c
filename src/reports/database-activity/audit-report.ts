import type { KindAudit, LineAudit } from '../report-kind.js';
import { newActivityTally, tallyActivity } from './facts/activity-tally.js';
import { classifyActivity } from './facts/classify-activity.js';
import { targetIdOf } from './facts/list-event.js';
import { type ActivityLine, activityFile, activityLists } from './model/activity.js';
import type { ActivityCounts, ActivityReport } from './model/activity-report.js';

/** What `verify` adds up in an archived report of this kind. */
export const activityAudit: KindAudit<ActivityReport> = {
  openLines: (file, report) => (file === activityFile ? openLines(report) : null),
  imbalances: (report) => {
    const { totals, targets, users, operations, activity, hours, lists, logins, loginsFurther } = report;
    return [
      ...sumOfResults('records', totals),
      ...(
        [
          ['targets', targets],
          ['users', users],
          ['operations', operations],
        ] as const
      ).flatMap(([name, rows]) =>
        countNames.flatMap((count) =>
          differs(`${count} of the ${name}`, sum(rows.map((row) => row[count])), totals[count]),
        ),
      ),
      ...differs('records by target, user, operation and result', recordsOf(activity), totals.records),
      ...differs('records by hour', recordsOf(hours), totals.records),
      ...differs('targets', targets.length, totals.targets),
      ...differs(
        'failed logins by place',
        sum(logins.map(({ attempts }) => attempts)) + loginsFurther,
        totals.failedLogins,
      ),
      ...differs('events that took auditing away', lists.auditingOff.total, totals.auditingOff),
      ...differs('late events by day', recordsOf(report.lateDays), totals.late),
      ...(totals.records > report.controlTotals.used
        ? [`records: ${totals.records}, more than the ${report.controlTotals.used} records used`]
        : []),
    ];
  },
};

const countNames = Object.keys(newActivityTally()) as readonly (keyof ActivityCounts)[];

function openLines(report: ActivityReport): LineAudit {
  const tally = newActivityTally();
  const lists = new Map<string, number>();
  const byTarget = new Map<string, number>();
  let foreign = 0;
  return {
    take(line) {
      const event = line as ActivityLine;
      if (typeof event['id'] !== 'string' || typeof event['auditEventTime'] !== 'string') {
        foreign += 1;
        return;
      }
      const found = classifyActivity(event);
      tallyActivity(tally, found);
      const target = targetIdOf(event);
      byTarget.set(target, (byTarget.get(target) ?? 0) + 1);
      if (found.list !== null) lists.set(found.list, (lists.get(found.list) ?? 0) + 1);
    },
    differences: () => [
      ...(foreign === 0 ? [] : [`${foreign} of its lines are no audit event`]),
      ...countNames.flatMap((count) => differs(count, tally[count], report.totals[count])),
      ...activityLists.flatMap((name) =>
        differs(`events of the list ${name}`, lists.get(name) ?? 0, report.lists[name].total),
      ),
      ...report.targets.flatMap(({ targetId, records }) =>
        differs(`records of ${targetId}`, byTarget.get(targetId) ?? 0, records),
      ),
    ],
  };
}

function sumOfResults(
  what: string,
  { records, succeeded, failed, unknown }: ActivityCounts,
): readonly string[] {
  return differs(`${what}, as the sum of their results`, succeeded + failed + unknown, records);
}

function recordsOf(rows: readonly { readonly records: number }[]): number {
  return sum(rows.map(({ records }) => records));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((before, number) => before + number, 0);
}

function differs(what: string, counted: number, said: number): readonly string[] {
  return counted === said ? [] : [`${what}: ${counted}, and report.json says ${said}`];
}
