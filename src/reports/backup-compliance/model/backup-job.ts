import type { Family } from './event-type.js';

export type JobStatus =
  'SUCCEEDED' | 'SUCCEEDED_WITH_WARNINGS' | 'FAILED' | 'CANCELED' | 'IN_PROGRESS' | 'UNKNOWN';

/** Worst first. */
export const jobStatuses: readonly JobStatus[] = [
  'FAILED',
  'UNKNOWN',
  'CANCELED',
  'IN_PROGRESS',
  'SUCCEEDED_WITH_WARNINGS',
  'SUCCEEDED',
];

export function newJobCounts(): Record<JobStatus, number> {
  return {
    FAILED: 0,
    UNKNOWN: 0,
    CANCELED: 0,
    IN_PROGRESS: 0,
    SUCCEEDED_WITH_WARNINGS: 0,
    SUCCEEDED: 0,
  };
}

/** A copy is never a recovery point of its source, nor a restore one of its target. */
export type JobKind = 'backup' | 'copy' | 'restore' | 'unrecognised';

/** One backup attempt. Its JSON, with keys in this order, is a line of `jobs.ndjson.gz`. Times are ISO 8601 UTC. */
export interface BackupJob {
  readonly family: Family;
  readonly kind: JobKind;
  /** The backup's own OCID in lower case; if there is none, the resource's and the start time. */
  readonly jobId: string;
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentName: string | null;
  readonly status: JobStatus;
  /** The source's own word for the state, verbatim. */
  readonly state: string | null;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly durationSeconds: number | null;
  readonly backupType: string | null;
  readonly trigger: string | null;
  readonly statusMessage: string | null;
  readonly eventType: string;
  readonly beginEventId: string | null;
  readonly endEventId: string | null;
  /** Backup failure notices on the resource while this attempt ran. */
  readonly criticalEventIds: readonly string[];
  /** Where the backup was written to, as reported; absent: not told. */
  readonly destination?: string;
  /** Size in bytes: of the backup where events tell it, else of what was backed up; absent: not told. */
  readonly sizeBytes?: number;
  /** When the service will remove the backup, as its own record states it; absent: not told. */
  readonly expires?: string;
}
