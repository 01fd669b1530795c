import type { BackupJob } from './backup-job.js';

/** Name of the artefact with every job of the day, one JSON object per line. */
export const jobsFile = 'jobs.ndjson.gz';

/** The fields of a line, in the order of the file. */
const fieldsOfLine = {
  family: true,
  kind: true,
  jobId: true,
  resourceId: true,
  resourceType: true,
  resourceName: true,
  compartmentName: true,
  status: true,
  state: true,
  startTime: true,
  endTime: true,
  durationSeconds: true,
  backupType: true,
  trigger: true,
  statusMessage: true,
  eventType: true,
  beginEventId: true,
  endEventId: true,
  criticalEventIds: true,
  destination: true,
  sizeBytes: true,
  expires: true,
} as const satisfies Record<keyof BackupJob, true>;

export const jobLineFields: readonly string[] = Object.keys(fieldsOfLine);
