import { type AzureColumns, ticksIn } from '../../../../records/azure/azure-columns.js';
import type { AzureRow } from '../../../../records/azure/azure-row.js';
import type { BackupEvent } from '../../model/backup-event.js';

/** A row that tells of something about which there may be newer rows. */
export interface VersionedRow {
  /** What it tells of: rows of one key compete, and the newest counts. */
  readonly key: string;
  /** TimeGenerated, epoch milliseconds: when the service wrote the row, not when something happened. */
  readonly generatedMs: number;
  /** What TimeGenerated has beyond its milliseconds, in ten-millionths of a second: rows of one job may differ in it alone. */
  readonly generatedTicks: number;
  /** The backup item in lower case; null: the row names none. Rows of one key that name different ones do not compete. */
  readonly itemId: string | null;
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

/** When and by which schema a row was written. */
export function writingOf(
  { columns, schema }: AzureRow,
  generatedMs: number,
): Pick<VersionedRow, 'generatedMs' | 'generatedTicks' | 'isOld'> {
  return { generatedMs, generatedTicks: ticksIn(columns, 'timegenerated'), isOld: schema === 'V1' };
}

/** When it happened or, of a state, when it was written. Epoch milliseconds. */
export function timeOfRow({ tells, generatedMs }: VersionedRow): number {
  return tells.kind === 'event' ? tells.event.timeMs : generatedMs;
}

/** The same, but of an alert that happened before a window when it was told: it may be open since long, or be closed late. */
export function countedAt(row: VersionedRow, fromMs: number): number {
  const timeMs = timeOfRow(row);
  const isAlert = row.tells.kind === 'event' && row.tells.event.condition !== null;
  return isAlert && timeMs < fromMs ? row.generatedMs : timeMs;
}
