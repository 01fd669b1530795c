import { toIso } from '../../base/instants.js';
import type { Row, TimeSlice } from './query-answer.js';

/** The shortest slice: the service's times are exact to the millisecond, its filters are said to be to the second. */
const shortestSliceMs = 1000;
const maxSlices = 10_000;

/** Cuts a time into equal parts, in order: as many as asked for, and none shorter than a slice may be. */
export function cutIntoSlices({ fromMs, toMs }: TimeSlice, wanted: number): TimeSlice[] {
  const most = Math.floor((toMs - fromMs) / shortestSliceMs) || 1;
  const number = Math.min(Math.max(1, wanted), maxSlices, most);
  const edges = Array.from({ length: number + 1 }, (_, index) =>
    Math.round(fromMs + ((toMs - fromMs) * index) / number),
  );
  return edges.slice(1).map((edge, index) => ({ fromMs: edges[index] ?? fromMs, toMs: edge }));
}

/** The later half first. */
export function halve({ fromMs, toMs }: TimeSlice): TimeSlice[] {
  const middle = Math.floor((fromMs + toMs) / 2);
  return [
    { fromMs: middle, toMs },
    { fromMs, toMs: middle },
  ];
}

export function isShortest({ fromMs, toMs }: TimeSlice): boolean {
  return toMs - fromMs <= shortestSliceMs;
}

/**
 * A record at the border of two slices may come with both: it belongs to the later one. So it is counted once,
 * whether the service counts the end of a window in or not.
 */
export function isOwn(row: Row, { toMs }: TimeSlice, isLast: boolean): boolean {
  if (isLast) return true;
  const time = row['Time'] ?? row['time'];
  const timeMs = typeof time === 'number' ? time : Date.parse(String(time));
  return Number.isNaN(timeMs) || timeMs < toMs;
}

/** `2026-11-19T05:00:00.000Z/2026-11-19T06:00:00.000Z` */
export function sliceName({ fromMs, toMs }: TimeSlice): string {
  return `${toIso(fromMs)}/${toIso(toMs)}`;
}
