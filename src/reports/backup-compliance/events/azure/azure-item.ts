import type { AzureColumns } from '../../../../records/azure/azure-columns.js';
import type { ResourceRef } from '../../model/backup-event.js';
import { unknownResource } from '../../model/unknown-resource.js';
import { noTags } from '../read-tags.js';
import { typeOfBackupItem } from './item-types.js';

/** Which backup item a row names, and what it says of it; undefined: nothing. */
export interface NamedItem {
  /** In lower case; null: it names none. */
  readonly id: string | null;
  readonly name: string | undefined;
  readonly type: string | undefined;
  /** Id of the vault in lower case, as Azure Resource Manager has it, else its unique id. */
  readonly vaultId: string | null;
  readonly vaultName: string | null;
}

/** Rows of backup vaults name what is backed up themselves; those of Recovery Services vaults name the item by its id. */
export function itemOf(columns: AzureColumns): NamedItem {
  const id =
    columns.get('backupitemuniqueid') ?? columns.get('datasourceresourceid') ?? columns.get('backupitemid');
  const itemType = columns.get('backupitemtype') ?? columns.get('datasourcetype');
  const vault = columns.get('resourceid') ?? columns.get('_resourceid') ?? columns.get('vaultuniqueid');
  // One route writes it in capital letters.
  const vaultId = vault?.toLowerCase();
  return {
    id: id?.toLowerCase() ?? null,
    name: columns.get('backupitemfriendlyname') ?? columns.get('datasourcefriendlyname'),
    type: typeOfBackupItem(itemType, columns.get('backupmanagementtype')),
    vaultId: vaultId ?? null,
    vaultName: columns.get('vaultname') ?? lastOf(vaultId, '/') ?? null,
  };
}

/** The item as the resource that it is. Without a name, the end of its id is what people know it by. */
export function resourceOfItem({ id, name, type, vaultId, vaultName }: NamedItem): ResourceRef {
  const vault = { compartmentId: vaultId, compartmentName: vaultName, tags: noTags };
  const resourceType = type ?? 'azure-backup-item';
  if (id === null) return { ...unknownResource('azure-backup', name), resourceType, ...vault };
  return { resourceId: id, resourceType, resourceName: name ?? lastOf(id, ';') ?? id, ...vault };
}

/** The region that an item's id begins with: `westeurope;900001;vm-app01`. */
export function regionOfItem(columns: AzureColumns): string | null {
  const first = columns.get('backupitemuniqueid')?.split(';')[0]?.toLowerCase();
  const told = columns.get('azuredatacenter')?.toLowerCase().replaceAll(' ', '');
  const region = told ?? first ?? '';
  return /^[a-z][a-z0-9]{2,40}$/.test(region) ? region : null;
}

function lastOf(text: string | undefined | null, separator: string): string | undefined {
  const last = text?.split(separator).at(-1);
  return last === '' ? undefined : last;
}
