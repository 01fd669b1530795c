import { dayMs } from '../../base/time-units.js';

/** Days from 1899-12-30, the epoch of spreadsheets, to 1970-01-01. */
const epochSerial = 25_569;

/** A local time as a spreadsheet date. @param ms since 1970, as if local time were UTC */
export function serialDate(ms: number): number {
  return ms / dayMs + epochSerial;
}
