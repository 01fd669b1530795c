import type { TimeWindow } from '../model/report-day.js';
import type { Finding } from './finding.js';

/** One record as it goes into a log. */
export interface LogEntry {
  /** A UUID that depends on the record alone: sent twice, it has the same one. */
  readonly id: string;
  /** The record's own time, epoch milliseconds. */
  readonly timeMs: number;
  /** What the record is about, as the name of a database; entries of one subject lie together in a request. */
  readonly subject: string;
  /** The record as JSON text. */
  readonly data: string;
}

/** What became of a request. */
export type PutOutcome =
  | { readonly kind: 'accepted'; readonly requestId: string | null }
  /** Nothing of the request is in the log. `entry`: because of what it holds; `size`: it is too large; `log`: whatever it holds. */
  | {
      readonly kind: 'refused';
      readonly because: 'entry' | 'size' | 'log';
      readonly reason: string;
    }
  /** No connection came about: the request never left, and nothing of it is in the log. */
  | { readonly kind: 'unsent'; readonly reason: string }
  /** No answer came, or one that does not tell: all of it may be in the log, or nothing. */
  | { readonly kind: 'unanswered'; readonly reason: string };

/** What a search of the log for ids found. */
export interface CountedIds {
  /** How many entries have the id, of those that were asked for; 0 where there is none. */
  readonly counts: ReadonlyMap<string, number>;
  /** Why the counts are not certain; null: they are. */
  readonly doubt: string | null;
}

/**
 * A log that takes records of others.
 *
 * - `put` hands over some entries in one request, once: all of them are taken, or none. It throws CredentialsRefused where the
 *   credentials are not accepted, and so nothing was taken; and nothing else because of the service.
 * - `countIds` looks for ids among the entries of some spans of time; of an id, the span counts that has most of it. Throws where the
 *   log cannot be searched.
 */
export interface LogSink {
  readonly type: string;
  /** Where the log is, for people: its OCID. */
  readonly location: string;
  /** The largest `data` of an entry, bytes of UTF-8: one less than what the service refuses. */
  readonly largestEntryBytes: number;
  /** Most bytes of a request. */
  readonly largestRequestBytes: number;
  /** How many bytes the entry adds to a request. */
  bytesOf(entry: LogEntry): number;
  put(entries: readonly LogEntry[]): Promise<PutOutcome>;
  /** Absent: the log cannot be read back. */
  countIds?(ids: ReadonlySet<string>, windows: readonly TimeWindow[]): Promise<CountedIds>;
  /** Whether it would take entries, for `doctor`. Writes nothing. */
  diagnose(): Promise<readonly Finding[]>;
}
