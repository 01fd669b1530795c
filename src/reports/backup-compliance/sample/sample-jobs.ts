import type { BackupJob } from '../model/backup-job.js';
import { jobStatuses } from '../model/backup-job.js';
import { named } from '../../sample/sample-values.js';

/** Each status at its own hour, one without a time. */
export function sampleJobs(): readonly BackupJob[] {
  return jobStatuses.map((status, index) => ({
    family: index % 2 === 0 ? 'database' : 'block-volume',
    kind: 'backup',
    jobId: `ocid1.dbbackup.oc1.iad.sample${index}`,
    ...named(index),
    compartmentName: 'prod-databases',
    status,
    state: index === 0 ? null : 'ACTIVE',
    startTime: index === 0 ? null : `2026-11-19T1${index}:00:00.000Z`,
    endTime: index === 0 ? null : `2026-11-19T1${index}:10:05.000Z`,
    durationSeconds: index === 0 ? null : 605,
    backupType: index % 2 === 0 ? 'INCREMENTAL' : 'FULL',
    trigger: 'AUTOMATIC',
    statusMessage: status === 'FAILED' ? 'ORA-19809' : null,
    eventType: 'com.oraclecloud.databaseservice.backupdatabase.end',
    beginEventId: `begin-${index}`,
    endEventId: `end-${index}`,
    criticalEventIds: index === 0 ? ['event-1'] : [],
    ...(index === 0
      ? {}
      : {
          destination: 'OBJECT_STORE',
          sizeBytes: 13_421_772_800,
          expires: '2026-12-19T12:00:00.000Z',
        }),
  }));
}
