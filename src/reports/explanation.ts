import type { Disposition } from '../model/control-totals.js';

/** What became of one item of a record, for a person who asks. */
export interface ExplainedRecord {
  readonly disposition: Disposition;
  /** Why it was rejected or ignored; null where it was not. */
  readonly reason: string | null;
  /** As the record has it; null where there is none. */
  readonly eventType: string | null;
  /** ISO 8601 UTC; null where it has none that can be read. */
  readonly time: string | null;
  readonly eventId: string | null;
  /** What the event is about; null where the item is none. */
  readonly subject: { readonly id: string; readonly name: string } | null;
  /** What it became, in a few words: `end of a backup: FAILED`; null where it became nothing. */
  readonly became: string | null;
}

/** One subject of a report (a resource), and what the report says of it. */
export interface ExplainedSubject {
  readonly id: string;
  readonly name: string;
  /** For a terminal, line by line, in the order of judging backwards: verdict, rules, jobs. */
  readonly lines: readonly string[];
  /** The same for a program. */
  readonly answer: object;
  /** Whether the report says something of it because of this record. */
  rests(record: ExplainedRecord): boolean;
}

/** `near`: those whose name or id contains what was asked for. */
export type SubjectLookup =
  | { readonly found: true; readonly subject: ExplainedSubject }
  | { readonly found: false; readonly near: readonly NearSubject[] };

export interface NearSubject {
  readonly id: string;
  readonly name: string;
  /** Why the report lists it and does not judge it; null: it is judged. */
  readonly notJudged: string | null;
}
