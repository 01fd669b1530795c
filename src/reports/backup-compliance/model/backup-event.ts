import type { EventType } from './event-type.js';
import type { JobStatus } from './backup-job.js';

/** The protected resource that an event is about. Equal values are one shared object. */
export interface ResourceRef {
  /** OCID in lower case; `unknown:<family>` where the event names no protected resource. */
  readonly resourceId: string;
  readonly resourceType: string;
  /** As written by the service. */
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  /** Freeform tags, and defined ones as `namespace.key`, as the event carries them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** How an attempt ended, as the source says it. */
export interface EventResult {
  /** null: the event says nothing of a result (a begin). */
  readonly status: JobStatus | null;
  /** The source's own word, verbatim. */
  readonly state: string | null;
}

/** Attributes of a backup that many events share. Equal values are one shared object. */
export interface BackupTraits {
  readonly backupType: string | null;
  readonly trigger: string | null;
  readonly destinationType: string | null;
  readonly recoveryWindowDays: number | null;
  readonly autoBackupEnabled: boolean | null;
}

/** The condition that a critical or information event tells of. */
export interface EventCondition {
  /** Without a trailing `_CLEARED`; upper case. */
  readonly name: string;
  readonly cleared: boolean;
  readonly description: string | null;
  /** The database's unique name, for joining where the OCID is not the same. */
  readonly uniqueName: string | null;
}

/** One normalised event that bears on backups. */
export interface BackupEvent {
  readonly eventId: string;
  readonly type: EventType;
  /** When it happened (eventTime), epoch milliseconds. */
  readonly timeMs: number;
  /** data.resourceId in lower case: the backup's own OCID, in some families the resource's. */
  readonly subjectId: string | null;
  readonly resource: ResourceRef;
  /** When the backup was created (additionalDetails.timeCreated), epoch milliseconds. */
  readonly createdMs: number | null;
  readonly result: EventResult;
  readonly traits: BackupTraits;
  /** Oracle's own reason (lifecycleDetails). */
  readonly message: string | null;
  readonly condition: EventCondition | null;
  /** Who caused it, where the event says so (Audit); only for changes, deletions and restores. */
  readonly principal: string | null;
}
