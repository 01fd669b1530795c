import type { BackupJob, JobKind } from './backup-job.js';
import { isLogKind } from './recovery-point.js';

/**
 * What kinds of backup are counted apart, whatever word a service has for them. `untold`: the service did not say;
 * `other`: it said something else. Copies, restores and what is not in the catalogue stand beside the backups, so that
 * the counts of a day add up to all of its jobs.
 */
export const backupTypes = [
  'full',
  'incremental',
  'log',
  'snapshot',
  'other',
  'untold',
  'copy',
  'restore',
  'unrecognised',
] as const;

export type BackupType = (typeof backupTypes)[number];

/** What is needed of a job to know its type. */
export interface TypedJob {
  readonly kind: JobKind;
  /** As reported: `INCREMENTAL`, `Full`, `VIRTUAL_FULL`, `ARCHIVELOG`. */
  readonly backupType: string | null;
  readonly eventType: string;
}

/** What is counted of a job. */
export type CountedJob = TypedJob & Pick<BackupJob, 'status' | 'resourceType'>;

/** The type that a job is counted under. */
export function backupTypeOf({ kind, backupType, eventType }: TypedJob): BackupType {
  if (kind !== 'backup') return kind;
  // File Storage tells the type by the event alone.
  if (backupType === null && /snapshot/.test(eventType)) return 'snapshot';
  return toldType(backupType);
}

/**
 * A type of backup as services report it: FULL, INCREMENTAL, VIRTUAL_FULL, LONGTERM, CUMULATIVE_INCREMENTAL (docs.oracle.com:
 * Backup, AutonomousDatabaseBackup, VolumeBackup, DbSystem of MySQL), and RMAN's DB FULL, DB INCR, ARCHIVELOG.
 */
export function toldType(told: string | null): BackupType {
  if (told === null || told.trim() === '') return 'untold';
  if (isLogKind(told)) return 'log';
  if (/incr|differential/i.test(told)) return 'incremental';
  if (/full|long.?term/i.test(told)) return 'full';
  return /snapshot/i.test(told) ? 'snapshot' : 'other';
}
