import type { Doubt, QueryAnswer, TimeSlice } from './query-answer.js';
import { halve, isShortest } from './time-slice.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

export interface SliceResult {
  readonly slice: TimeSlice;
  readonly answer: QueryAnswer | null;
  /** Why there is no answer. */
  readonly fault: string | null;
}

/** Reads single slices. What it throws ends the whole reading. */
export interface SliceReader {
  readSlice(slice: TimeSlice): Promise<SliceResult>;
  /** For a result with a doubt that no halving can lessen: the same, or a better one. */
  lastResort(result: SliceResult): Promise<SliceResult>;
}

/** A slice to be read, and what halving its longer ones came to. */
interface Waiting {
  readonly slice: TimeSlice;
  /** That of the slice that it is a half of. */
  readonly doubt: Doubt | null;
  /** How many halvings in a row have lessened nothing. */
  readonly inVain: number;
}

/** A slice is not halved any more after so many halvings in a row that lessened nothing. */
const halvingsInVain = 3;
/** After so many slices that ended so, none is halved for such a doubt. */
const endsInVain = 8;

/**
 * Reads slices, several at a time, in any order. A slice with a doubt is halved, and its halves are read instead, for as
 * long as that lessens the doubt: a service that calls every answer partial is not asked for every second of a day.
 */
export class SliceQueue {
  readonly #parallel: number;
  readonly #reader: SliceReader;
  readonly #waiting: Waiting[];
  #endedInVain = 0;

  constructor(slices: readonly TimeSlice[], parallel: number, reader: SliceReader) {
    this.#parallel = parallel;
    this.#reader = reader;
    this.#waiting = slices.map((slice) => ({ slice, doubt: null, inVain: 0 })).reverse();
  }

  async *results(): AsyncGenerator<SliceResult> {
    const running = new Map<Waiting, Promise<readonly [Waiting, SliceResult]>>();
    while (this.#waiting.length > 0 || running.size > 0) {
      while (running.size < this.#parallel) {
        const next = this.#waiting.pop();
        if (next === undefined) break;
        const reading = this.#reader.readSlice(next.slice).then((result) => [next, result] as const);
        // Awaited below, unless an earlier one ends the whole reading.
        reading.catch(() => undefined);
        running.set(next, reading);
      }
      const [ended, result] = await Promise.race(running.values());
      running.delete(ended);
      const halves = this.#halvesOf(ended, result);
      if (halves.length > 0) this.#waiting.push(...halves);
      else yield await this.#ended(ended, result);
    }
  }

  /** None: the result stands as it is. */
  #halvesOf({ doubt: before, inVain }: Waiting, { slice, answer }: SliceResult): Waiting[] {
    const doubt = answer?.doubt ?? null;
    if (doubt === null || isShortest(slice) || doubt.kind === 'final' || doubt.kind === 'uncounted')
      return [];
    const inVainNow = isLessened(before, doubt) ? 0 : inVain + 1;
    // More rows than an answer may have are fewer in a shorter slice, in the end.
    if (doubt.kind === 'part' && (inVainNow >= halvingsInVain || this.#endedInVain >= endsInVain)) {
      this.#endedInVain += 1;
      return [];
    }
    return halve(slice).map((half) => ({ slice: half, doubt, inVain: inVainNow }));
  }

  async #ended({ doubt: before }: Waiting, result: SliceResult): Promise<SliceResult> {
    const kind = result.answer?.doubt?.kind ?? 'final';
    const last = kind === 'final' ? result : await this.#reader.lastResort(result);
    const { slice, answer } = last;
    if (answer?.doubt?.kind !== 'part' || isShortest(slice) || before === null) return last;
    const reason = reasonWords('halvingsInVain', { why: answer.doubt.reason, number: halvingsInVain });
    return { ...last, answer: { ...answer, doubt: { ...answer.doubt, reason } } };
  }
}

/** @param before doubt of the slice that was halved; null: it is a first one */
function isLessened(before: Doubt | null, now: Doubt): boolean {
  if (before === null || before.kind !== now.kind) return true;
  return before.lack !== null && now.lack !== null && now.lack < before.lack;
}
