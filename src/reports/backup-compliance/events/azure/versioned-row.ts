import type { BackupEvent } from '../../model/backup-event.js';

/** A row that tells of something about which there may be newer rows. */
export interface VersionedRow {
  /** What it tells of: rows of one key compete, and the newest counts. */
  readonly key: string;
  /** TimeGenerated, epoch milliseconds: when the service wrote the row, not when something happened. */
  readonly generatedMs: number;
  /** Rows of the old schema come beside those of the new one, and count only where there are none. */
  readonly isOld: boolean;
  readonly event: BackupEvent;
}
