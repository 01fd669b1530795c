import type { DailyReport } from './daily-report.js';

/** The verdict on a whole day, in one word. INCOMPLETE stands alone only if nothing else is wrong. */
export const reportVerdicts = ['NON-COMPLIANT', 'UNKNOWN', 'WAIVED', 'INCOMPLETE', 'COMPLIANT'] as const;

export type ReportVerdict = (typeof reportVerdicts)[number];

type Judged = Pick<DailyReport, 'status'> & {
  readonly totals: Pick<DailyReport['totals'], 'compliant' | 'nonCompliant' | 'unknown' | 'waivedBad'>;
};

/**
 * Never COMPLIANT for what is unknown or only waived. WAIVED: a waiver holds for each non-compliant or unknown
 * resource; one without a waiver decides the verdict.
 */
export function reportVerdict({ status, totals }: Judged): ReportVerdict {
  const bad = totals.nonCompliant + totals.unknown;
  if (bad > 0 && totals.waivedBad === bad) return 'WAIVED';
  if (totals.nonCompliant > 0) return 'NON-COMPLIANT';
  if (totals.unknown > 0 || totals.compliant === 0) return 'UNKNOWN';
  return status === 'INCOMPLETE' ? 'INCOMPLETE' : 'COMPLIANT';
}

/** `NON-COMPLIANT`, `INCOMPLETE, NON-COMPLIANT`: how a subject or a line on a terminal begins. */
export function verdictWords(report: Judged): string {
  const verdict = reportVerdict(report);
  return isAlsoIncomplete(report) ? `INCOMPLETE, ${verdict}` : verdict;
}

/** Whether the report is INCOMPLETE besides what its verdict says. */
export function isAlsoIncomplete(report: Judged): boolean {
  return report.status === 'INCOMPLETE' && reportVerdict(report) !== 'INCOMPLETE';
}
