import { availableParallelism } from 'node:os';
import { explainError } from '../../errors.js';
import type { SourceRecord } from '../../ports/event-source.js';
import type { Log } from '../../ports/log.js';
import type { BatchAnswer, ThreadReading } from '../../reports/record-reading.js';
import { ReadingThread } from './reading-thread.js';

/** Threads that understand records while this one reads, counts and writes them. */
export interface ReadingThreads {
  /** 0: this one does everything. */
  readonly count: number;
  /**
   * So many records are understood here first: starting a thread takes as long as many a whole day. Threads start at
   * half of them, and have loaded when their turn comes.
   */
  readonly fromRecords: number;
}

/** One thread beside this one, a second one where there is a core for it. */
export function usualThreads(cores = availableParallelism()): ReadingThreads {
  return { count: Math.min(2, Math.floor(cores / 2)), fromRecords: 20_000 };
}

/** Characters of text that may be with the threads: enough for them to be always busy, and soon gone from memory. */
const maxAhead = 1_500_000;

/** A longer batch is no gain. */
const longestBatch = 8_000_000;

/** @param answer what a thread made of the batch; null: it must be understood here */
export type TakeBatch = (batch: readonly SourceRecord[], answer: BatchAnswer | null) => Promise<void>;

interface Ahead {
  readonly batch: readonly SourceRecord[];
  readonly take: TakeBatch;
  readonly answer: Promise<BatchAnswer | null>;
  readonly length: number;
}

/**
 * Hands batches of records to threads and takes them in the order in which they were added, whatever the threads do: the
 * result is the same for any number of them, none included. What waits for a thread is bounded.
 */
export class RecordsAhead {
  readonly #reading: ThreadReading | undefined;
  readonly #settings: ReadingThreads;
  readonly #log: Log;
  readonly #threads: ReadingThread[] = [];
  readonly #queue: Ahead[] = [];
  #records = 0;
  #ahead = 0;
  #hasFailed = false;
  #next = 0;

  /** @param reading undefined: the kind of report understands records on this thread only */
  constructor(reading: ThreadReading | undefined, settings: ReadingThreads, log: Log) {
    this.#reading = reading;
    this.#settings = settings;
    this.#log = log;
  }

  /** Takes the batch, now or later. `flush` says when all are taken. */
  async add(batch: readonly SourceRecord[], take: TakeBatch): Promise<void> {
    this.#records += batch.length;
    const thread = this.#thread();
    const texts = thread === undefined ? [] : batch.map((each) => (each.kind === 'text' ? each.text : ''));
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (thread === undefined || length === 0 || length > longestBatch) {
      await this.flush();
      return take(batch, null);
    }
    this.#queue.push({ batch, take, answer: thread.read(texts), length });
    this.#ahead += length;
    while (this.#ahead > maxAhead) await this.#takeOldest();
  }

  async flush(): Promise<void> {
    while (this.#queue.length > 0) await this.#takeOldest();
  }

  /** Ends the threads. What was not taken is dropped. */
  async close(): Promise<void> {
    this.#queue.length = 0;
    this.#hasFailed = true;
    await Promise.all(this.#threads.splice(0).map((each) => each.close()));
  }

  async #takeOldest(): Promise<void> {
    const oldest = this.#queue.shift();
    if (oldest === undefined) return;
    this.#ahead -= oldest.length;
    await oldest.take(oldest.batch, await oldest.answer);
  }

  /** The next one in turn; undefined where the batch is better understood here. */
  #thread(): ReadingThread | undefined {
    const { count, fromRecords } = this.#settings;
    const reading = this.#reading;
    if (reading === undefined || this.#hasFailed || this.#records <= fromRecords / 2) return undefined;
    while (this.#threads.length < count) {
      this.#threads.push(new ReadingThread(reading, (error) => this.#fail(error)));
    }
    if (this.#records <= fromRecords) return undefined;
    this.#next += 1;
    return this.#threads[this.#next % count];
  }

  /** Nothing is lost by it but time. */
  #fail(error: unknown): void {
    if (!this.#hasFailed)
      this.#log.warn({ reason: explainError(error) }, 'a thread that reads records failed');
    this.#hasFailed = true;
  }
}
