import { dayMs } from '../../base/time-units.js';

/** Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01. */
const epochSerial = 25_569;

/** A wall-clock time as a spreadsheet date. @param ms of the wall clock as if it were UTC, since 1970 */
export function serialDate(ms: number): number {
  return ms / dayMs + epochSerial;
}
