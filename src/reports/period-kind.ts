import type { Language } from '../model/language.js';
import type { RevisionChange } from '../model/manifest.js';
import type { PeriodHead } from '../model/period-head.js';
import type { SampleDocument } from './sample-document.js';

/*
 * What a kind of report provides to periods/, which reads the archived days of a period, archives its report and mails it:
 * what is counted of each day, and how two reports of a period differ. P is the document that becomes report.json.
 */
export interface PeriodKind<P extends PeriodHead = PeriodHead> {
  /**
   * Starts counting a period.
   *
   * @param like a report whose demands count, to count an archived one again; absent: those of the configuration
   */
  openCounting(like?: P): PeriodCounting<P>;
  /** Parses an archived report.json of a period whose digest was checked; null where this version cannot read it. */
  readReport(bytes: Uint8Array): P | null;
  /** sha-256 hex of what was counted, in codes and numbers: without the days' revisions, and without words. */
  countsDigest(report: P): string;
  /**
   * Key of the two messages, `missing` and `incomplete`, that say what became of days that nobody knows wholly; they get
   * `number` and `dates`. Absent: `period.reason`.
   */
  readonly dayReasons?: string;
  /** How the report differs from an archived one of the same period, most important first. */
  changesSince(before: P, report: P, language: Language): readonly RevisionChange[];
  /** The report in a few lines of English, for a person at a terminal. */
  summaryOf(report: P): readonly string[];
  /** What the JSON answer of `period` says of the report, besides its revision. */
  answerOf(report: P): object;
  /**
   * Periods that do not exist, on which templates are tried: together they take every branch of the shipped templates of
   * periods. Absent: those cannot be tried without a report.
   */
  samplePeriods?(): readonly SampleDocument<P>[];
}

/** Days are given one after the other, oldest first, each once, by one of the three methods. */
export interface PeriodCounting<P extends PeriodHead = PeriodHead> {
  /**
   * The newest day before the period that can be used: its population is unknown on missing days until a day has another.
   * Called at most once, before all others. Returns false where the report cannot be read.
   */
  takeBefore(report: Uint8Array, settings: Uint8Array | null): boolean;
  /**
   * A day's archived report.json, whose digest was checked.
   *
   * @param settings that it was made by, as archived; null: there are none
   * @returns false where this version cannot read it; nothing was counted then, and the day is missing
   */
  takeDay(date: string, report: Uint8Array, settings: Uint8Array | null): boolean;
  /** A day without a report that can be used. */
  takeMissing(date: string): void;
  /** To be called once, after all days. @param head says of each day what it was taken as */
  conclude(head: PeriodHead): P;
}
