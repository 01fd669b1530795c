import type { StoredRow } from './workspace.js';

const vault =
  '/subscriptions/00000000-0000-0000-0000-00000000000a/resourcegroups/rg-demo/providers/microsoft.recoveryservices/vaults/rsv-demo';
const vaultId = '1111111111111111111';

/** Rows of AddonAzureBackupJobs: learn.microsoft.com, azure-monitor/reference/tables/addonazurebackupjobs */
const jobOf = (
  time: string,
  number: string,
  what: readonly [operation: string, subType: string, status: string, code: string],
  start: string,
  [seconds, megabytes]: readonly [number, number],
  [adHoc, type, item]: readonly [string, string, string],
): StoredRow => ({
  TimeGenerated: time,
  JobUniqueId: `6d0c0000-0000-4000-8000-0000000000${number}`,
  OperationName: 'Job',
  Category: 'AddonAzureBackupJobs',
  SchemaVersion: 'V2',
  State: 'Active',
  JobOperation: what[0],
  JobOperationSubType: what[1],
  JobStatus: what[2],
  JobFailureCode: what[3],
  JobStartDateTime: start,
  JobDurationInSecs: seconds,
  DataTransferredInMB: megabytes,
  AdHocOrScheduledJob: adHoc,
  BackupManagementType: type,
  BackupItemUniqueId: `westeurope;900001;${item}`,
  VaultUniqueId: vaultId,
  ResourceId: vault,
});

const scheduled = ['Scheduled', 'IaaSVM', 'vm-app01'] as const;
const ofSql = ['Scheduled', 'AzureWorkload', 'sqldb-erp'] as const;

/** A day of a small estate: 18 November 2026. */
export const jobRows: readonly StoredRow[] = [
  jobOf(
    '2026-11-18T02:41:10.1234567Z',
    '01',
    ['Backup', '', 'InProgress', ''],
    '2026-11-18T01:30:00Z',
    [0, 0],
    scheduled,
  ),
  jobOf(
    '2026-11-18T03:20:40.7654321Z',
    '01',
    ['Backup', '', 'Completed', 'Success'],
    '2026-11-18T01:30:00Z',
    [5412.25, 20_480.5],
    scheduled,
  ),
  jobOf(
    '2026-11-18T03:21:02Z',
    '02',
    ['Backup', '', 'Failed', 'UserErrorGuestAgentStatusUnavailable'],
    '2026-11-18T01:45:00Z',
    [301, 0],
    ['Scheduled', 'IaaSVM', 'vm-app02'],
  ),
  jobOf(
    '2026-11-18T06:00:31Z',
    '03',
    ['Backup', 'Log', 'Completed', 'Success'],
    '2026-11-18T00:15:00Z',
    [9, 12.25],
    ofSql,
  ),
  jobOf(
    '2026-11-18T06:00:31Z',
    '04',
    ['Backup', 'Full', 'CompletedWithWarnings', 'UserErrorSQLNoSysadmin'],
    '2026-11-18T00:30:00Z',
    [1200, 8192],
    ofSql,
  ),
  jobOf(
    '2026-11-18T10:05:00Z',
    '05',
    ['CrossRegionRestore', '', 'Completed', 'Success'],
    '2026-11-18T09:00:00Z',
    [1800, 20_480],
    ['AdHoc', 'IaaSVM', 'vm-app01'],
  ),
  jobOf(
    '2026-11-18T11:00:00Z',
    '06',
    ['DeleteBackupData', '', 'Completed', 'Success'],
    '2026-11-18T10:58:00Z',
    [60, 0],
    ['AdHoc', 'IaaSVM', 'vm-old'],
  ),
  jobOf(
    '2026-11-18T12:00:00Z',
    '07',
    ['Backup', '', 'Cancelled', ''],
    '2026-11-18T11:00:00Z',
    [240, 0],
    ['AdHoc', 'MAB', 'ws01'],
  ),
];

const core = { Category: 'CoreAzureBackup', SchemaVersion: 'V2', State: 'Active', VaultUniqueId: vaultId };

export const itemRows: readonly StoredRow[] = [
  {
    ...core,
    TimeGenerated: '2026-11-17T20:00:00.5Z',
    OperationName: 'BackupItem',
    BackupItemUniqueId: 'westeurope;900001;vm-app01',
    BackupItemFriendlyName: 'vm-app01',
    BackupItemType: 'VM',
    BackupItemProtectionState: 'Protected',
    BackupManagementType: 'IaaSVM',
    PolicyUniqueId: 'p-1',
  },
  {
    ...core,
    TimeGenerated: '2026-11-17T20:00:01Z',
    OperationName: 'Vault',
    VaultName: 'rsv-demo',
    StorageReplicationType: 'GeoRedundant',
  },
];

/** The second row of the jobs, in AzureDiagnostics, and the same in the schema that came before. */
export const diagnosticsRows: readonly StoredRow[] = ['V2', 'V1'].map((version) => ({
  TimeGenerated: '2026-11-18T03:20:40.7654321Z',
  Category: 'AzureBackupReport',
  OperationName: 'Job',
  SchemaVersion_s: version,
  EventName_s: 'AzureBackupCentralReport',
  JobUniqueId_g: '6d0c0000-0000-4000-8000-000000000001',
  JobStatus_s: 'Completed',
  JobStartDateTime_s: '2026-11-18 01:30:00Z',
  JobDurationInSecs_s: '5412.25',
  BackupItemUniqueId_s: 'westeurope;900001;vm-app01',
  VaultUniqueId_s: vaultId,
  Resource: 'RSV-DEMO',
}));

/** What another service sends to the same table. */
export const strangeRow: StoredRow = {
  TimeGenerated: '2026-11-18T03:00:00Z',
  Category: 'AuditEvent',
  OperationName: 'SecretGet',
  Resource: 'KV-DEMO',
};
