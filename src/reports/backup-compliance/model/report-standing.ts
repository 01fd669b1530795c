import type { ReportStanding } from '../../../model/report-head.js';
import type { DailyReport } from './daily-report.js';
import { reportVerdict } from './report-verdict.js';

/** As page and mail are coloured: what is only waived is not good, and what is not known never is. */
export function standingOf(report: DailyReport): ReportStanding {
  const verdict = reportVerdict(report);
  const isGood = report.status === 'COMPLETE' && verdict === 'COMPLIANT';
  const level = verdict === 'NON-COMPLIANT' ? 'bad' : isGood ? 'good' : 'warning';
  return { level, verdict, totals: report.totals };
}
