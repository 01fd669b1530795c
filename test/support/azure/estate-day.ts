import { itemId, jobRow, stateRow, type TableRow } from '../azure-rows.js';

export const azureDate = '2026-11-18';

const core = (operation: string, columns: TableRow): TableRow =>
  stateRow('CoreAzureBackup', operation, columns);

const item = (name: string, more: TableRow = {}): TableRow =>
  core('BackupItem', {
    BackupItemUniqueId: itemId(name),
    BackupItemFriendlyName: name.toUpperCase(),
    BackupItemType: 'VM',
    BackupManagementType: 'IaaSVM',
    BackupItemProtectionState: 'Protected',
    PolicyUniqueId: 'p-1',
    ...more,
  });

/** Rows by table, as a workspace holds them: 18 November 2026, with a job that two schemas and three rows tell of. */
export const azureDay: Readonly<Record<string, readonly TableRow[]>> = {
  AddonAzureBackupJobs: [
    jobRow('1', { status: 'InProgress', seconds: 0, generated: '2026-11-18T02:41:10.1234567Z' }),
    jobRow('1', { seconds: 5412.25 }),
    jobRow('2', {
      item: 'vm-app02',
      status: 'Failed',
      JobFailureCode: 'UserErrorGuestAgentStatusUnavailable',
    }),
    // It ended before the window of a report that looks back by a day.
    jobRow('3', { start: '2026-11-16T23:30:00Z', seconds: 60, generated: '2026-11-16T23:59:00Z' }),
  ],
  AddonAzureBackupAlerts: [],
  AddonAzureBackupPolicy: [
    stateRow('AddonAzureBackupPolicy', 'Policy', {
      PolicyUniqueId: 'p-1',
      PolicyName: 'daily-30',
      DailyRetentionDuration: '30',
    }),
  ],
  AddonAzureBackupStorage: [
    stateRow('AddonAzureBackupStorage', 'StorageAssociation', {
      BackupItemUniqueId: itemId('vm-app01'),
      StorageUniqueId: 's-1',
      StorageConsumedInMBs: '51200',
    }),
  ],
  CoreAzureBackup: [
    item('vm-app01'),
    item('vm-app02'),
    // Told once, 47 hours before the cut-off: vaults send the state of an item at least once a day.
    item('vm-app03', { TimeGenerated: '2026-11-17T01:00:00.1234567Z' }),
    core('RecoveryPoint', {
      BackupItemUniqueId: itemId('vm-app01'),
      LatestRecoveryPointTime: '2026-11-18T01:32:11Z',
    }),
    core('Vault', { VaultName: 'rsv-demo', StorageReplicationType: 'GeoRedundant' }),
  ],
};

/** The job that ended well, as a second diagnostic setting tells it, and as the schema that came before does. */
export const diagnosticsOfJob = jobRow('1', { seconds: 5412.25 });
