import type { Disposition, RejectedRecord } from '../model/control-totals.js';
import type { Language } from '../model/language.js';
import type { RevisionChange } from '../model/manifest.js';
import type { PreviousReport } from '../model/previous-report.js';
import type { ReportDay, TimeWindow } from '../model/report-day.js';
import type { ReportHead, ReportStanding, SourceReport } from '../model/report-head.js';
import type { Severity } from '../model/severity.js';
import type { Finding, Log } from '../ports.js';

/*
 * What a kind of report brings to the machine that makes, archives and delivers a day (day/): what it remembers, how
 * a record is understood, and how a day is concluded, compared and shown. The machine brings the rest: reading sources,
 * evidence, control totals, artefacts, revisions, the ledger, mail and channels.
 *
 * R is the document that becomes report.json; M is what one day hands to the next; E is what the records of a reading
 * add up to.
 */
export interface ReportKind<
  R extends ReportHead = ReportHead,
  M extends DayRecollection = DayRecollection,
  E = unknown,
> {
  /** `backup-compliance`. */
  readonly name: string;
  /** Name of the artefact with every line of the day, gzipped NDJSON: `jobs.ndjson.gz`. */
  readonly linesFile: string;
  /** How many days before the report day a cold start reads; 0: the day alone. */
  readonly lookbackDays: number;

  /** Takes up the records of one window, as sources deliver them. */
  openReading(window: TimeWindow): RecordReading<M, E>;
  /** What an archived report hands to the next day. null: days of this kind stand alone. */
  readonly memory: KindMemory<M> | null;
  /** Makes the report of the day. Pure but for what the kind itself reads (an inventory). */
  conclude(input: DayInput<M, E>): Promise<Conclusion<R>>;

  /**
   * sha-256 hex of what the report asserts. Two reports with the same digest say the same: a rerun writes nothing.
   *
   * @param linesSha256 of the file of lines
   */
  contentDigest(report: R, linesSha256: string): string;
  /** What the report says differently from an archived one of the same day, worst first; null: those bytes are unreadable. */
  changesSince(before: Uint8Array, report: R, language: Language): readonly RevisionChange[] | null;
  /** An archived report.json; null where this version cannot read it. Its bytes are those that the manifest names. */
  readReport(bytes: Uint8Array): R | null;
  /**
   * The parts of an archived report that go to recipients of their own, by the rules of today. Their workbooks lie in
   * the archive: nothing is rendered again, so they come without lines.
   *
   * @param lines those of the archived file of lines, one by one and without their newline; asked for at most once
   * @throws for lines that cannot be read
   */
  partsOf(report: R, lines: () => AsyncIterable<string>): Promise<readonly ArchivedPart<R>[]>;
  /** How a channel and a monitor see the report. */
  standingOf(report: R): ReportStanding;
  /** Whether a day without a single record would be a false report: something was due of which there is nothing. */
  expectsRecords(report: R): boolean;
  /** What a window's events of each type say of how they are collected, for `doctor`. */
  diagnoseEventTypes(eventTypes: ReadonlyMap<string, number>, days: number): Omit<Finding, 'check'>;

  /** The verdict and what it counts on one line, for lists of days. */
  verdictLineOf(report: R): string;
  /** The report in a few lines, for a person at a terminal. */
  summaryOf(report: R): readonly string[];
  /** The report in short, for a program that reads the answer of `run`. */
  answerOf(report: R): object;
  /** Whether anything that counts is non-compliant, of the severities given. */
  hasFailing(report: R, severities: ReadonlySet<Severity>): boolean;
}

/** The part of a day's memory that the machine itself needs. Instants in epoch milliseconds. */
export interface DayRecollection {
  /** The day whose report it is. */
  readonly date: string;
  /** From when on every event is known, without a gap. */
  readonly knownSinceMs: number;
  /** Where the next reading resumes: the cut-off, or earlier where a source could not be read whole. */
  readonly resumeMs: number;
}

export interface KindMemory<M extends DayRecollection> {
  /** Reads it from an archived report.json of the plan and the date. `fault` says why it cannot, in the language. */
  read(
    bytes: Uint8Array,
    expected: { readonly plan: string; readonly date: string },
    language: Language,
  ): ReadMemory<M>;
}

export type ReadMemory<M extends DayRecollection> =
  { readonly ok: true; readonly memory: M } | { readonly ok: false; readonly fault: string };

/** What to keep of a record as evidence: the record as read, or a value where it was taken apart or cleaned of secrets. */
export type Evidence = { readonly asRead: true } | { readonly asRead: false; readonly value: unknown };

/** One thing that a record holds, and its disposition. */
export interface TakenRecord {
  readonly disposition: Disposition;
  /** Why it was rejected; null where it was not. */
  readonly reason: string | null;
  readonly evidence: Evidence;
  /** Number of an earlier record that was counted as used and that this one showed to be a duplicate. */
  readonly corrects: number | null;
}

/** Takes up the records of one window. */
export interface RecordReading<M, E> {
  /**
   * Understands one parsed record and takes up what it holds. Never throws: what cannot be understood is `rejected`.
   *
   * @param firstNumber number in the evidence of the first thing it holds; those that follow are numbered on
   */
  take(value: unknown, firstNumber: number): readonly TakenRecord[];
  /**
   * Ends the reading. To be called once.
   *
   * @param memory of the day before; what was under way at its end is taken up as well
   * @returns numbers of records that it shows to be duplicates, and what the records add up to
   */
  finish(memory: M | null): { readonly duplicates: readonly number[]; readonly facts: E };
}

/** What a report of a day is made of. */
export interface DayInput<M, E> {
  readonly plan: {
    readonly name: string;
    readonly tool: ReportHead['tool'];
    readonly tolerateRejected: number;
    readonly language: Language;
  };
  readonly day: ReportDay;
  readonly generatedAtMs: number;
  /** Whether the cut-off had passed when the events were read. */
  readonly isDayOver: boolean;
  /** What was read. */
  readonly window: TimeWindow;
  readonly facts: E;
  readonly sources: readonly SourceReport[];
  readonly rejected: readonly RejectedRecord[];
  readonly recalled: Recalled<M>;
  readonly log: Log;
}

/** What the archive says of the days before. */
export interface Recalled<M> {
  /** null: a cold start. */
  readonly memory: M | null;
  readonly previousReport: PreviousReport | null;
  /** Days between it and this one that have no report, oldest first: their events are read and judged now. */
  readonly bridged: readonly ReportDay[];
  readonly knownSinceMs: number;
  /** Why the newest report could not be used; each makes this one INCOMPLETE. */
  readonly faults: readonly string[];
  readonly findings: readonly RecallFinding[];
}

export interface RecallFinding {
  readonly kind: 'memory';
  readonly subject: string;
  readonly words: string;
}

/** A day's report, and what goes with it. */
export interface Conclusion<R> {
  readonly report: R;
  /** Every line of the day in the report's order, made as they are asked for, as often as they are. */
  readonly lines: Iterable<object>;
  /** Made when they are asked for. */
  parts(): readonly ReportPart<R>[];
  /** sha-256 hex of what was expected; of the empty string where nothing is. */
  readonly inventoryDigest: string;
}

/** One recipient's part of a report, as it is delivered. */
export interface ArchivedPart<R> {
  readonly name: string;
  /** For file names and message ids: `database-team`. */
  readonly slug: string;
  readonly to: readonly string[];
  readonly report: R;
}

/** One recipient's part of a report, as it is rendered. */
export interface ReportPart<R> extends ArchivedPart<R> {
  /** Those of the part. */
  readonly lines: Iterable<object>;
}
