import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';

/** What every day has, with a report or without. Instants in epoch milliseconds. */
interface DayPlace {
  readonly plan: string;
  /** `2026-11-19` */
  readonly date: string;
  readonly startMs: number;
  readonly cutOffMs: number;
}

/** The newest report of a day. */
export interface ReportedDay extends DayPlace {
  readonly state: 'reported';
  readonly report: DailyReport;
  readonly revision: number;
  /** sha-256 hex of its manifest: what every identifier of the day is made of. */
  readonly manifestSha256: string;
  /** Of report.json in the archive. */
  readonly reportKey: string;
  /** Of the archived configuration that it was made by; null: its manifest names none. */
  readonly configurationKey: string | null;
}

/** A day of which nothing can be said. */
export interface UnreportedDay extends DayPlace {
  /**
   * - `missing`: there is nothing, or only a report that was made before the day was over.
   * - `unfinished`: there is only what a crash left.
   * - `damaged`: a file of the newest revision is not what its manifest names.
   * - `unreadable`: this version cannot read the report.
   */
  readonly state: 'missing' | 'unfinished' | 'damaged' | 'unreadable';
  /** One sentence, in English. */
  readonly why: string;
}

/** A day of an archive, as documents for other programs are made of it. */
export type InterchangeDay = ReportedDay | UnreportedDay;

/** Why a day's report did not see everything; null: it did. One line, in English and in the report's own words. */
export function whyIncomplete({ report }: ReportedDay): string | null {
  if (report.status === 'COMPLETE') return null;
  return ['The report of this day is INCOMPLETE.', ...report.statusReasons].join(' ');
}
