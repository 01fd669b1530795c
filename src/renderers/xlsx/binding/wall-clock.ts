import { IANAZone } from 'luxon';
import { minuteMs } from '../../../base/time-units.js';
import { serialDate } from '../serial-date.js';

/** No zone has changed its offset at a finer grain than a quarter of an hour since 1900. */
const bucketMs = 15 * minuteMs;

/**
 * Makes the conversion of instants to spreadsheet dates: wall-clock time of the zone as days since 1899-12-30.
 * Offsets are kept per quarter of an hour: asking the zone for each of a million times would take minutes.
 */
export function createWallClock(timezone: string): (iso: string) => number {
  const zone = IANAZone.create(timezone);
  const offsets = new Map<number, number>();
  return (iso) => {
    const ms = Date.parse(iso);
    const bucket = Math.floor(ms / bucketMs);
    let offset = offsets.get(bucket);
    if (offset === undefined) offsets.set(bucket, (offset = zone.offset(bucket * bucketMs) * minuteMs));
    return serialDate(ms + offset);
  };
}

/** Midnight of a day of the calendar, `2026-12-31`, as days since 1899-12-30; null for what is none. */
export function calendarSerial(date: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : serialDate(ms);
}
