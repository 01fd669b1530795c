const linesPerBatch = 64;

/** How many batches one reader may be ahead of another. */
const batchesAhead = 4;

/**
 * Turns what a day lists (jobs, changes) into lines of JSON once, for all readers. They go through the lines together at
 * the pace of the slowest, and the lines are never all in memory. A reader that stops early or fails does not stop the
 * others.
 *
 * (One stream piped into several others would do this, but a pipe waits forever for a reader that was destroyed during
 * a write.)
 *
 * @returns a function that gives each reader its lines in batches, each line with its newline. All readers must start in
 *   the same turn of the event loop: after that, the first lines are gone.
 */
export function shareLines(items: Iterable<object>): () => AsyncIterable<string> {
  const shared = new SharedBatches(batchesOf(items));
  return () => shared.reader();
}

function* batchesOf(items: Iterable<object>): Generator<string> {
  let lines: string[] = [];
  for (const item of items) {
    lines.push(JSON.stringify(item));
    if (lines.length < linesPerBatch) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

interface Reader {
  /** How many batches it has taken. */
  taken: number;
}

class SharedBatches {
  readonly #source: Iterator<string>;
  readonly #readers = new Set<Reader>();
  /** Batches that some reader has not taken yet. */
  readonly #window: string[] = [];
  /** How many batches were made so far, those in the window included. */
  #made = 0;
  /** Set when there are no more; the error is null where nothing went wrong. */
  #end: { readonly error: unknown } | null = null;
  /** Readers that are too far ahead wait here until the slowest one moves or leaves. */
  #waiting: (() => void)[] = [];

  constructor(source: Iterator<string>) {
    this.#source = source;
  }

  reader(): AsyncIterableIterator<string> {
    if (this.#made > this.#window.length || this.#end !== null) {
      throw new TypeError('the lines are already being read: ask for them with the others');
    }
    const reader: Reader = { taken: 0 };
    this.#readers.add(reader);
    const lines: AsyncIterableIterator<string> = {
      [Symbol.asyncIterator]: () => lines,
      next: () => this.#next(reader),
      return: async () => {
        this.#leave(reader);
        return { done: true, value: undefined };
      },
    };
    return lines;
  }

  async #next(reader: Reader): Promise<IteratorResult<string, undefined>> {
    // Wait until all readers have started: they would miss what is dropped.
    if (reader.taken === 0) await Promise.resolve();
    while (this.#readers.has(reader) && reader.taken === this.#made && this.#end === null) {
      if (this.#window.length < batchesAhead) this.#make();
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (!this.#readers.has(reader)) return { done: true, value: undefined };
    const batch = this.#window[reader.taken - (this.#made - this.#window.length)];
    if (batch === undefined) {
      this.#leave(reader);
      if (this.#end !== null && this.#end.error !== null) throw this.#end.error;
      return { done: true, value: undefined };
    }
    reader.taken += 1;
    this.#forget();
    return { done: false, value: batch };
  }

  #make(): void {
    try {
      const { value, done } = this.#source.next();
      if (done === true) {
        this.#end = { error: null };
      } else {
        this.#window.push(value);
        this.#made += 1;
      }
    } catch (error) {
      this.#end = { error };
    }
  }

  #leave(reader: Reader): void {
    this.#readers.delete(reader);
    this.#forget();
  }

  /** Drops the batches that all readers have taken. */
  #forget(): void {
    let oldest = this.#made;
    for (const { taken } of this.#readers) oldest = Math.min(oldest, taken);
    const first = this.#made - this.#window.length;
    if (oldest === first) return;
    this.#window.splice(0, oldest - first);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
