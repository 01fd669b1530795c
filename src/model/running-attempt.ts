import type { BackupTraits, ResourceRef } from './backup-event.js';

/** The begin event of an attempt whose end has not been seen: enough to pair it with an end that comes later. */
export interface RunningAttempt {
  readonly eventId: string;
  /** `com.oraclecloud.databaseservice.backupdatabase.begin` */
  readonly eventType: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly subjectId: string | null;
  readonly resource: ResourceRef;
  readonly createdTime: string | null;
  readonly traits: BackupTraits;
  readonly message: string | null;
}
