import { addDays, reportDayOf } from '../base/civil-dates.js';
import { Failure } from '../errors.js';
import type { ReportDay } from './report-day.js';
import { firstReportDate, lastReportDate } from './report-date.js';

/**
 * @param option that the date was given with
 * @throws Failure('usage') for anything but a date from 2016 to 2099, and for a date that the zone skipped
 */
export function dayFor(date: string, timezone: string, option = '--date'): ReportDay {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && addDays(date, 0) === date;
  if (!isDate) {
    throw new Failure('usage', `${option} ${date}: not a date`, { hints: ['Write it as 2026-11-19.'] });
  }
  if (date < firstReportDate || date > lastReportDate) {
    throw new Failure('usage', `${option} ${date}: there is no report of this date`, {
      hints: [`Dates from ${firstReportDate} to ${lastReportDate} are possible.`],
    });
  }
  const day = reportDayOf(date, timezone);
  if (day === undefined) throw new Failure('usage', `${option} ${date}: ${timezone} skipped this date`);
  return day;
}
