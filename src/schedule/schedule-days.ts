import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
import { hourMs } from '../base/time-units.js';
import type { ReportDay } from '../model/report-day.js';

export interface DaysWanted {
  readonly timezone: string;
  /** How long to wait for late events after the cut-off. */
  readonly settleDelayMs: number;
  /** Days before today that get a report if they have none. */
  readonly catchUpDays: number;
  /** Days before today that get a report if they lie in a gap of the archive; absent: none but those. */
  readonly maxBridgeDays?: number;
  /** Days before today that are read again, for late events. */
  readonly reconcileDays: number;
}

/** A report day that a pass checks. */
export interface DayInSight {
  readonly day: ReportDay;
  /** When its settle delay is over, epoch milliseconds. No report is made before. */
  readonly settledMs: number;
  /** Whether a missing report is made. */
  readonly isCaughtUp: boolean;
  /** Whether an existing report may be made again. */
  readonly isReconciled: boolean;
}

const longestRetryMs = hourMs;

/** The report days that a pass checks now, oldest first, because each may hand its running backups to the next. */
export function daysInSight(wanted: DaysWanted, nowMs: number): DayInSight[] {
  const { timezone, settleDelayMs, catchUpDays, reconcileDays } = wanted;
  const today = dateAt(nowMs, timezone);
  const days: DayInSight[] = [];
  for (let ago = Math.max(catchUpDays, reconcileDays); ago >= 1; ago -= 1) {
    const day = reportDayOf(addDays(today, -ago), timezone);
    // The zone skipped the date.
    if (day === undefined) continue;
    days.push({
      day,
      settledMs: day.cutOffMs + settleDelayMs,
      isCaughtUp: ago <= catchUpDays,
      isReconciled: ago <= reconcileDays,
    });
  }
  return days;
}

/** Whether every day settles while it is still in sight, even in a week in which clocks go forward. */
export function staysInSight({ settleDelayMs, catchUpDays }: DaysWanted): boolean {
  return settleDelayMs <= (catchUpDays * 24 - 2) * hourMs;
}

/** How long to wait after this many consecutive failed passes, milliseconds. */
export function retryDelay(firstMs: number, failures: number): number {
  return Math.min(firstMs * 2 ** Math.min(failures - 1, 30), Math.max(firstMs, longestRetryMs));
}
