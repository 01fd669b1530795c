/** Types of backup items as rows write them (BackupItemType, DatasourceType), in lower case -> type of resource. */
const typeOfItem: ReadonlyMap<string, string> = new Map([
  ['vm', 'azure-vm'],
  ['azureiaasvm', 'azure-vm'],
  ['microsoft.compute/virtualmachines', 'azure-vm'],
  ['sqldatabase', 'azure-sql'],
  ['sqldb', 'azure-sql'],
  ['azuresqldb', 'azure-sql'],
  ['saphanadatabase', 'azure-sap'],
  ['saphanadbinstance', 'azure-sap'],
  ['sapasedatabase', 'azure-sap'],
  ['azurefileshare', 'azure-files'],
  ['microsoft.storage/storageaccounts/fileservices/shares', 'azure-files'],
  ['filefolder', 'azure-mab'],
  ['systemstate', 'azure-mab'],
  ['client', 'azure-mab'],
  ['exchange', 'azure-backup-server'],
  ['sharepoint', 'azure-backup-server'],
  ['vmwarevm', 'azure-backup-server'],
  ['microsoft.compute/disks', 'azure-disk'],
  ['microsoft.storage/storageaccounts/blobservices', 'azure-blobs'],
  ['microsoft.dbforpostgresql/servers/databases', 'azure-postgresql'],
  ['microsoft.dbforpostgresql/flexibleservers', 'azure-postgresql'],
  ['microsoft.containerservice/managedclusters', 'azure-kubernetes'],
]);

/** What backs it up (BackupManagementType), where no row says what the item is. */
const typeOfManagement: ReadonlyMap<string, string> = new Map([
  ['iaasvm', 'azure-vm'],
  ['azureiaasvm', 'azure-vm'],
  ['mab', 'azure-mab'],
  ['azurestorage', 'azure-files'],
  ['azuresql', 'azure-sql'],
  ['azureworkload', 'azure-workload'],
  ['dpm', 'azure-backup-server'],
  ['azurebackupserver', 'azure-backup-server'],
]);

const fallback = 'azure-backup-item';

/** The type of a backup item; undefined where neither column says it. */
export function typeOfBackupItem(
  itemType: string | undefined,
  managementType: string | undefined,
): string | undefined {
  const byItem = itemType === undefined ? undefined : typeOfItem.get(itemType.toLowerCase());
  if (byItem !== undefined) return byItem;
  const byManagement =
    managementType === undefined ? undefined : typeOfManagement.get(managementType.toLowerCase());
  return byManagement ?? (itemType === undefined && managementType === undefined ? undefined : fallback);
}
