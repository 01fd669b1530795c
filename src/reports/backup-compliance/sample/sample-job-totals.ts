import { jobStatuses } from '../model/backup-job.js';
import type { DailyReport } from '../model/daily-report.js';

/** As many of each status. */
export function sampleJobTotals(each: number): DailyReport['jobTotals'] {
  const byStatus = {
    FAILED: each,
    UNKNOWN: each,
    CANCELED: each,
    IN_PROGRESS: each,
    SUCCEEDED_WITH_WARNINGS: each,
    SUCCEEDED: each,
  };
  return { total: each * jobStatuses.length, byStatus };
}
