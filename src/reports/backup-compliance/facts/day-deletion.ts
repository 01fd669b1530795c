import type { BackupEvent } from '../model/backup-event.js';
import type { RecoveryPoint } from '../model/recovery-point.js';

/** A backup that was deleted. Instants in epoch milliseconds. */
export interface DayDeletion {
  readonly deletedMs: number;
  /** The backup's own id; null: the event names the resource alone, so which of its backups it was is not known. */
  readonly backupId: string | null;
  /** As the deletion tells it. */
  readonly createdMs: number | null;
  /** What was known of it before; null: nothing. */
  readonly point: RecoveryPoint | null;
}

/**
 * Whether a deletion or termination was carried out: it ended, and none of its words says that it failed or that the
 * thing is there still (design, section 4).
 */
export function isCarriedOut({ type, result }: BackupEvent): boolean {
  if (type.phase === 'begin' || result.status === 'FAILED') return false;
  return !/^(?:active|available)$/i.test(result.state ?? '');
}
