import type { ReportTotals } from '../model/daily-report.js';

/** What shownPercent shows of it, too. */
const mostBelowWhole = 0.9999;

type Judged = Pick<ReportTotals, 'compliant' | 'nonCompliant' | 'unknown'>;

/**
 * Compliant resources as an exact fraction of those that are compliant, non-compliant or unknown; null: there are none.
 * Less than all is at most 0.9999, so that no spreadsheet that rounds to hundredths of a percent shows 100.00 %.
 */
export function compliantShare({ compliant, nonCompliant, unknown }: Judged): number | null {
  const judged = compliant + nonCompliant + unknown;
  if (judged === 0) return null;
  return compliant === judged ? 1 : Math.min(compliant / judged, mostBelowWhole);
}

/** The same in percent. Counted, since reports of 0.1 have it rounded. */
export function compliantPercent(totals: Judged): number | null {
  const share = compliantShare(totals);
  return share === null ? null : share * 100;
}
