import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import type { JobStatus } from './backup-job.js';
import type { ToldSettings } from './backup-settings.js';
import type { EventType } from './event-type.js';
import type { ParentIds } from './parent-ids.js';
import type { Witness } from './witness.js';

/** How a document names a resource. */
export const resourceNameShape = {
  resourceId: z.string().describe('OCID of the resource in lower case, or what stands for it.'),
  resourceType: z.string().describe('Kind of resource, as database.'),
  resourceName: z.string().describe('Name as its service writes it: any text.'),
};

const tagsSchema = z
  .record(z.string(), z.string())
  .meta({ id: 'tags', description: 'Names and values of tags: any text. Defined ones as namespace.key.' });

export const resourceRefSchema = z.object({
  ...resourceNameShape,
  compartmentId: z.string().nullable().describe('OCID of its compartment.'),
  compartmentName: z.string().nullable().describe('Name of its compartment.'),
  tags: tagsSchema.describe('Tags of the resource.'),
});

/** The protected resource that an event is about. Equal values share one object. */
export interface ResourceRef extends DeepReadonly<z.infer<typeof resourceRefSchema>> {
  /** DB system of a database in lower case, where the event names it; no document has it. */
  readonly dbSystemId?: string;
  /** Volume group of a volume in lower case, where the event names it; no document has it. */
  readonly volumeGroupId?: string;
  /** What it is in, where the event names it; no document has it. */
  readonly parents?: ParentIds;
}

/** How an attempt ended, according to the source. */
export interface EventResult {
  /** null: the event reports no result (a begin). */
  readonly status: JobStatus | null;
  /** The source's own word, verbatim. */
  readonly state: string | null;
}

export const backupTraitsSchema = z.object({
  backupType: z.string().nullable().describe('Full, incremental, as reported.'),
  trigger: z.string().nullable().describe('What started it, as reported.'),
  destinationType: z.string().nullable().describe('Where it goes, as reported.'),
  recoveryWindowDays: z.number().nullable().describe('Recovery window in days.'),
  autoBackupEnabled: z.boolean().nullable().describe('Whether automatic backup was on.'),
});

/** Attributes of a backup that many events have in common. Equal values share one object. */
export type BackupTraits = DeepReadonly<z.infer<typeof backupTraitsSchema>>;

/** The condition that a critical or information event reports. */
export interface EventCondition {
  /** Without a trailing `_CLEARED`; upper case. */
  readonly name: string;
  readonly cleared: boolean;
  readonly description: string | null;
  /** The database's unique name, for joining when the OCID differs. */
  readonly uniqueName: string | null;
  /** When it was told, where that may be a day after it happened; epoch milliseconds. Absent: then. */
  readonly toldMs?: number;
}

/** One normalised event that concerns backups. */
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
  /** When the service will remove the backup, as its own record states it; absent or null: not stated. */
  readonly expiresMs?: number | null;
  /** Size of the backup in bytes, where the event tells it; absent or null: it does not. */
  readonly sizeBytes?: number | null;
  readonly result: EventResult;
  readonly traits: BackupTraits;
  /** Oracle's own reason (lifecycleDetails). */
  readonly message: string | null;
  readonly condition: EventCondition | null;
  /** Who caused it, if the event says so (Audit); only for changes, deletions and restores. */
  readonly principal: string | null;
  /** Sources that told of it; absent or empty: not known, as for an event of an earlier report. */
  readonly witnesses?: readonly Witness[];
  /** Of operations that change how backups are made. */
  readonly settings?: ToldSettings | null;
}
