import { DateTime, IANAZone } from 'luxon';
import { hourMs, minuteMs } from '../base/time-units.js';

/**
 * A jump of the clocks forward: no clock shows the minutes in between. Wall times are epoch milliseconds as if the zone
 * were UTC.
 */
export interface ClockGap {
  /** The first instant after it. */
  readonly atMs: number;
  readonly fromWallMs: number;
  readonly toWallMs: number;
}

/** No zone sets its clocks forward and back within this time. */
const searchStepMs = 48 * hourMs;

/** Every gap in the zone within [fromMs, toMs), in order. */
export function clockGaps(timezone: string, fromMs: number, toMs: number): ClockGap[] {
  const zone = IANAZone.create(timezone);
  const gaps: ClockGap[] = [];
  for (let start = fromMs; start < toMs; start += searchStepMs) {
    const end = Math.min(start + searchStepMs, toMs);
    const offset = zone.offset(start);
    const offsetAfter = zone.offset(end);
    if (offsetAfter <= offset) continue;
    const atMs = firstWithOffset(zone, offsetAfter, start, end);
    gaps.push({
      atMs,
      fromWallMs: atMs + offset * minuteMs,
      toWallMs: atMs + offsetAfter * minuteMs,
    });
  }
  return gaps;
}

function firstWithOffset(zone: IANAZone, offset: number, fromMs: number, toMs: number): number {
  let before = fromMs;
  let after = toMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offset(middle) === offset) after = middle;
    else before = middle;
  }
  return after;
}

/** `2027-03-14`: the date of a wall time. */
export function wallDate(wallMs: number): string {
  return DateTime.fromMillis(wallMs, { zone: 'utc' }).toFormat('yyyy-MM-dd');
}

/** `02:30`: the time of day of a wall time. */
export function wallTime(wallMs: number): string {
  return DateTime.fromMillis(wallMs, { zone: 'utc' }).toFormat('HH:mm');
}

/** `2026-11-20 06:00`: the wall time in the zone at an instant. */
export function localTime(ms: number, timezone: string): string {
  return DateTime.fromMillis(ms, { zone: timezone }).toFormat('yyyy-MM-dd HH:mm');
}
