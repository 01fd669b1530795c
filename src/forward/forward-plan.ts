import type { z } from 'zod';
import type { Archive } from '../ports/archive.js';
import type { Clock } from '../ports/clock.js';
import type { SourceReading } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import type { LogEntry, LogSink } from '../ports/log-sink.js';
import type { TimeWindow } from '../model/report-day.js';
import type { claimSchema } from './journal-files.js';

/** A record that can be forwarded. */
export interface CollectedEntry extends LogEntry {
  /** When it was collected, epoch milliseconds: the cursor of a reading goes by it. */
  readonly collectedMs: number;
}

/** What a record as read holds: one item after the other. */
export type ForwardItem =
  | { readonly ok: true; readonly entry: CollectedEntry }
  /** It cannot be forwarded, and nobody may believe that it was. */
  | { readonly ok: false; readonly reason: string };

/** Where records come from. */
export interface ForwardSource {
  readonly name: string;
  /**
   * collection: it is asked for what was collected in a span, and gives that in ascending order. everything: it gives whatever
   * it has, as files do.
   */
  readonly order: 'collection' | 'everything';
  read(collected: TimeWindow): SourceReading;
}

export interface ForwardPlan {
  readonly name: string;
  readonly tool: z.infer<typeof claimSchema>['tool'];
  /** Which journal: 1, 2 … */
  readonly journal: number;
  /** Where the first reading of a source by collection begins, epoch milliseconds. */
  readonly firstMs: number;
  /** How far each reading goes back behind the end of the one before: clocks differ, and collection is not instantaneous. */
  readonly overlapMs: number;
  /** How often a request without an answer is sent, the first time included. */
  readonly attempts: number;
  /** The wait before the second time, doubled from then on. */
  readonly firstDelayMs: number;
  /** How long after its acknowledgement a batch must be found by a search. */
  readonly searchableAfterMs: number;
  /** Understands a record as read. */
  readonly itemsOf: (value: unknown) => readonly ForwardItem[];
}

export interface ForwardPorts {
  readonly archive: Archive;
  readonly sources: readonly ForwardSource[];
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal?: AbortSignal;
}
