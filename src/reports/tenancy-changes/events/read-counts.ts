import { minuteMs } from '../../../base/time-units.js';
import type { AuditRead } from '../../../records/audit/audit-record.js';
import { compareText } from '../../../base/text-order.js';

const quarterMs = 15 * minuteMs;
/** A report day has at most 25 hours and some zones move by half an hour: quarters beyond are of earlier days. */
const keptQuarters = 26 * 4;
/** More kinds of reads than any tenancy has: what comes beyond is counted as one. */
const maxOperations = 5000;

export interface CountedReads {
  readonly service: string;
  readonly eventName: string;
  readonly verb: string;
  readonly reads: number;
}

/**
 * Reads by operation and quarter of an hour before the cut-off. Its memory grows with the kinds of reads, never with their
 * number.
 */
export class ReadCounts {
  readonly #endMs: number;
  readonly #counts = new Map<string, Uint32Array>();

  /** @param endMs the cut-off: offsets of zones are multiples of a quarter of an hour */
  constructor(endMs: number) {
    this.#endMs = endMs;
  }

  add({ service, eventName, verb, timeMs }: AuditRead): void {
    const quarter = Math.floor((this.#endMs - 1 - timeMs) / quarterMs);
    if (quarter < 0 || quarter >= keptQuarters) return;
    const name = JSON.stringify([service, eventName, verb]);
    const key = this.#counts.has(name) || this.#counts.size < maxOperations ? name : others;
    let counts = this.#counts.get(key);
    if (counts === undefined) this.#counts.set(key, (counts = new Uint32Array(keptQuarters)));
    counts[quarter] = (counts[quarter] ?? 0) + 1;
  }

  /** Those since an instant, the most frequent first. */
  since(startMs: number): readonly CountedReads[] {
    const quarters = Math.round((this.#endMs - startMs) / quarterMs);
    const counted: CountedReads[] = [];
    for (const [key, counts] of this.#counts) {
      let reads = 0;
      for (const number of counts.subarray(0, quarters)) reads += number;
      const [service, eventName, verb] = JSON.parse(key) as [string, string, string];
      if (reads > 0) counted.push({ service, eventName, verb, reads });
    }
    return counted.sort(
      (a, b) =>
        b.reads - a.reads ||
        compareText(a.service, b.service) ||
        compareText(a.eventName, b.eventName) ||
        compareText(a.verb, b.verb),
    );
  }
}

const others = JSON.stringify(['', '', '']);
