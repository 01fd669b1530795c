import type { AzureColumns } from '../../../../records/azure/azure-columns.js';
import type { BackupEvent } from '../../model/backup-event.js';

/** A row that tells of something about which there may be newer rows. */
export interface VersionedRow {
  /** What it tells of: rows of one key compete, and the newest counts. */
  readonly key: string;
  /** TimeGenerated, epoch milliseconds: when the service wrote the row, not when something happened. */
  readonly generatedMs: number;
  /** Rows of the old schema come beside those of the new one, and count only where there are none. */
  readonly isOld: boolean;
  readonly tells: ToldByRow;
}

/** Something that happened, perhaps after something else; or how something stands, with the operation of its row. */
export type ToldByRow =
  | { readonly kind: 'event'; readonly event: BackupEvent; readonly before?: BackupEvent }
  | { readonly kind: 'state'; readonly operation: StateOperation; readonly columns: AzureColumns };

/** Rows that say how something stands; they are written at least once a day. */
export type StateOperation =
  'backupitem' | 'backupitemassociation' | 'policy' | 'recoverypoint' | 'storageassociation';

/** When it happened or, of a state, when it was written. Epoch milliseconds. */
export function timeOfRow({ tells, generatedMs }: VersionedRow): number {
  return tells.kind === 'event' ? tells.event.timeMs : generatedMs;
}
