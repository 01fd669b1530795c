import { unlessAborted } from '../base/unless-aborted.js';
import { durationInWords } from '../base/english.js';
import { dayMs, minuteMs } from '../base/time-units.js';
import type { TimeWindow } from '../model/report-day.js';
import type { EventSource, SourceOutcome, SourceReading, SourceRecord } from '../ports/event-source.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** How long a reading may take where nothing is configured, and how much longer than the budget of its calls. */
const standardMs = 45 * minuteMs;
const beyondBudgetMs = 15 * minuteMs;

/** The deadline of one reading, milliseconds: as configured, else later than the source's own budget ends it. */
export function deadlineOfReading(
  {
    deadlineMs,
    budgetMinutes,
  }: { readonly deadlineMs?: number | undefined; readonly budgetMinutes?: number },
  window: TimeWindow,
): number {
  if (deadlineMs !== undefined) return deadlineMs;
  if (budgetMinutes === undefined) return standardMs;
  const days = Math.max(1, Math.round((window.toMs - window.fromMs) / dayMs));
  return budgetMinutes * minuteMs * days + beyondBudgetMs;
}

/**
 * A source whose readings end: one that takes longer than its deadline is given up and is not complete. What was read
 * until then is used. The source may never answer: it is told to end, and left behind. While it hangs, it is not read
 * again, because each reading would hold a thread, and a process has few.
 *
 * @param deadlineOf milliseconds, from the first batch that is asked for
 */
export function withReadingDeadline(
  source: EventSource,
  deadlineOf: (window: TimeWindow) => number,
): EventSource {
  const leftBehind = new Set<object>();
  return {
    ...source,
    diagnose: (window) => source.diagnose(window),
    read: (window) => {
      const deadlineMs = deadlineOf(window);
      if (leftBehind.size > 0) return notRead;
      const reading = source.read(window);
      const watched = new WatchedBatches(reading.batches, deadlineMs, leftBehind);
      return {
        ...reading,
        batches: watched,
        outcome: () => (watched.isGivenUp ? notToItsEnd(deadlineMs) : reading.outcome()),
        // What was not read to its end is read again.
        acknowledge: async () => (watched.isGivenUp ? undefined : reading.acknowledge?.()),
      };
    },
  };
}

function notToItsEnd(deadlineMs: number): SourceOutcome {
  const within = durationInWords(deadlineMs);
  return notComplete(reasonWords('deadline', { within }));
}

function notComplete(reason: string): SourceOutcome {
  return { complete: false, reasons: [reason], requests: [] };
}

const notRead: SourceReading = {
  batches: { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }) },
  outcome: () => notComplete(reasonWords('stillHangs')),
};

type Batch = readonly SourceRecord[];

/** Batches until the deadline. It is no generator: one that waits cannot be told to end. */
class WatchedBatches implements AsyncIterableIterator<Batch> {
  isGivenUp = false;
  readonly #inner: AsyncIterator<Batch>;
  readonly #deadlineMs: number;
  /** Readings that did not end when they were told to. */
  readonly #leftBehind: Set<object>;
  readonly #deadline = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #asked: Promise<unknown> | null = null;
  #isOver = false;

  constructor(batches: AsyncIterable<Batch>, deadlineMs: number, leftBehind: Set<object>) {
    this.#inner = batches[Symbol.asyncIterator]();
    this.#deadlineMs = deadlineMs;
    this.#leftBehind = leftBehind;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Batch>> {
    const { signal } = this.#deadline;
    this.#timer ??= setTimeout(() => this.#deadline.abort(), this.#deadlineMs);
    if (this.#isOver || signal.aborted) return this.#giveUp();
    const asked = this.#inner.next();
    this.#asked = asked;
    try {
      const result = await unlessAborted(asked, signal);
      this.#asked = null;
      if (result.done === true) this.#end();
      return result;
    } catch (error) {
      if (signal.aborted) return this.#giveUp();
      this.#asked = null;
      this.#end();
      throw error;
    }
  }

  /** Whoever reads stops: a batch that was asked for is left behind. */
  async return(): Promise<IteratorResult<Batch>> {
    this.#end();
    const ended = this.#inner.return?.();
    if (this.#asked === null) await ended;
    else this.#leave(ended);
    return { done: true, value: undefined };
  }

  #giveUp(): IteratorResult<Batch> {
    if (!this.#isOver) {
      this.isGivenUp = true;
      this.#end();
      this.#leave(this.#inner.return?.());
    }
    return { done: true, value: undefined };
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #leave(ended: Promise<unknown> | undefined): void {
    this.#leftBehind.add(this);
    const forget = (): void => void this.#leftBehind.delete(this);
    void Promise.allSettled([this.#asked, ended]).then(forget);
  }
}
