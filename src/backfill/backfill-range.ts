import { addDays, reportDayOf } from '../base/civil-dates.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';

export interface BackfillRange {
  /** `from` and `to` are civil dates, both included. */
  readonly from: string;
  readonly to: string;
  /** IANA name */
  readonly timezone: string;
}

/** The part of one process, where several share a range. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** @throws Failure('usage') for a range that ends before it begins, or with a day that is not over yet */
export function checkRange({ from, to, timezone }: BackfillRange, nowMs: number): void {
  if (from > to) {
    throw new Failure('usage', `--from ${from} --to ${to}: the range ends before it begins`);
  }
  const last = reportDayOf(to, timezone);
  if (last !== undefined && last.cutOffMs > nowMs) {
    throw new Failure('usage', `--to ${to}: this day is not over in ${timezone}`, {
      hints: ['End the range with yesterday at the latest.'],
    });
  }
}

/** The days of a range that exist in the zone, oldest first. */
export function daysOf({ from, to, timezone }: BackfillRange): ReportDay[] {
  const days: ReportDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = reportDayOf(date, timezone);
    if (day !== undefined) days.push(day);
  }
  return days;
}

/** Every n-th day, starting with the i-th for shard i/n. */
export function daysOfShard(days: readonly ReportDay[], { index, of }: Shard): ReportDay[] {
  return days.filter((_day, position) => position % of === index - 1);
}
