/** An operation that touches backups, or what protects them. Names in lower case. */
interface BackupOperation {
  readonly eventName: string;
  /** Services whose operation it is; absent: any, because no other service has one of this name. */
  readonly services?: readonly string[];
  /** Whether it takes away a backup or a protection. */
  readonly removes?: true;
}

const objectStorage = ['objectstorage'];
const databaseSystems = ['mysqlaas', 'postgresql'];

/**
 * Source: the operations of the APIs, as Audit names them:
 * https://docs.oracle.com/en-us/iaas/Content/Audit/Concepts/audit-event-types-overview.htm
 */
const backupOperations: readonly BackupOperation[] = [
  { eventName: 'createbackup' },
  { eventName: 'updatebackup' },
  { eventName: 'cancelbackup', removes: true },
  { eventName: 'deletebackup', removes: true },
  { eventName: 'restoredatabase' },
  { eventName: 'updatedatabase', services: ['databaseservice'] },
  { eventName: 'updatebackupdestination' },
  { eventName: 'deletebackupdestination', removes: true },
  { eventName: 'updateautonomousdatabasebackup' },
  { eventName: 'deleteautonomousdatabasebackup', removes: true },
  { eventName: 'updateautonomousdatabase' },
  { eventName: 'restoreautonomousdatabase' },
  { eventName: 'updateautonomouscontainerdatabase' },
  { eventName: 'updatevolumebackup' },
  { eventName: 'deletevolumebackup', removes: true },
  { eventName: 'updatebootvolumebackup' },
  { eventName: 'deletebootvolumebackup', removes: true },
  { eventName: 'deletevolumegroupbackup', removes: true },
  { eventName: 'createvolumebackuppolicyassignment' },
  { eventName: 'deletevolumebackuppolicyassignment', removes: true },
  { eventName: 'updatevolumebackuppolicy' },
  { eventName: 'deletevolumebackuppolicy', removes: true },
  { eventName: 'createprotecteddatabase' },
  { eventName: 'updateprotecteddatabase' },
  { eventName: 'deleteprotecteddatabase', removes: true },
  { eventName: 'scheduleprotecteddatabasedeletion', removes: true },
  { eventName: 'cancelprotecteddatabasedeletion' },
  { eventName: 'createprotectionpolicy' },
  { eventName: 'updateprotectionpolicy' },
  { eventName: 'deleteprotectionpolicy', removes: true },
  { eventName: 'createretentionrule', services: objectStorage },
  { eventName: 'updateretentionrule', services: objectStorage },
  { eventName: 'deleteretentionrule', services: objectStorage, removes: true },
  { eventName: 'updatedbsystem', services: databaseSystems },
  { eventName: 'deploymentrecovery' },
];

const byName: ReadonlyMap<string, BackupOperation> = new Map(
  backupOperations.map((each) => [each.eventName, each]),
);

/** Names that say by themselves what they are about, also of services that came after the table. */
const aboutBackups = /backup|snapshot|recoverypoint|restore/;
const takesAway = /^(?:bulkdelete|delete|terminate|purge|remove|drop|destroy|cancel|schedule\w*deletion)/;
const givesBack = /^cancel\w*deletion$/;

/** What an operation means to backups. */
export interface BackupBearing {
  readonly isRelevant: boolean;
  /** Whether a backup, or what protects or keeps backups, is taken away by it. */
  readonly removes: boolean;
}

/** By the table, or by the words of the name. @param service @param eventName as the record has them; case does not matter */
export function backupBearing(service: string, eventName: string): BackupBearing {
  const name = eventName.toLowerCase();
  const row = byName.get(name);
  if (row !== undefined && (row.services?.includes(service.toLowerCase()) ?? true)) {
    return { isRelevant: true, removes: row.removes === true };
  }
  const isRelevant = aboutBackups.test(`${service.toLowerCase()}.${name}`);
  return { isRelevant, removes: isRelevant && takesAway.test(name) && !givesBack.test(name) };
}

/** Every operation that counts as one of backups, for the definitions of a report. */
export const backupOperationNames: readonly string[] = backupOperations.map(({ eventName }) => eventName);
