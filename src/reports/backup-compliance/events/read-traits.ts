import { parseInstant } from '../../../base/instants.js';
import { scalarText } from '../../../records/json.js';
import type { BackupTraits } from '../model/backup-event.js';
import type { EventType } from '../model/event-type.js';
import type { EventDetails } from './event-fields.js';
import type { Equality } from './value-pool.js';

/** What the event says about the backup itself: its type, trigger, destination and retention. */
export function readTraits(type: EventType, details: EventDetails): BackupTraits {
  const window = Number(scalarText(details.recoveryWindow));
  const automatic = scalarText(details.autoBackupsEnabled)?.toLowerCase();
  return {
    backupType: scalarText(details.backupType) ?? null,
    trigger: triggerOf(type, scalarText(details.sourceType)),
    destinationType: scalarText(details.backupDestinationType) ?? null,
    recoveryWindowDays: Number.isFinite(window) && window > 0 ? window : null,
    autoBackupEnabled: automatic === 'true' ? true : automatic === 'false' ? false : null,
  };
}

function triggerOf(type: EventType, sourceType: string | undefined): string | null {
  if (sourceType !== undefined) return sourceType;
  return type.name.includes('automaticbackup') || type.name.includes('policybased') ? 'AUTOMATIC' : null;
}

/**
 * When the backup expires, as its own record says: of a volume backup or a snapshot, a database backup, a long-term backup
 * of an autonomous database (docs.oracle.com: VolumeBackup, Snapshot, Backup, AutonomousDatabaseBackup).
 */
export function expiryIn({
  expirationTime,
  timeExpiryScheduled,
  timeAvailableTill,
}: EventDetails): number | null {
  for (const told of [expirationTime, timeExpiryScheduled, timeAvailableTill]) {
    const expiresMs = parseInstant(told);
    if (expiresMs !== undefined) return expiresMs;
  }
  return null;
}

export const traitsEquality: Equality<BackupTraits> = {
  keyOf: ({ backupType, trigger, destinationType, recoveryWindowDays, autoBackupEnabled }) =>
    JSON.stringify([backupType, trigger, destinationType, recoveryWindowDays, autoBackupEnabled]),
  isEqual: (a, b) =>
    a.backupType === b.backupType &&
    a.trigger === b.trigger &&
    a.destinationType === b.destinationType &&
    a.recoveryWindowDays === b.recoveryWindowDays &&
    a.autoBackupEnabled === b.autoBackupEnabled,
};
