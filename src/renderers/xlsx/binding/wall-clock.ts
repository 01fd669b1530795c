import { IANAZone } from 'luxon';
import { minuteMs } from '../../../base/time-units.js';
import { serialDate } from '../serial-date.js';

/** Since 1900 zones have changed their offsets only at full quarters of an hour. */
const bucketMs = 15 * minuteMs;

/**
 * Creates the conversion of instants to spreadsheet dates: local time of the zone as days since 1899-12-30. Offsets are
 * cached per quarter of an hour: looking up each of a million times would take minutes.
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

/** Midnight of a calendar date, `2026-12-31`, as days since 1899-12-30; null for an invalid one. */
export function calendarSerial(date: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : serialDate(ms);
}
