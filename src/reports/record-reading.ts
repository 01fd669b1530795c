import type { Disposition } from '../model/control-totals.js';
import type { Happening } from '../model/pulse.js';
import type { TimeWindow } from '../model/report-day.js';

/** What to keep as evidence: the record as read, or a value where it was unwrapped or its secrets were removed. */
export type Evidence = { readonly asRead: true } | { readonly asRead: false; readonly value: unknown };

/** One item found in a record, and its disposition. */
export interface TakenRecord {
  readonly disposition: Disposition;
  /** Why it was rejected; null where it was not. */
  readonly reason: string | null;
  readonly evidence: Evidence;
  /** Number of an earlier record that was counted as used and turned out to be a duplicate of this one. */
  readonly corrects: number | null;
  /** Keys of the record that hold no event and were passed over; on the first of its items. */
  readonly passedOver?: readonly string[];
  /** When and where it happened, for the pulse of its source; undefined: it tells no time. */
  readonly happened?: Happening | undefined;
}

/** How other threads help a reading: they parse and interpret texts, this one collects what they found. */
export interface ThreadReading {
  /** URL of a module that is a BatchReaderModule, to be loaded in each thread. */
  readonly module: string;
  readonly window: TimeWindow;
  /** To be called once for each thread. Returns how its answers are read, which come in the order of its batches. */
  openAnswers(): (answer: unknown) => BatchAnswer;
}

/** What a thread made of one batch. */
export interface BatchAnswer {
  /**
   * Collects a record as `RecordReading.take` would, and returns its only item, which is kept as read. null: the thread
   * leaves the record to `take`.
   *
   * @param index of its text in the batch
   * @param number in the evidence
   */
  take(index: number, number: number): TakenRecord | null;
}

/** What a module exports that is loaded in other threads. */
export interface BatchReaderModule {
  /** Texts of records in, an answer out that can be posted. Never throws because of what it reads. */
  createBatchReader(window: TimeWindow): (texts: readonly string[]) => unknown;
}

/** Collects the records of one window. */
export interface RecordReading<M, E> {
  /** Absent: only one thread can read. */
  readonly threads?: ThreadReading;
  /** What is taken from now on comes from this source, until the next one begins. */
  beginSource?(name: string): void;
  /**
   * Interprets one parsed record and collects its items. What cannot be understood is `rejected`; none means that the
   * record is an empty list. A record for which it throws is rejected, so nothing of it may have been collected then.
   *
   * @param firstNumber evidence number of the record's first item; the others follow in sequence
   */
  take(value: unknown, firstNumber: number): readonly TakenRecord[];
  /**
   * Interprets a value as evidence has it, and collects its first item alone: each of its other items is a line of its own.
   *
   * @returns null where the value holds none
   */
  takeItem(value: unknown, number: number): TakenRecord | null;
  /**
   * Interprets a record that an earlier revision of the day had, and takes only what this reading does not hold: a later
   * revision never knows less. Nothing of what it holds is changed. Called after all records of the sources.
   *
   * @param value as the evidence of that revision has it
   * @param was its disposition there
   * @returns none where everything that it tells is held
   */
  takeMissing(
    value: unknown,
    firstNumber: number,
    was: 'used' | 'duplicate' | 'outside',
  ): readonly TakenRecord[];
  /** Whether the record is one event, and all that it tells is held. Called after all records of the sources. */
  holds(value: unknown): boolean;
  /**
   * Ends the reading. To be called once.
   *
   * @param memory of the day before; what was running at its end is included
   * @returns numbers of records that turn out to be duplicates, and the result of all records
   */
  finish(memory: M | null): { readonly duplicates: readonly number[]; readonly facts: E };
}
