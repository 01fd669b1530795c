import type { DailyReport } from './daily-report.js';

/** What a whole day comes to, in one word. INCOMPLETE stands alone only where nothing else is wrong. */
export type ReportVerdict = 'NON-COMPLIANT' | 'WAIVED' | 'UNKNOWN' | 'INCOMPLETE' | 'COMPLIANT';

type Judged = Pick<DailyReport, 'status'> & {
  readonly totals: Pick<DailyReport['totals'], 'compliant' | 'nonCompliant' | 'unknown' | 'waivedBad'>;
};

/**
 * Never COMPLIANT for what is not known, nor for what is only waived. WAIVED: a waiver holds for each resource that
 * is not compliant or unknown; one without a waiver makes it the word of the totals.
 */
export function reportVerdict({ status, totals }: Judged): ReportVerdict {
  const bad = totals.nonCompliant + totals.unknown;
  if (bad > 0 && totals.waivedBad === bad) return 'WAIVED';
  if (totals.nonCompliant > 0) return 'NON-COMPLIANT';
  if (totals.unknown > 0 || totals.compliant === 0) return 'UNKNOWN';
  return status === 'INCOMPLETE' ? 'INCOMPLETE' : 'COMPLIANT';
}

/** `NON-COMPLIANT`, `INCOMPLETE, NON-COMPLIANT`: what a subject and a line on a terminal begin with. */
export function verdictWords(report: Judged): string {
  const verdict = reportVerdict(report);
  return report.status === 'INCOMPLETE' && verdict !== 'INCOMPLETE' ? `INCOMPLETE, ${verdict}` : verdict;
}
