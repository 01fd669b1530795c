import { minuteMs } from '../base/time-units.js';
import { randomUuid } from './random.js';

/** Seven digits of the second, as Log Analytics writes them. */
const azureTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '4567Z');

interface Machine {
  readonly name: string;
  readonly itemType: 'VM' | 'SQLDataBase' | 'AzureFileShare';
  readonly managementType: 'IaaSVM' | 'AzureWorkload' | 'AzureStorage';
  /** Start of its daily backup, in minutes after local midnight. */
  readonly startMinute: number;
  readonly minutes: number;
  /** What its backups use on the first day, and what a day adds. */
  readonly storedMegabytes: number;
  readonly addedMegabytes: number;
}

const machines: readonly Machine[] = [
  {
    name: 'portal-web01',
    itemType: 'VM',
    managementType: 'IaaSVM',
    startMinute: 95,
    minutes: 52,
    storedMegabytes: 184_320,
    addedMegabytes: 2150,
  },
  {
    name: 'portal-web02',
    itemType: 'VM',
    managementType: 'IaaSVM',
    startMinute: 100,
    minutes: 47,
    storedMegabytes: 176_128,
    addedMegabytes: 1980,
  },
  {
    name: 'crmreports',
    itemType: 'SQLDataBase',
    managementType: 'AzureWorkload',
    startMinute: 130,
    minutes: 18,
    storedMegabytes: 52_224,
    addedMegabytes: 640,
  },
  {
    name: 'branch-files',
    itemType: 'AzureFileShare',
    managementType: 'AzureStorage',
    startMinute: 240,
    minutes: 3,
    storedMegabytes: 91_136,
    addedMegabytes: 410,
  },
];

const vault = {
  VaultUniqueId: '7200000000000000001',
  VaultName: 'rsv-branch-weu',
  ResourceId:
    '/subscriptions/00000000-0000-4000-8000-0000000000a1/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-branch-weu',
  SchemaVersion: 'V2',
  State: 'Active',
};
const policy = { PolicyUniqueId: 'daily-30-weu' };

/** Days before the last day on which the backup of a machine failed. */
const failures: readonly { readonly ago: number; readonly name: string; readonly code: string }[] = [
  { ago: 6, name: 'crmreports', code: 'UserErrorSQLNoSysadminMembership' },
  { ago: 0, name: 'portal-web02', code: 'UserErrorGuestAgentStatusUnavailable' },
];

/**
 * What a vault of Azure Backup tells of four machines on a day, as rows that were exported from a workspace: a job of each,
 * and once a day its items, recovery points, storage and policy.
 *
 * @param ago days before the last day
 */
export function azureRows(ago: number, midnightMs: number, random: () => number): readonly object[] {
  const toldMs = midnightMs + 20 * 60 * minuteMs;
  const rows = machines.flatMap((machine) => machineRows(machine, ago, { midnightMs, toldMs }, random));
  return [
    ...rows,
    stateRow('AddonAzureBackupPolicy', 'Policy', toldMs, {
      ...policy,
      PolicyName: 'daily-30',
      BackupFrequency: 'Daily',
      DailyRetentionDuration: '30',
    }),
    stateRow('CoreAzureBackup', 'Vault', toldMs, { StorageReplicationType: 'GeoRedundant' }),
  ];
}

function machineRows(
  machine: Machine,
  ago: number,
  { midnightMs, toldMs }: { readonly midnightMs: number; readonly toldMs: number },
  random: () => number,
): readonly object[] {
  const { name, itemType, managementType, startMinute, minutes, storedMegabytes, addedMegabytes } = machine;
  const item = {
    BackupItemUniqueId: `westeurope;900042;${name}`,
    BackupManagementType: managementType,
  };
  const startMs = midnightMs + Math.round((startMinute + random() * 8) * minuteMs);
  const seconds = Math.round(minutes * 60 * (0.8 + random() * 0.4));
  const endMs = startMs + seconds * 1000;
  const failure = failures.find((each) => each.ago === ago && each.name === name);
  const states = (operation: string, table: string, columns: object): object =>
    stateRow(table, operation, toldMs, { ...item, ...columns });
  return [
    {
      TimeGenerated: azureTime(endMs + 24 * minuteMs),
      Type: 'AddonAzureBackupJobs',
      OperationName: 'Job',
      JobUniqueId: randomUuid(random),
      JobOperation: 'Backup',
      JobOperationSubType: itemType === 'SQLDataBase' ? 'Full' : '',
      JobStatus: failure === undefined ? 'Completed' : 'Failed',
      JobFailureCode: failure?.code ?? 'Success',
      JobStartDateTime: azureTime(startMs),
      JobDurationInSecs: seconds,
      DataTransferredInMB: failure === undefined ? addedMegabytes : 0,
      AdHocOrScheduledJob: 'Scheduled',
      ...item,
      ...vault,
    },
    states('BackupItem', 'CoreAzureBackup', {
      BackupItemFriendlyName: name,
      BackupItemType: itemType,
      BackupItemProtectionState: 'Protected',
      ...policy,
    }),
    ...(failure === undefined
      ? [states('RecoveryPoint', 'CoreAzureBackup', { LatestRecoveryPointTime: azureTime(endMs) })]
      : []),
    states('StorageAssociation', 'AddonAzureBackupStorage', {
      StorageUniqueId: 'storage-weu',
      StorageConsumedInMBs: String(storedMegabytes + (13 - ago) * addedMegabytes),
    }),
  ];
}

function stateRow(table: string, operation: string, toldMs: number, columns: object): object {
  return { TimeGenerated: azureTime(toldMs), Type: table, OperationName: operation, ...columns, ...vault };
}
