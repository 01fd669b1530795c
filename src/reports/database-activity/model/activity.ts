import type { JsonObject } from '../../../records/json.js';

/** Every audit event of the day, gzipped NDJSON: a line has the record's own fields by the names of the API. */
export const activityFile = 'activity.ndjson.gz';

/** A line of that file. Nothing of it is sure to be there but `id`, `auditEventTime` and `targetId` or `targetName`. */
export type ActivityLine = JsonObject;

/** unknown: the record says neither. */
export const activityResults = ['succeeded', 'failed', 'unknown'] as const;

export type ActivityResult = (typeof activityResults)[number];

/** Lists of a report, in their order; an event is in the first that fits, and in no other. */
export const activityLists = [
  'auditingOff',
  'failedLogins',
  'privileged',
  'grants',
  'drops',
  'failures',
] as const;

export type ActivityList = (typeof activityLists)[number];

/** What an event is, by what it did. */
export interface ActivityClass {
  readonly result: ActivityResult;
  readonly isFailedLogin: boolean;
  /** It changes who may do what, what is audited, or the database as a whole; grants are. */
  readonly isPrivileged: boolean;
  readonly isGrant: boolean;
  readonly isDrop: boolean;
  /** It takes auditing away, and nobody knows that it did not. */
  readonly isAuditingOff: boolean;
  /** null: it is in no list. */
  readonly list: ActivityList | null;
}
