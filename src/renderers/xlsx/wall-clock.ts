import { IANAZone } from 'luxon';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** No zone has changed its offset at a finer grain than a quarter of an hour since 1900. */
const bucketMs = 15 * minuteMs;

/** Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01. */
const epochSerial = 25_569;

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
    return (ms + offset) / dayMs + epochSerial;
  };
}
