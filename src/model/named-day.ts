import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
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
    throw new Failure('usage', `${option} ${date}: not a date`, { hints: [hintFor(date)] });
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

/**
 * A day that a report can be made of. One that is not over may have begun: its report is INCOMPLETE and says so.
 *
 * @param option that the date was given with
 * @throws Failure('usage') as dayFor, and for a day that has not begun
 */
export function begunDayFor(date: string, timezone: string, nowMs: number, option = '--date'): ReportDay {
  const day = dayFor(date, timezone, option);
  if (day.startMs <= nowMs) return day;
  throw new Failure('usage', `${option} ${date}: this day has not begun in ${timezone}`, {
    hints: [`It is ${dateAt(nowMs, timezone)} there. Name a day that is over: yesterday at the latest.`],
  });
}

/** For what is no date: that the month has no such day, or how a date is written. */
function hintFor(date: string): string {
  const month = /^(\d{4}-\d{2})-\d{2}$/.exec(date)?.[1] ?? '';
  const last = [31, 30, 29, 28].find((day) => addDays(`${month}-${day}`, 0) === `${month}-${day}`);
  return last === undefined ? 'Write it as 2026-11-19.' : `There is no such day: ${month} has ${last} days.`;
}
