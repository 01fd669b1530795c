import { addDays } from '../base/civil-dates.js';

/** Oracle's cloud of today has no events from before. */
export const firstReportDate = '2016-01-01';
/** So that no clock of a year ahead is refused, and a slip of the finger is. */
export const lastReportDate = '2099-12-31';

/** Whether there may be a report of this day: a date of the calendar, `2026-11-19`, from 2016 to 2099. */
export function isReportDate(date: string): boolean {
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(date) && date >= firstReportDate && date <= lastReportDate;
  return isWritten && addDays(date, 0) === date;
}
