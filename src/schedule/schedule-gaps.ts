import { DateTime, IANAZone } from 'luxon';
import { minuteMs } from '../base/time-units.js';

/**
 * Where clocks go forward: the wall shows none of the minutes in between. Times of the wall are epoch milliseconds as if
 * the zone were UTC.
 */
export interface ClockGap {
  /** The first instant after it. */
  readonly atMs: number;
  readonly fromWallMs: number;
  readonly toWallMs: number;
}

/** No zone changes its clocks forward and back within it. */
const stepMs = 48 * 3_600_000;

/** Every time that clocks go forward in the zone within [fromMs, toMs), in order. */
export function clockGaps(timezone: string, fromMs: number, toMs: number): ClockGap[] {
  const zone = IANAZone.create(timezone);
  const gaps: ClockGap[] = [];
  for (let start = fromMs; start < toMs; start += stepMs) {
    const end = Math.min(start + stepMs, toMs);
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

/** `2027-03-14` of a time of the wall. */
export function wallDate(wallMs: number): string {
  return DateTime.fromMillis(wallMs, { zone: 'utc' }).toFormat('yyyy-MM-dd');
}

/** `02:30` */
export function wallTime(wallMs: number): string {
  return DateTime.fromMillis(wallMs, { zone: 'utc' }).toFormat('HH:mm');
}

/** `2026-11-20 06:00`: what the wall of the zone shows at an instant. */
export function localTime(ms: number, timezone: string): string {
  return DateTime.fromMillis(ms, { zone: timezone }).toFormat('yyyy-MM-dd HH:mm');
}
