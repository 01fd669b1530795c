import type { PeriodHead } from '../../../model/period-head.js';
import type { PeriodCounting } from '../../period-kind.js';
import { readTenancyReport } from '../document/read-report.js';
import { TallyRows } from '../facts/tally-rows.js';
import { addCounts, newChangeTally } from '../facts/tally.js';
import type { Change } from '../model/change.js';
import { type ChangeList, type TenancyTotals, mostListed } from '../model/tenancy-report.js';
import type { PeriodTotals, TenancyPeriod } from './period-report.js';

type FirstSeen = TenancyPeriod['firstSeen']['principals'][number];

/** Counts the changes of a period, day by day. A change belongs to the day of its end, so that months add up. */
export function countTenancyPeriod(): PeriodCounting<TenancyPeriod> {
  const totals = new Map<string, PeriodTotals>();
  const rows = { services: new TallyRows(), compartments: new TallyRows(), principals: new TallyRows() };
  const lists = { removals: emptyList(), backupChanges: emptyList() };
  const firstSeen: { total: number; knownDays: number; readonly principals: FirstSeen[] } = {
    total: 0,
    knownDays: 0,
    principals: [],
  };
  return {
    // What runs over its begin is counted on the day of its end.
    takeBefore: (bytes) => readTenancyReport(bytes) !== null,
    takeDay(date, bytes) {
      const report = readTenancyReport(bytes);
      if (report === null) return false;
      totals.set(date, ofDay(report.totals));
      for (const row of report.services) rows.services.addRow(row);
      for (const row of report.compartments) rows.compartments.addRow(row);
      for (const row of report.principals) rows.principals.addRow(row);
      addList(lists.removals, report.removals);
      addList(lists.backupChanges, report.backupChanges);
      if (report.firstSeen.principals !== null) {
        firstSeen.knownDays += 1;
        firstSeen.total += report.totals.firstSeen ?? 0;
        const seen = report.firstSeen.principals.slice(0, mostListed - firstSeen.principals.length);
        firstSeen.principals.push(...seen.map((principal) => ({ date, ...principal })));
      }
      return true;
    },
    takeMissing: () => undefined,
    conclude: (head) => ({
      ...head,
      kind: 'tenancy-changes',
      days: head.days.map((day) => ({ ...day, totals: totals.get(day.date) ?? null })),
      totals: sumOf([...totals.values()]),
      unknownDays: unknownDays(head),
      services: rows.services.rows(),
      compartments: rows.compartments.rows(),
      principals: rows.principals.rows(),
      ...lists,
      firstSeen: {
        total: firstSeen.total,
        unknownDays: head.days.length - firstSeen.knownDays,
        principals: firstSeen.principals,
      },
    }),
  };
}

interface GrowingList {
  total: number;
  readonly changes: Change[];
}

function emptyList(): GrowingList {
  return { total: 0, changes: [] };
}

function addList(list: GrowingList, { total, changes }: ChangeList): void {
  list.total += total;
  list.changes.push(...changes.slice(0, mostListed - list.changes.length));
}

function unknownDays({ days }: PeriodHead): number {
  return days.filter(({ state }) => state !== 'COMPLETE').length;
}

function ofDay({ running: _running, firstSeen: _firstSeen, ...counts }: TenancyTotals): PeriodTotals {
  return counts;
}

function sumOf(days: readonly PeriodTotals[]): PeriodTotals {
  const tally = newChangeTally();
  const others = { reads: 0, removedProtection: 0, unknownVerb: 0 };
  for (const day of days) {
    addCounts(tally, day);
    others.reads += day.reads;
    others.removedProtection += day.removedProtection;
    others.unknownVerb += day.unknownVerb;
  }
  return { ...tally, ...others };
}
