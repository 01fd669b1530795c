import type { SliceDoubt, SliceReading } from './read-slice.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import { halvesOf } from './times.js';

/** A slice to be read, and what halving its longer ones came to. */
interface Waiting {
  readonly slice: TimeSlice;
  /** That of the slice that it is a half of. */
  readonly doubt: SliceDoubt | null;
  /** How many halvings in a row have lessened nothing. */
  readonly inVain: number;
}

/** A service that doubts every answer is not asked for every minute of two days. */
const halvingsInVain = 3;

/**
 * Reads slices, several at a time, in any order. One that is not whole is halved and its halves are read instead, for as
 * long as that lessens the doubt. What `read` throws ends them all.
 */
export async function* readSlices(
  slices: readonly TimeSlice[],
  parallel: number,
  read: (slice: TimeSlice) => Promise<SliceReading>,
): AsyncGenerator<SliceReading> {
  const waiting: Waiting[] = slices.map((slice) => ({ slice, doubt: null, inVain: 0 })).reverse();
  const running = new Map<Waiting, Promise<readonly [Waiting, SliceReading]>>();
  while (waiting.length > 0 || running.size > 0) {
    while (running.size < parallel) {
      const next = waiting.pop();
      if (next === undefined) break;
      const reading = read(next.slice).then((result) => [next, result] as const);
      // Awaited below, unless an earlier one ends them all.
      reading.catch(() => undefined);
      running.set(next, reading);
    }
    const [ended, result] = await Promise.race(running.values());
    running.delete(ended);
    const halves = halved(ended, result);
    if (halves.length > 0) waiting.push(...halves);
    else yield result;
  }
}

/** None: the result stands as it is. */
function halved({ slice, doubt: before, inVain }: Waiting, { doubt }: SliceReading): readonly Waiting[] {
  if (doubt === null) return [];
  const inVainNow = isLessened(before, doubt) ? 0 : inVain + 1;
  if (!doubt.isTooMuch && (doubt.lack === null || inVainNow >= halvingsInVain)) return [];
  return halvesOf(slice)
    .map((half) => ({ slice: half, doubt, inVain: inVainNow }))
    .reverse();
}

function isLessened(before: SliceDoubt | null, now: SliceDoubt): boolean {
  if (before === null || before.isTooMuch !== now.isTooMuch) return true;
  return before.lack !== null && now.lack !== null && now.lack < before.lack;
}
