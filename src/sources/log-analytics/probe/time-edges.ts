import { recordTimeMs } from '../time-slice.js';
import type { Prober } from './prober.js';
import { Unanswered } from './probe-client.js';

export interface TimeEdges {
  readonly timeEdges: 'milliseconds' | 'seconds';
  readonly endIncluded: boolean;
}

const aroundMs = 5000;

/**
 * Asks for windows that begin or end at, just before and just after the time of one record. A filter by whole seconds
 * compares seconds with seconds, so it finds a record from a window that begins later in the record's second.
 *
 * @throws Unanswered
 */
export async function probeTimeEdges(prober: Prober): Promise<TimeEdges> {
  // One that has another millisecond of its second on either side.
  const timeMs = prober.timesMs.find((each) => each % 1000 > 0 && each % 1000 < 999);
  if (timeMs === undefined) {
    throw new Unanswered('the records looked at have times of whole seconds, so that both would look alike');
  }
  const isIn = async (fromMs: number, toMs: number): Promise<boolean> => {
    const { rows } = await prober.client.query(`${prober.filter} | fields 'Time'`, { fromMs, toMs });
    return rows.some((row) => recordTimeMs(row) === timeMs);
  };
  const isInAfter = await isIn(timeMs + 1, timeMs + aroundMs);
  const isInUntil = await isIn(timeMs - aroundMs, timeMs);
  const isInBefore = await isIn(timeMs - aroundMs, timeMs - 1);
  // With whole seconds and the end in, a window finds the record that ends a millisecond before it.
  if (isInBefore !== (isInAfter && isInUntil)) {
    throw new Unanswered('the answers contradict each other: new records may have come meanwhile');
  }
  return { timeEdges: isInAfter ? 'seconds' : 'milliseconds', endIncluded: isInUntil };
}
