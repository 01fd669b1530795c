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
  /**
   * null: it runs. Else it has ended, and is here because a part of the day could not be read: when its end is read
   * again, it is not to be taken for the end of another attempt.
   */
  readonly endedTime: string | null;
}
