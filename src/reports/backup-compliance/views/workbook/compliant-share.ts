import type { ReportTotals } from '../../model/daily-report.js';

/** Most that a share below 1 may be, so that no spreadsheet that rounds to hundredths of a percent shows 100.00 %. */
const mostBelowWhole = 0.9999;

/** Compliant resources as an exact fraction of those that are compliant, non-compliant or unknown; null: there are none. */
export function compliantShare({ compliant, nonCompliant, unknown }: ReportTotals): number | null {
  const judged = compliant + nonCompliant + unknown;
  if (judged === 0) return null;
  return compliant === judged ? 1 : Math.min(compliant / judged, mostBelowWhole);
}
