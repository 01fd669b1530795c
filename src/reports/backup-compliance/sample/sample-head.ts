import { jobStatuses } from '../model/backup-job.js';
import type { DailyReport } from '../model/daily-report.js';
import { sampleCutOff, sampleDate, sampleStart } from './sample-values.js';
import type { Whole } from './whole.js';

type Head = Pick<
  Whole<DailyReport>,
  'schemaVersion' | 'plan' | 'reportDay' | 'status' | 'generatedAt' | 'tool' | 'language'
>;

export function sampleHead(status: DailyReport['status']): Head {
  return {
    schemaVersion: 1,
    plan: 'sample',
    reportDay: {
      date: sampleDate,
      timezone: 'America/New_York',
      start: sampleStart,
      cutOff: sampleCutOff,
      hours: status === 'COMPLETE' ? 24 : 25,
    },
    status,
    generatedAt: '2026-11-20T11:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    language: 'en',
  };
}

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
