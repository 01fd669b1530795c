import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';

const sample: BackupJob = {
  family: 'database',
  kind: 'backup',
  jobId: 'ocid1.dbbackup.oc1.iad.b1',
  resourceId: 'ocid1.database.oc1.iad.payroll',
  resourceType: 'database',
  resourceName: 'PAYROLL',
  compartmentName: 'prod-databases',
  status: 'SUCCEEDED',
  state: 'ACTIVE',
  startTime: '2026-11-19T07:00:00.000Z',
  endTime: '2026-11-19T07:10:05.000Z',
  durationSeconds: 605,
  backupType: 'INCREMENTAL',
  trigger: 'AUTOMATIC',
  statusMessage: null,
  eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
  beginEventId: 'event-1',
  endEventId: 'event-2',
  criticalEventIds: [],
};

export function sampleJob(over: Partial<BackupJob> = {}): BackupJob {
  return { ...sample, ...over };
}

/** One that went well and one that did not. */
export const twoSampleJobs: readonly BackupJob[] = [
  sampleJob(),
  sampleJob({ status: 'FAILED', statusMessage: 'ORA-19809' }),
];
