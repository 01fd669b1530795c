import type { ArchiveDamage } from './archive-damage.js';
import type { Severity } from './severity.js';

/** What an index of an archive shows of the report of one day, whatever its kind. */
export interface IndexedDay {
  /** As `ReportStanding`. */
  readonly level: 'good' | 'warning' | 'bad';
  /** One word: `NON-COMPLIANT`. */
  readonly verdict: string;
  /** null: its kind of report judges no subjects. */
  readonly counts: DayCounts | null;
  /** compliant of what something was demanded of; null: of nothing. */
  readonly percent: number | null;
  /** Non-compliant subjects that are not waived, by severity. Absent: its kind judges none. */
  readonly nonCompliantBySeverity?: Readonly<Record<Severity, number>>;
  /** Whether its page has an appendix of frameworks. */
  readonly hasFrameworks?: boolean;
}

/** A report as an index reads it. */
export interface IndexedReport {
  readonly day: IndexedDay;
  readonly subjects: readonly IndexedSubject[];
}

/** expected is the sum of the other four. */
export interface DayCounts {
  readonly expected: number;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

/** One subject of the report of a day: a resource. */
export interface IndexedSubject {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** `FAILED` */
  readonly outcome: string;
  /** Of the page of the day: `r-1f3a9c0b2d4e`. */
  readonly anchor: string;
}

/**
 * - `present`: the newest revision has a manifest and a report.json that match.
 * - `damaged`: a file of the day is not what its manifest names; the newest revision may be of no use.
 * - `unfinished`: there is only what a crash left.
 * - `missing`: there is nothing, or only a report that was made before the day was over.
 */
export type CoverageState = 'present' | 'damaged' | 'unfinished' | 'missing';

/** What an archive has of one day. */
export interface DayCoverage {
  readonly date: string;
  readonly state: CoverageState;
  /** The newest whose manifest can be read; null: there is none. */
  readonly revision: number | null;
  /** How many were committed. */
  readonly committed: number;
  /** Numbers of those that a crash left without a manifest. */
  readonly unfinished: readonly number[];
  /** Of the newest revision; null where there is none. */
  readonly status: 'COMPLETE' | 'INCOMPLETE' | null;
  readonly generatedAt: string | null;
  /** Whether the newest revision has its signature; null: nothing of the plan is signed, or there is no revision. */
  readonly isSigned: boolean | null;
  readonly damage: readonly ArchiveDamage[];
  /** null: there is no report that can be read. */
  readonly facts: IndexedDay | null;
}

/** Whether the day's report is there and whole, and saw everything. */
export function isCovered({ state, status }: Pick<DayCoverage, 'state' | 'status'>): boolean {
  return state === 'present' && status === 'COMPLETE';
}
