import type { PeriodKind } from '../period-kind.js';
import { readDocument } from '../../model/read-document.js';
import { countsDigest, periodChanges } from './period/compare-periods.js';
import { type RecipientsIn, countPeriod } from './period/count-period.js';
import { type PeriodReport, periodReportSchema } from './period/period-report.js';
import { type PeriodTargets, targetsIn } from './period/period-targets.js';
import { periodAnswer, periodSummary } from './views/terminal/period-summary.js';

const readableReport = periodReportSchema.pick({ schemaVersion: true, kind: true, plan: true });

/** What a month or a quarter of backups counts. */
export function backupPeriods(recipientsIn: RecipientsIn, targets: PeriodTargets): PeriodKind<PeriodReport> {
  return {
    openCounting: (like) => countPeriod(recipientsIn, like === undefined ? targets : targetsIn(like)),
    readReport(bytes) {
      const read = readDocument(bytes, readableReport);
      // Its digest proves that this program wrote the rest.
      return read.ok ? (read.written as PeriodReport) : null;
    },
    countsDigest,
    changesSince: periodChanges,
    summaryOf: periodSummary,
    answerOf: periodAnswer,
  };
}
