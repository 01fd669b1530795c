import type { SourceRequest } from '../../model/manifest.js';
import type { StreamMessage } from './open-stream.js';

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A damaged partition may have thousands of gaps; this many are listed. */
const maxNamedGaps = 5;

/** What has arrived from one partition: its offsets must increase by one. */
export class PartitionLog {
  readonly #partition: string;
  readonly #gaps: Gap[] = [];
  #gapCount = 0;
  #disorder: string | null = null;
  #first: number | null = null;
  #last: number | null = null;
  #messages = 0;
  #pages = 0;

  constructor(partition: string) {
    this.#partition = partition;
  }

  /** Lowest offset received; null before any. */
  get first(): number | null {
    return this.#first;
  }

  /** Highest offset received; null before any. */
  get last(): number | null {
    return this.#last;
  }

  /** Adds a page's messages of this partition and returns those not received before. */
  addPage(messages: readonly StreamMessage[]): StreamMessage[] {
    this.#pages += 1;
    const added = messages.filter(({ offset }) => this.#isNew(offset));
    this.#messages += added.length;
    return added;
  }

  /** Why it is incomplete, one sentence each that names it. */
  reasons(): string[] {
    return this.faults().map((fault) => `partition ${this.#partition}: ${fault}`);
  }

  /** The same without its name. */
  faults(): string[] {
    const faults = this.#disorder === null ? [] : [this.#disorder];
    if (this.#gapCount === 0) return faults;
    const named = this.#gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
    const more = this.#gapCount > maxNamedGaps ? ` and ${this.#gapCount - maxNamedGaps} gaps more` : '';
    return [...faults, `messages are missing at offset ${named}${more}`];
  }

  /** How many messages have arrived. */
  get messages(): number {
    return this.#messages;
  }

  request(): SourceRequest {
    return {
      operation: 'getMessages',
      partition: this.#partition,
      firstOffset: this.#first,
      lastOffset: this.#last,
      messages: this.#messages,
      pages: this.#pages,
    };
  }

  #isNew(offset: number): boolean {
    if (this.#first === null || this.#last === null) {
      this.#first = offset;
      this.#last = offset;
      return true;
    }
    if (offset > this.#last) {
      if (offset > this.#last + 1) this.#noteGap({ from: this.#last + 1, to: offset - 1 });
      this.#last = offset;
      return true;
    }
    if (offset >= this.#first) return false;
    this.#disorder ??= `offset ${offset} came after offset ${this.#last}`;
    this.#first = offset;
    return true;
  }

  #noteGap(gap: Gap): void {
    this.#gapCount += 1;
    if (this.#gaps.length < maxNamedGaps) this.#gaps.push(gap);
  }
}
