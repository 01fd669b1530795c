import type { BackupJob } from '../model/backup-job.js';
import type { DailyReport } from '../model/daily-report.js';
import type { Incident } from '../model/incident.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';

/** Everything that a report rests its verdict of one resource on. */
export interface ResourceCase {
  readonly resource: ResourceCompliance;
  readonly policy: DailyReport['policies'][number] | null;
  /** Of the day, in the report's order. */
  readonly jobs: readonly BackupJob[];
  readonly incidents: readonly Incident[];
  readonly changes: DailyReport['changes'];
}
