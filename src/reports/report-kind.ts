import type { AttestationReading } from '../model/attestation.js';
import type { RejectedRecord } from '../model/control-totals.js';
import type { Language } from '../model/language.js';
import type { Manifest, RevisionChange } from '../model/manifest.js';
import type { PreviousReport } from '../model/previous-report.js';
import type { ReportDay, TimeWindow } from '../model/report-day.js';
import type { ReportHead, ReportStanding, SourceReport } from '../model/report-head.js';
import type { FailingCounts } from '../model/failing-counts.js';
import type { Finding } from '../ports/finding.js';
import type { Log } from '../ports/log.js';
import type { ExplainedRecord, SubjectLookup } from './explanation.js';
import type { PeriodKind } from './period-kind.js';
import type { RecordReading } from './record-reading.js';
import type { SampleDocument } from './sample-document.js';

/*
 * What a kind of report provides to day/, which makes, archives and delivers the report of a day: its memory, how a
 * record is interpreted, and how a day is concluded, compared and shown. day/ does the rest: it reads sources and keeps
 * evidence, control totals, artefacts, revisions, the ledger, mail and channels.
 *
 * R is the document that becomes report.json, M is what one day hands to the next, and E is the result of all records
 * of a reading.
 */
export interface ReportKind<
  R extends ReportHead = ReportHead,
  M extends DayRecollection = DayRecollection,
  E = unknown,
> {
  /** `backup-compliance`. */
  readonly name: string;
  /** Name of the artefact that has every line of the day, gzipped NDJSON: `jobs.ndjson.gz`. */
  readonly linesFile: string;
  /** Names of the files that `Conclusion.madeBy` may have, as `inventory`. Absent: none. */
  readonly ownMadeBy?: readonly string[];
  /** How many days before the report day a cold start reads; 0: only the day itself. */
  readonly lookbackDays: number;

  /** Whether people attest something of its subjects, as restore tests. Absent: attestations are not read. */
  readonly takesAttestations?: boolean;

  /** Starts reading the records of one window, as sources deliver them. */
  openReading(window: TimeWindow): RecordReading<M, E>;
  /** Reads what an archived report hands to the next day. null: days of this kind do not depend on each other. */
  readonly memory: KindMemory<M> | null;
  /** Makes the report of the day. Pure except for what the kind reads itself (an inventory). */
  conclude(input: DayInput<R, M, E>): Promise<Conclusion<R>>;

  /**
   * sha-256 hex of what the report asserts, in codes and numbers. Two reports with the same digest say the same: a rerun
   * writes nothing. An archived report whose digest is of another version is read and gets a digest of this one.
   *
   * @param lines of the file of lines, in their order
   */
  contentDigest(report: R, lines: Iterable<object> | AsyncIterable<object>): Promise<string>;
  /** Which codes and numbers go into it. */
  readonly contentDigestVersion: number;
  /** How the report differs from an archived one of the same day, worst first; null: that one cannot be read. */
  changesSince(before: Uint8Array, report: R, language: Language): readonly RevisionChange[] | null;
  /** Parses an archived report.json whose digest was checked; null where this version cannot read it. */
  readReport(bytes: Uint8Array): R | null;
  /**
   * The parts of an archived report that go to their own recipients, by today's rules. They have no lines, because
   * nothing is rendered again: their workbooks are in the archive.
   *
   * @param lines of the archived file of lines, one by one, without their newline; called at most once
   * @throws for lines that cannot be read
   */
  partsOf(report: R, lines: () => AsyncIterable<string>): Promise<readonly ArchivedPart<R>[]>;
  /** How a channel and a monitor see the report. */
  standingOf(report: R): ReportStanding;
  /** Whether a day without any record would be reported wrongly, because something was due. */
  expectsRecords(report: R): boolean;
  /** Whether the report is INCOMPLETE because sources are silent, though each was read to its end; absent: it never is. */
  isSilent?(report: R): boolean;
  /** What the number of events of each type says about how they are collected, for `doctor`. */
  diagnoseEventTypes(eventTypes: ReadonlyMap<string, number>, days: number): Omit<Finding, 'check'>;

  /**
   * Interprets the records of one window one by one, for `explain`.
   *
   * @param cutOffMs a time too far after it cannot be; the end of the window if not given
   */
  openExplanation(window: TimeWindow, cutOffMs?: number): RecordExplanation;
  /**
   * What a report says of one of its subjects and why, for `explain`.
   *
   * @param query its id in any case, or its name
   * @param lines of the archived file of lines, one by one, without their newline
   */
  explainSubject(report: R, query: string, lines: AsyncIterable<string>): Promise<SubjectLookup>;

  /** The verdict and its counts on one line, for lists of days. */
  verdictLineOf(report: R): string;
  /** The report in a few lines, for a person at a terminal. */
  summaryOf(report: R): readonly string[];
  /** A summary of the report, for a program that reads the JSON answer of `run`. */
  answerOf(report: R): object;
  /**
   * Days that do not exist, on which templates are tried: together they take every branch of the shipped templates.
   * Absent: its templates cannot be tried without a report.
   */
  sampleDays?(): readonly SampleDocument<R>[];
  /** What `verify` adds up besides what all kinds share. Absent: nothing. */
  readonly audit?: KindAudit<R>;
  /** Whether anything fails that counts, for `--fail-on`. What is waived does not. */
  hasFailing(report: R, counts: FailingCounts): boolean;
  /** How archived days are counted for a month or a quarter. Absent: this kind of report has no periods. */
  readonly periods?: PeriodKind;
}

/** The part of a day's memory that day/ itself needs. Instants in epoch milliseconds. */
export interface DayRecollection {
  /** The report day that it comes from. */
  readonly date: string;
  /** Since when every event is known, without a gap. */
  readonly knownSinceMs: number;
  /** Where the next reading resumes: the cut-off, or earlier where a source could not be read completely. */
  readonly resumeMs: number;
  /** Zone and end of the report day; absent where the kind does not tell: then a change of the zone shows nowhere. */
  readonly timezone?: string;
  readonly cutOffMs?: number;
}

export interface KindMemory<M extends DayRecollection> {
  /**
   * Name of an artefact beside report.json that memory is read from as well, gzipped NDJSON: `recovery-points.ndjson.gz`.
   * Its lines are `Conclusion.memoryLines`. Absent: there is none.
   */
  readonly linesFile?: string;
  /** Reads it from an archived report.json. `fault` says in the language why it cannot be read. */
  read(
    bytes: Uint8Array,
    archived: ArchivedMemory,
    language: Language,
  ): ReadMemory<M> | Promise<ReadMemory<M>>;
}

/** What belongs to an archived report.json that memory is read from. */
export interface ArchivedMemory {
  readonly plan: string;
  readonly date: string;
  /**
   * Lines of the kind's artefact, one by one, without their newline; throws for bytes that are not gzip. null: the
   * manifest lists no such artefact, because an older version made it.
   */
  readonly lines: AsyncIterable<string> | null;
}

export type ReadMemory<M extends DayRecollection> =
  { readonly ok: true; readonly memory: M } | { readonly ok: false; readonly fault: string };

/** What of an archived report has to agree. What is read may be anything: whoever calls takes an error for damage. */
export interface KindAudit<R> {
  /**
   * Begins to compare a gzipped file of lines of the revision with its report.
   *
   * @param file name of an artefact: `jobs.ndjson.gz`
   * @returns null: the report says nothing of its lines
   */
  openLines(file: string, report: R): LineAudit | null;
  /** Sums of the report that do not add up, one sentence each, in English. */
  imbalances(report: R): readonly string[];
}

/** Compares the lines of one file with the report. Its memory does not grow with the number of lines of jobs. */
export interface LineAudit {
  /** Takes one parsed line after the other. */
  take(line: object): void;
  /** What the lines and the report say differently, one sentence each, in English. To be called after the last line. */
  differences(): readonly string[];
}

/** Interprets parsed records and says what became of each, as a reading of the same records would. */
export interface RecordExplanation {
  /**
   * @param firstNumber number of the record's first item; the others follow in sequence
   * @returns every item of the record, each with its disposition
   */
  take(value: unknown, firstNumber: number): readonly ExplainedRecord[];
  /** To be called once. Returns the numbers of items that turn out to be duplicates of later ones. */
  finish(): readonly number[];
}

/** What a report of a day is made of. */
export interface DayInput<R, M, E> {
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
  /** What people attested, as far as it matters to this day and those bridged; none where the kind takes none. */
  readonly attestations: AttestationReading;
  /** The newest archived report of this very day, which this one may replace; null: there is none that can be read. */
  readonly earlier: EarlierRevision<R> | null;
  /** Whether a later day has a report already, so that what is read now is news of that day. Lists the archive. */
  hasLaterReport(): Promise<boolean>;
  readonly log: Log;
}

/** An archived report of the day that is made again. A later revision must not know less than it. */
export interface EarlierRevision<R> {
  readonly report: R;
  /** A file of `made-by/` that it was made with, by its name in the manifest; null: there is none that can be read. */
  readMadeBy(name: string): Promise<Uint8Array | null>;
}

/** What the archive says of the days before. */
export interface Recalled<M> {
  /** null: a cold start. */
  readonly memory: M | null;
  readonly previousReport: PreviousReport | null;
  /** Days without a report between that one and this one, oldest first: their events are read and judged now. */
  readonly bridged: readonly ReportDay[];
  readonly knownSinceMs: number;
  /** Why the newest report could not be used; each makes this one INCOMPLETE. */
  readonly faults: readonly string[];
  readonly findings: readonly RecallFinding[];
}

export interface RecallFinding {
  /** Gaps of the archive; records that only an earlier revision of the day still knew. */
  readonly kind: 'memory' | 'evidence';
  readonly subject: string;
  readonly words: string;
}

/** The report of a day, and what belongs to it. */
export interface Conclusion<R> {
  readonly report: R;
  /** Every line of the day in the report's order, generated lazily. May be iterated several times. */
  readonly lines: Iterable<object>;
  /** Every line of the memory's artefact, generated lazily; absent: the kind has none. */
  readonly memoryLines?: Iterable<object>;
  /** The recipients' parts, made when called. */
  parts(): readonly ReportPart<R>[];
  /** sha-256 hex of the inventory; of the empty string where there is none. */
  readonly inventoryDigest: string;
  /** How the inventory was read, for the manifest; absent: the kind has none. */
  readonly inventory?: Manifest['inventory'];
  /** What the kind itself read or went on from, as an inventory: it is archived once, and the manifest refers to it. */
  readonly madeBy?: readonly MadeByFile[];
}

/** Something that a report was made with, besides its events. */
export interface MadeByFile {
  /** `configuration`, `inventory`, `templates/report.html.hbs`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
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
  /** Only the lines of this part. */
  readonly lines: Iterable<object>;
}
