import type { DataSafeTrail } from '../../../records/data-safe/read-trail.js';

/** How much of a target's day was collected. Epoch milliseconds. */
export interface Coverage {
  readonly state: 'collected' | 'partial' | 'no-data' | 'unknown';
  /** Until when; null: not known. */
  readonly collectedToMs: number | null;
}

/** In these states a trail collects, or is about to; others have ended, or never began. */
const collecting: ReadonlySet<string> = new Set([
  'COLLECTING',
  'IDLE',
  'RECOVERING',
  'RETRYING',
  'RESUMING',
  'STARTING',
]);

/**
 * Whether silence of a target means that nothing happened. What counts is until when one of its trails was collected, not
 * whether it runs by now: a trail that was stopped later has this day whole, one that was started today has not.
 *
 * @param trails of the target; none: nothing tells
 * @param hasEvents whether events of the day came
 */
export function coverageOf(
  trails: readonly DataSafeTrail[],
  { startMs, cutOffMs }: { readonly startMs: number; readonly cutOffMs: number },
  hasEvents: boolean,
): Coverage {
  if (trails.length === 0) return { state: 'unknown', collectedToMs: null };
  const states = new Set(trails.map((trail) => ofTrail(trail, startMs, cutOffMs)));
  const collectedToMs = latest(trails.map(({ lastCollectedMs }) => lastCollectedMs));
  const best = order.find((state) => states.has(state)) ?? 'no-data';
  // What came was collected, whatever else was not.
  return { state: best === 'no-data' && hasEvents ? 'partial' : best, collectedToMs };
}

const order = ['collected', 'unknown', 'partial', 'no-data'] as const;

function ofTrail(
  { status, lastCollectedMs, collectsFromMs }: DataSafeTrail,
  startMs: number,
  cutOffMs: number,
): Coverage['state'] {
  if (collectsFromMs !== null && collectsFromMs >= cutOffMs) return 'no-data';
  // A list does not tell it.
  if (lastCollectedMs === null) return collecting.has(status) ? 'unknown' : 'no-data';
  if (lastCollectedMs <= startMs) return 'no-data';
  const isFromStart = collectsFromMs === null || collectsFromMs <= startMs;
  return lastCollectedMs >= cutOffMs && isFromStart ? 'collected' : 'partial';
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.max(...known);
}
