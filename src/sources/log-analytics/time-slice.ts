import { toIso } from '../../base/instants.js';
import { secondMs } from '../../base/time-units.js';
import type { Row, TimeSlice } from './query-answer.js';

const maxSlices = 10_000;

/**
 * Slices begin and end on whole seconds, and none is shorter than one: a service whose filters are exact to the
 * millisecond and one that knows only seconds then mean the same by it, but for the second after its end.
 */
export function onWholeSeconds({ fromMs, toMs }: TimeSlice): TimeSlice {
  const from = Math.floor(fromMs / secondMs) * secondMs;
  return { fromMs: from, toMs: Math.max(Math.ceil(toMs / secondMs) * secondMs, from + secondMs) };
}

/** Cuts a time span into equal parts, in order: as many as wanted, but none shorter than a second. */
export function cutIntoSlices({ fromMs, toMs }: TimeSlice, wanted: number): TimeSlice[] {
  const most = Math.floor((toMs - fromMs) / secondMs) || 1;
  const number = Math.min(Math.max(1, wanted), maxSlices, most);
  const edges = Array.from({ length: number + 1 }, (_, index) =>
    toWholeSecond(fromMs + ((toMs - fromMs) * index) / number),
  );
  return edges.slice(1).map((edge, index) => ({ fromMs: edges[index] ?? fromMs, toMs: edge }));
}

/** The later half first. */
export function halve({ fromMs, toMs }: TimeSlice): TimeSlice[] {
  const middle = toWholeSecond((fromMs + toMs) / 2);
  return [
    { fromMs: middle, toMs },
    { fromMs, toMs: middle },
  ];
}

export function isShortest({ fromMs, toMs }: TimeSlice): boolean {
  return toMs - fromMs <= secondMs;
}

/**
 * Whether an instant belongs to a slice of `whole`. A service may give more than was asked for: the end itself, or the
 * whole second after it. The first and the last slice have no bound towards outside: what the service gives there, it
 * counts in the whole, too.
 *
 * @param timeMs NaN if it is not known
 */
export function isOfSlice(timeMs: number, slice: TimeSlice, whole: TimeSlice): boolean {
  if (Number.isNaN(timeMs)) return true;
  const isAfterBegin = slice.fromMs <= whole.fromMs || timeMs >= slice.fromMs;
  return isAfterBegin && (slice.toMs >= whole.toMs || timeMs < slice.toMs);
}

/** The time of a record, epoch milliseconds; NaN if it has none that can be read. */
export function recordTimeMs(row: Row): number {
  return instantMs(row['Time'] ?? row['time']);
}

/** Epoch milliseconds, ISO 8601, or either in a list of one; NaN for anything else. */
export function instantMs(value: unknown): number {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.length === 1 ? instantMs(value[0]) : Number.NaN;
  const text = typeof value === 'string' ? value.trim() : '';
  return /^\d{11,}$/.test(text) ? Number(text) : Date.parse(text);
}

/** `2026-11-19T05:00:00.000Z/2026-11-19T06:00:00.000Z` */
export function sliceName({ fromMs, toMs }: TimeSlice): string {
  return `${toIso(fromMs)}/${toIso(toMs)}`;
}

function toWholeSecond(ms: number): number {
  return Math.round(ms / secondMs) * secondMs;
}
