/** The kind of service that made the event; within a family, events name their protected resource in the same way. */
export type Family =
  | 'database'
  | 'autonomous-database'
  | 'autonomous-container-database'
  | 'block-volume'
  | 'mysql'
  | 'postgresql'
  | 'file-storage'
  | 'goldengate'
  | 'key-management'
  | 'big-data'
  | 'recovery-service'
  | 'application-data-platform'
  | 'azure-backup'
  | 'unknown';

export type Phase = 'begin' | 'end' | 'single' | 'critical' | 'information';

/**
 * What an event type means for backups.
 *
 * - `backup`, `copy`, `restore`: an attempt, which becomes a job
 * - `omission`: a backup that the service skipped, rejected or throttled: a failed job
 * - `deletion`: a backup was deleted
 * - `change`: settings, policies, destinations, retention, reminders: listed, not judged
 * - `creation`: a resource, or a parent of resources, was made: listed nowhere, makes no resource
 * - `termination`: the protected resource itself is gone, or a parent with all that is in it
 * - `deletion-canceled`: a termination that was scheduled will not be made
 * - `condition`: critical and information events; their `eventName` decides
 * - `unrecognised`: about backups by its name, but not in the catalogue
 * - `unrelated`: a known type that is not about backups
 */
export type Action =
  | 'backup'
  | 'copy'
  | 'restore'
  | 'omission'
  | 'deletion'
  | 'change'
  | 'creation'
  | 'termination'
  | 'deletion-canceled'
  | 'condition'
  | 'unrecognised'
  | 'unrelated';

/** One row of the event catalogue. */
export interface EventType {
  /** Full type in lower case: `com.oraclecloud.databaseservice.backupdatabase.end`. */
  readonly name: string;
  readonly family: Family;
  readonly action: Action;
  readonly phase: Phase;
  /** Oracle's display name of the type. */
  readonly meaning: string;
  /** Whether the catalogue has a row for it; if not, the row is derived from the name. */
  readonly catalogued: boolean;
}
