import type { TrendDay } from '../model/daily-report.js';
import { newJobCounts } from '../model/backup-job.js';

/** Jobs of a day by type, so many of which failed; every status, and types that are known, told and untold. */
export function sampleTrendJobs(failed: number): NonNullable<TrendDay['jobs']> {
  const none = newJobCounts();
  return [
    {
      backupType: 'incremental',
      resourceType: 'database',
      byStatus: { ...none, FAILED: failed, UNKNOWN: 1, IN_PROGRESS: 1, SUCCEEDED: 4 },
    },
    { backupType: 'full', resourceType: 'volume', byStatus: { ...none, CANCELED: 1, SUCCEEDED: 2 } },
    { backupType: 'log', resourceType: 'database', byStatus: { ...none, SUCCEEDED_WITH_WARNINGS: 1 } },
    { backupType: 'untold', resourceType: null, byStatus: { ...none, SUCCEEDED: 1 } },
  ];
}
