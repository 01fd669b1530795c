import { hourMs, minuteMs } from '../../base/time-units.js';
import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import type { AzureMonitorOptions } from './options.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import type { TablePart } from './table-parts.js';

/** Vaults send the state of items and policies at least once a day: two of them are a day that failed and the one before. */
const statesMs = 48 * hourMs;

/** Rows of which times are read for a window. */
export function timesOf(
  window: TimeWindow,
  { longestJobMs, ingestionDelayMs }: AzureMonitorOptions,
  nowMs: number,
): Readonly<Record<TablePart['rows'], TimeSlice>> {
  // What has not come yet would change the counts while they are compared.
  const until = (ms: number): number => Math.max(window.toMs, Math.min(ms, nowMs));
  const askedTo = askedToMs(window);
  return {
    events: { fromMs: window.fromMs - longestJobMs, toMs: until(askedTo + ingestionDelayMs) },
    states: { fromMs: Math.min(window.fromMs, window.toMs - statesMs), toMs: until(askedTo) },
  };
}

/** Equal parts in order, on whole minutes but for the first begin and the last end. */
export function cutInto({ fromMs, toMs }: TimeSlice, wanted: number): TimeSlice[] {
  const number = Math.max(1, Math.min(wanted, Math.floor((toMs - fromMs) / minuteMs)));
  const edges = Array.from({ length: number - 1 }, (_, index) =>
    toMinute(fromMs + ((toMs - fromMs) * (index + 1)) / number),
  ).filter((edge) => edge > fromMs);
  return [fromMs, ...edges].map((edge, index) => ({ fromMs: edge, toMs: edges[index] ?? toMs }));
}

/** None where it is the shortest: a minute. */
export function halvesOf(slice: TimeSlice): TimeSlice[] {
  const middle = toMinute((slice.fromMs + slice.toMs) / 2);
  if (slice.toMs - slice.fromMs <= minuteMs || middle <= slice.fromMs) return [];
  return [
    { fromMs: slice.fromMs, toMs: middle },
    { fromMs: middle, toMs: slice.toMs },
  ];
}

function toMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}
