import { addDays, reportDayOf } from '../base/civil-dates.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';

/** @throws Failure('usage') for anything but a date, and for a date that the zone skipped */
export function dayFor(date: string, timezone: string): ReportDay {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && addDays(date, 0) === date;
  if (!isDate) {
    throw new Failure('usage', `--date ${date}: not a date`, { hints: ['Write it as 2026-11-19.'] });
  }
  const day = reportDayOf(date, timezone);
  if (day === undefined) throw new Failure('usage', `--date ${date}: ${timezone} skipped this date`);
  return day;
}
