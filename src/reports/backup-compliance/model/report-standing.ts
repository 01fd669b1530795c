import type { ReportStanding } from '../../../model/report-head.js';
import type { FailingCounts } from '../../../model/failing-counts.js';
import type { DailyReport } from './daily-report.js';
import { reportVerdict } from './report-verdict.js';

/** How page and mail are coloured: waived is not good, and unknown is never good. */
export function standingOf(report: DailyReport): ReportStanding {
  const verdict = reportVerdict(report);
  const isGood = report.status === 'COMPLETE' && verdict === 'COMPLIANT';
  const level = verdict === 'NON-COMPLIANT' ? 'bad' : isGood ? 'good' : 'warning';
  return { level, verdict, totals: report.totals };
}

/** Something was due and none of it was seen: a day without a single record would then be a false report. */
export function expectsRecords({ totals }: DailyReport): boolean {
  return totals.expected === 0 || totals.byOutcome.MISSED > 0;
}

/** Whether it is INCOMPLETE because its sources are silent. */
export function isSilent({ silence = [] }: DailyReport): boolean {
  return silence.length > 0;
}

/**
 * Whether a resource of one of the severities fails. A waived one is an accepted exception. Where unknown counts, so does
 * a day on which nothing was judged.
 */
export function hasFailing(
  { resources, totals }: DailyReport,
  { verdict, severities }: FailingCounts,
): boolean {
  const isUnknownBad = verdict === 'unknown';
  if (isUnknownBad && totals.compliant + totals.nonCompliant + totals.unknown === 0) return true;
  return resources.some(
    ({ compliance, waiver, severity }) =>
      (compliance === 'NON_COMPLIANT' || (isUnknownBad && compliance === 'UNKNOWN')) &&
      waiver === null &&
      severities.has(severity),
  );
}
