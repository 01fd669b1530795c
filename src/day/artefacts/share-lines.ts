const linesPerBatch = 64;

/** Batches that one reader may be ahead of another. */
const batchesAhead = 4;

/**
 * Makes what a day lists (jobs, changes) into lines of JSON once, for all who read them: they go through the lines
 * together, the slowest sets the pace, and no list of all lines is ever in memory. One that stops early or fails does not stop the others.
 *
 * (Streams piped into several others would do this, but a pipe waits for ever on a reader that was destroyed while
 * data went to it.)
 *
 * @returns gives each reader its lines, some hundred at a time, each with its newline. All readers must ask in the turn in
 *   which the first does: later the beginning is gone.
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
  /** Batches that some reader has yet to take; `#made` counts them and all before them. */
  readonly #window: string[] = [];
  #made = 0;
  /** Set when there are no more: null, or what went wrong. */
  #end: { readonly error: unknown } | null = null;
  /** Readers that are far ahead, until the slowest has moved or left. */
  #waiting: (() => void)[] = [];

  constructor(source: Iterator<string>) {
    this.#source = source;
  }

  reader(): AsyncIterableIterator<string> {
    if (this.#made > this.#window.length || this.#end !== null) {
      throw new TypeError('the lines are being read already: ask for them with the others');
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
    // Not before all have asked: what they would miss is dropped.
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

  /** Drops what all have taken. */
  #forget(): void {
    let oldest = this.#made;
    for (const { taken } of this.#readers) oldest = Math.min(oldest, taken);
    const first = this.#made - this.#window.length;
    if (oldest === first) return;
    this.#window.splice(0, oldest - first);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }
}
