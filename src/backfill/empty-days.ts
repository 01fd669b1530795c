import { addDays } from '../base/civil-dates.js';
import { findNewestRevision } from '../day/revisions/read-revisions.js';
import type { ReportDay } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import type { Archive } from '../ports/archive.js';
import type { ReportKind } from '../reports/report-kind.js';
import type { DayReader } from './day-reader.js';

/**
 * Whether the earlier report of a day without events, the day before or a day after it has some: the day's events may
 * have expired at the source.
 */
export async function isSuspiciouslyEmpty(
  day: ReportDay,
  { plan, archive, reader }: { readonly plan: string; readonly archive: Archive; readonly reader: DayReader },
): Promise<boolean> {
  for (const days of [0, -1, 1]) {
    const neighbour = await findNewestRevision(archive, plan, addDays(day.date, days));
    if ((neighbour?.manifest.controlTotals?.used ?? 0) > 0) return true;
  }
  return reader.hasEventsAfter(day);
}

/** Whether the sources have no event of a day that another process makes. */
export async function isEmptyForOthers(day: ReportDay, reader: DayReader): Promise<boolean> {
  try {
    return await hasNoEvents(day, reader);
  } finally {
    await reader.release(day);
  }
}

/**
 * Why a day without any event gets no report; null where it may really be empty: nothing was due, or neither its sources'
 * pulses nor other days' events say that something is missing.
 */
export function emptyDayVeto<R extends ReportHead>(
  report: R,
  kind: Pick<ReportKind<R>, 'expectsRecords' | 'isSilent'>,
  isSuspicious: boolean,
): string | null {
  const isSilent = kind.isSilent?.(report) ?? false;
  if (!isSilent && !(isSuspicious && kind.expectsRecords(report))) return null;
  const why =
    report.statusReasons[0] ?? 'they have events of other days, so those of this one may have expired';
  return `the sources have no event of this day: ${why}`;
}

/** Whether the sources have no event of the day. */
export async function hasNoEvents(day: ReportDay, reader: DayReader): Promise<boolean> {
  return (await reader.take(day)).reading.used === 0;
}
