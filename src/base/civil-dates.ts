import { DateTime, IANAZone, Info } from 'luxon';
import { parseInstant, toIso } from './instants.js';
import { dayMs, minuteMs } from './time-units.js';

/** The half-open interval [startMs, cutOffMs) of one civil day in an IANA zone: 23, 24 or 25 hours. */
export interface CivilDay {
  /** `2026-11-19` */
  readonly date: string;
  readonly timezone: string;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly cutOffMs: number;
}

/** Whether it is the IANA name of a zone that this machine knows. */
export function isTimezone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** The civil date in the zone at this instant: `2026-11-19`. */
export function dateAt(ms: number, timezone: string): string {
  return DateTime.fromMillis(wallTimeOf(ms, timezone), { zone: 'utc' }).toISODate() ?? '';
}

/** The wall time in the zone at this instant, to the minute: `00:20`. */
export function timeOfDay(ms: number, timezone: string): string {
  return DateTime.fromMillis(ms, { zone: timezone }).toFormat('HH:mm');
}

/** The date `days` later; earlier when negative. Empty where there is no such date as the one given. */
export function addDays(date: string, days: number): string {
  const startMs = parseInstant(`${date}T00:00:00Z`);
  return startMs === undefined ? '' : toIso(startMs + days * dayMs).slice(0, 10);
}

/**
 * The civil day: from the first instant that has the date in the zone to the first instant of the next date.
 * 23, 24 or 25 hours where clocks change (23.5 and 24.5 on Lord Howe Island).
 *
 * @returns undefined where the zone skipped the whole date (Pacific/Apia, 2011-12-30).
 */
export function reportDayOf(date: string, timezone: string): CivilDay | undefined {
  const startMs = firstInstantOf(date, timezone);
  const cutOffMs = firstInstantOf(addDays(date, 1), timezone);
  return startMs < cutOffMs ? { date, timezone, startMs, cutOffMs } : undefined;
}

/** How many days after `from` the date `to` is; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  const start = DateTime.fromISO(from, { zone: 'utc' });
  return Math.round(DateTime.fromISO(to, { zone: 'utc' }).diff(start, 'days').days);
}

/** First instant of the date in the zone, epoch milliseconds. */
export function startOfDate(date: string, timezone: string): number {
  return firstInstantOf(date, timezone);
}

/** The wall time in the zone at this instant, as if it were one of UTC: epoch milliseconds. */
function wallTimeOf(ms: number, timezone: string): number {
  return ms + offsetOf(ms, timezone);
}

/** By how much the zone is ahead of UTC at this instant, in milliseconds. */
function offsetOf(ms: number, timezone: string): number {
  return Info.normalizeZone(timezone).offset(ms) * minuteMs;
}

/** First instant of the date or, where the date does not exist in the zone, of the next one that does. */
function firstInstantOf(date: string, timezone: string): number {
  const midnightUtc = DateTime.fromISO(date, { zone: 'utc' }).toMillis();
  // No zone is more than 14 hours ahead of UTC, none more than 12 behind, so the instant lies in between.
  let before = midnightUtc - 15 * 60 * minuteMs;
  let after = midnightUtc + 13 * 60 * minuteMs;
  const offset = offsetOf(before, timezone);
  if (offset === offsetOf(after, timezone)) return midnightUtc - offset;
  // Clocks change: by bisection, because midnight may not exist (clocks went forward at 00:00) or occur twice (back to 00:00).
  // The end of D and the start of D+1 come from the same search, so days meet without gap or overlap in any zone.
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallTimeOf(middle, timezone) < midnightUtc) before = middle;
    else after = middle;
  }
  return after;
}
