import type { TrendDay } from '../model/daily-report.js';

/** Jobs of a day by type, so many of which failed; every status, and types that are known, told and untold. */
export function sampleTrendJobs(failed: number): NonNullable<TrendDay['jobs']> {
  const none = {
    FAILED: 0,
    UNKNOWN: 0,
    CANCELED: 0,
    IN_PROGRESS: 0,
    SUCCEEDED_WITH_WARNINGS: 0,
    SUCCEEDED: 0,
  };
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
