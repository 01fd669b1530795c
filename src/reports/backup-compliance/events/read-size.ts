import { type JsonObject, textIn } from '../../../records/json.js';

const megabyte = 1024 ** 2;
const gigabyte = 1024 ** 3;
const terabyte = 1024 ** 4;

/**
 * Fields that tell a size, the size of the backup itself before that of what was backed up, the exact one before the
 * rounded one. Oracle's GB has 1024 MB (a volume of 50 GB has sizeInMBs 51200; MySQL says GiB).
 *
 * Each is a field of the backup in the API of its service (docs.oracle.com, API reference). Events carry the backup in
 * `additionalDetails`, Audit in `stateChange.current`; that they carry these fields is unverified: no published sample of
 * an event has one.
 */
const sizeFields: readonly (readonly [field: string, unitBytes: number])[] = [
  // DeploymentBackup of GoldenGate.
  ['sizeInBytes', 1],
  // In no API of a backup that Oracle documents; unverified.
  ['backupSizeInBytes', 1],
  ['bytes', 1],
  // VolumeBackup, VolumeGroupBackup; BootVolumeBackup has GBs alone. Both spellings of GBs are Oracle's.
  ['uniqueSizeInMbs', megabyte],
  ['uniqueSizeInMBs', megabyte],
  ['uniqueSizeInGBs', gigabyte],
  ['uniqueSizeInGbs', gigabyte],
  // Backup of MySQL, of OCI Cache; DatabaseBackup of Database Management.
  ['backupSizeInGBs', gigabyte],
  // AutonomousDatabaseBackup: of the backup, then of the database at that time.
  ['sizeInTBs', terabyte],
  ['databaseSizeInTBs', terabyte],
  // Backup of a database: the database at the time of the backup.
  ['databaseSizeInGBs', gigabyte],
  // VolumeBackup and its relatives: the volume.
  ['sizeInMBs', megabyte],
  ['sizeInGBs', gigabyte],
];

/** A decimal number as connectors write it. Not `Number(text)` alone, which takes `0x10` and `1e3`, too. */
const decimal = /^\d{1,15}(?:\.\d{1,15})?$/;

/**
 * The size of a backup in whole bytes, from the first field that tells one; null where none does. What is no number from 0
 * on, or more than can be counted exactly, tells nothing, and never makes an event unreadable: that the backup was made
 * matters more.
 */
export function sizeIn(details: JsonObject): number | null {
  for (const [field, unitBytes] of sizeFields) {
    const bytes = Math.round(numberIn(details[field]) * unitBytes);
    if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
  }
  return null;
}

/** NaN for what is no number from 0 on. */
function numberIn(value: unknown): number {
  if (typeof value === 'number') return value >= 0 ? value : Number.NaN;
  const text = textIn(value);
  return text !== undefined && decimal.test(text) ? Number(text) : Number.NaN;
}
