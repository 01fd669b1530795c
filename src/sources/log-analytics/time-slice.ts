import { toIso } from '../../base/instants.js';
import type { Row, TimeSlice } from './query-answer.js';

/** The shortest slice: the service's times have millisecond precision, its filters reportedly seconds. */
const shortestSliceMs = 1000;
const maxSlices = 10_000;

/** Cuts a time span into equal parts, in order: as many as wanted, but none shorter than the shortest slice. */
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
 * A record on the border of two slices may come with both: it belongs to the later one. So it is counted once, whether
 * or not the service includes the end of a window.
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
