import { addDays } from '../base/civil-dates.js';
import { findNewestRevision } from '../day/revisions/read-revisions.js';
import type { ReportDay } from '../model/report-day.js';
import type { Archive } from '../ports.js';
import type { ReportHead } from '../model/report-head.js';
import type { ReportKind } from '../reports/report-kind.js';
import type { DayReader } from './day-reader.js';

/**
 * Whether the sources have no event of the day, but its earlier report, the day before or a day after it has some: they
 * may have deleted those of the day.
 */
export async function isSuspiciouslyEmpty(
  day: ReportDay,
  { plan, archive, reader }: { readonly plan: string; readonly archive: Archive; readonly reader: DayReader },
): Promise<boolean> {
  if (!(await hasNoEvents(day, reader))) return false;
  for (const days of [0, -1, 1]) {
    const neighbour = await findNewestRevision(archive, plan, addDays(day.date, days));
    if ((neighbour?.manifest.controlTotals?.used ?? 0) > 0) return true;
  }
  return reader.hasEventsAfter(day);
}

/** Whether the sources gave nothing of a day that another process makes. */
export async function isEmptyForOthers(day: ReportDay, reader: DayReader): Promise<boolean> {
  try {
    return await hasNoEvents(day, reader);
  } finally {
    await reader.release(day);
  }
}

async function hasNoEvents(day: ReportDay, reader: DayReader): Promise<boolean> {
  return (await reader.take(day)).reading.used === 0;
}

/** Why no report is made of a suspiciously empty day; null where nothing was due, so that it may well be empty. */
export function emptyDayVeto<R extends ReportHead>(
  report: R,
  kind: Pick<ReportKind<R>, 'expectsRecords'>,
): string | null {
  if (!kind.expectsRecords(report)) return null;
  const why = report.statusReasons[0] ?? 'they may not keep it any more';
  return `the sources have no event of this day, but of days beside it: ${why}`;
}
