import type { AzureColumns } from '../../../../records/azure/azure-columns.js';
import type { AzureRow } from '../../../../records/azure/azure-row.js';
import { reasonWords } from '../../../../model/reasons/reason-words.js';
import { type StateOperation, type VersionedRow, writingOf } from './versioned-row.js';

export type ReadState =
  | { readonly kind: 'row'; readonly row: VersionedRow }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Operations whose rows say how something stands, and the column with the id of what it is. */
const idColumns: Readonly<Record<StateOperation, string>> = {
  backupitem: 'BackupItemUniqueId',
  backupitemassociation: 'BackupItemUniqueId',
  policy: 'PolicyUniqueId',
  recoverypoint: 'BackupItemUniqueId',
  storageassociation: 'BackupItemUniqueId',
};

function isState(operation: string): operation is StateOperation {
  return Object.hasOwn(idColumns, operation);
}

/** A row that says how an item, its policy or its recovery points stand; null: it is about something else. */
export function readState(row: AzureRow, generatedMs: number): ReadState | null {
  const { operation, columns } = row;
  const name = operation.toLowerCase();
  if (!isState(name)) return null;
  const column = idColumns[name];
  const id = columns.get(column.toLowerCase())?.toLowerCase();
  // Storage of a whole container: no item uses it alone.
  if (id === undefined && name === 'storageassociation') return null;
  if (id === undefined) return { kind: 'rejected', reason: reasonWords('azureNoId', { column }) };
  const tells = { kind: 'state', operation: name, columns } as const;
  const key = `${name} ${id}${placeOf(name, columns)}`;
  return { kind: 'row', row: { key, ...writingOf(row, generatedMs), itemId: null, tells } };
}

/** An item may use several storages, and two vaults may have a policy of the same id. */
function placeOf(operation: StateOperation, columns: AzureColumns): string {
  if (operation === 'storageassociation') return ` ${columns.get('storageuniqueid')?.toLowerCase() ?? ''}`;
  return operation === 'policy' ? ` ${columns.get('vaultuniqueid')?.toLowerCase() ?? ''}` : '';
}
