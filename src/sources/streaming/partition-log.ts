import { createHash } from 'node:crypto';
import type { SourceRequest } from '../../model/manifest.js';
import type { StreamMessage } from './open-stream.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A damaged partition may have thousands of gaps; this many are listed. */
const maxNamedGaps = 5;

/**
 * What has arrived from one partition: its offsets must increase by one. An offset identifies a message only together
 * with its content: another content under a known offset is a message of its own.
 */
export class PartitionLog {
  readonly #partition: string;
  /** Digest of the content that came first, by offset. */
  readonly #contents = new Map<number, string>();
  /** The others, as `offset digest`. */
  readonly #others = new Set<string>();
  #disorder: string | null = null;
  #contradiction: string | null = null;
  #first: number | null = null;
  #last: number | null = null;
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
    return messages.filter((message) => this.#isNew(message));
  }

  /** Why it is incomplete, one sentence each that names it. */
  reasons(): string[] {
    return this.faults().map((fault) =>
      reasonWords('ofPartition', { partition: this.#partition, why: fault }),
    );
  }

  /** The same without its name. */
  faults(): string[] {
    return [this.#disorder, this.#contradiction, this.#missing()].filter((fault) => fault !== null);
  }

  /** How many messages have arrived. */
  get messages(): number {
    return this.#contents.size + this.#others.size;
  }

  request(): SourceRequest {
    return {
      operation: 'getMessages',
      partition: this.#partition,
      firstOffset: this.#first,
      lastOffset: this.#last,
      messages: this.messages,
      pages: this.#pages,
    };
  }

  #isNew({ offset, value }: StreamMessage): boolean {
    const content = digestOf(value);
    const known = this.#contents.get(offset);
    if (known !== undefined) return known !== content && this.#isOther(offset, content);
    this.#contents.set(offset, content);
    if (this.#last !== null && offset < this.#last)
      this.#disorder ??= reasonWords('offsetDisorder', { offset, last: this.#last });
    this.#first = Math.min(this.#first ?? offset, offset);
    this.#last = Math.max(this.#last ?? offset, offset);
    return true;
  }

  /** Whether this content, which is not the first one of its offset, has not come before either. */
  #isOther(offset: number, content: string): boolean {
    const other = `${offset} ${content}`;
    if (this.#others.has(other)) return false;
    this.#others.add(other);
    this.#contradiction ??= reasonWords('offsetOther', { offset });
    return true;
  }

  #missing(): string | null {
    // Without a gap there are as many offsets as numbers.
    if (this.#first === null || this.#last === null) return null;
    if (this.#contents.size === this.#last - this.#first + 1) return null;
    const gaps = gapsBetween([...this.#contents.keys()].sort((a, b) => a - b));
    const named = gaps
      .slice(0, maxNamedGaps)
      .map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
      .join(', ');
    const more = gaps.length - maxNamedGaps;
    return more > 0
      ? reasonWords('offsetsMissingMore', { offsets: named, number: more })
      : reasonWords('offsetsMissing', { offsets: named });
  }
}

/** @param value usually text; nobody has looked yet */
function digestOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  // Half of it is enough to tell two contents apart, and there may be millions.
  return createHash('sha256').update(text).digest('base64').slice(0, 22);
}

function gapsBetween(offsets: readonly number[]): Gap[] {
  const gaps: Gap[] = [];
  let expected = offsets[0] ?? 0;
  for (const offset of offsets) {
    if (offset > expected) gaps.push({ from: expected, to: offset - 1 });
    expected = offset + 1;
  }
  return gaps;
}
