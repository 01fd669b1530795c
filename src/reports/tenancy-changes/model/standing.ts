import type { FailingCounts } from '../../../model/failing-counts.js';
import type { ReportStanding } from '../../../model/report-head.js';
import type { TenancyReport } from './tenancy-report.js';

/**
 * What a reader has to do. ATTENTION: a backup or a protection was taken away. INCOMPLETE: nobody knows all. REVIEW: something
 * touches backups, or is not known. ROUTINE: none of these.
 */
export const tenancyVerdicts = ['ATTENTION', 'INCOMPLETE', 'REVIEW', 'ROUTINE'] as const;

export type TenancyVerdict = (typeof tenancyVerdicts)[number];

/** A day, or days in a row. */
export interface JudgedChanges {
  readonly status: TenancyReport['status'];
  readonly totals: Pick<
    TenancyReport['totals'],
    'removedProtection' | 'backupRelevant' | 'unknownVerb' | 'byResult'
  >;
  /** Absent: what still runs is judged where it ends. */
  readonly running?: TenancyReport['running'] | undefined;
}

export function verdictOf(report: JudgedChanges): TenancyVerdict {
  if (report.totals.removedProtection > 0) return 'ATTENTION';
  if (report.status !== 'COMPLETE') return 'INCOMPLETE';
  return mustReview(report) ? 'REVIEW' : 'ROUTINE';
}

/** Unknown is never green. */
function mustReview({ totals, running }: JudgedChanges): boolean {
  return totals.backupRelevant > 0 || hasUnknowns({ totals, running });
}

function hasUnknowns({ totals, running }: Pick<JudgedChanges, 'totals' | 'running'>): boolean {
  return (
    totals.unknownVerb > 0 ||
    totals.byResult.unknown > 0 ||
    running?.changes.some(({ backupRelevant }) => backupRelevant) === true
  );
}

export function tenancyStanding(report: TenancyReport): ReportStanding {
  const verdict = verdictOf(report);
  const level =
    verdict === 'ATTENTION'
      ? 'bad'
      : verdict === 'ROUTINE' && report.status === 'COMPLETE'
        ? 'good'
        : 'warning';
  return { level, verdict, totals: report.totals };
}

/** The audit of a tenancy that lives is never empty. */
export function isWithoutRecords({ totals }: Pick<TenancyReport, 'totals'>): boolean {
  return totals.changes + totals.running + totals.reads === 0;
}

/**
 * A backup or a protection that was taken away is critical, and fails. With `unknown` so does what is not known: without a
 * verb, without a status, or a day without any record. (ADR 41)
 */
export function hasFailingChange(report: TenancyReport, { verdict, severities }: FailingCounts): boolean {
  if (!severities.has('critical')) return false;
  if (report.totals.removedProtection > 0) return true;
  return verdict === 'unknown' && (hasUnknowns(report) || isWithoutRecords(report));
}
