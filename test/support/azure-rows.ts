/**
 * Rows of Azure Backup as Microsoft documents their tables, made up: learn.microsoft.com, azure-monitor/reference/tables
 * (AddonAzureBackupJobs, CoreAzureBackup, …), backup-azure-reports-data-model, backup-azure-diagnostics-mode-data-model.
 */

/** A row of the tables of one resource each: values by column, as the query API types them. */
export type TableRow = Readonly<Record<string, string | number | null>>;

export const vaultId =
  '/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/rg-demo/providers/Microsoft.RecoveryServices/vaults/rsv-demo';

const common = {
  SchemaVersion: 'V2',
  SourceSystem: 'Azure',
  VaultUniqueId: '1111111111111111111',
  ResourceId: vaultId,
};

/** Of `vm-app01` in the demo's container. */
export const itemId = (name: string): string => `westeurope;900001;${name}`;

/** @param start `2026-11-18T01:30:00Z` @param seconds null: the row has no duration */
export function jobRow(
  job: string,
  {
    item = 'vm-app01',
    start = '2026-11-18T01:30:00Z',
    seconds = 1200,
    status = 'Completed',
    generated = '2026-11-18T03:20:40.7654321Z',
    ...more
  }: {
    readonly item?: string;
    readonly start?: string;
    readonly seconds?: number | null;
    readonly status?: string;
    readonly generated?: string;
    readonly [column: string]: string | number | null | undefined;
  } = {},
): TableRow {
  const columns = {
    TimeGenerated: generated,
    Type: 'AddonAzureBackupJobs',
    Category: 'AddonAzureBackupJobs',
    OperationName: 'Job',
    JobUniqueId: `6d0c0000-0000-4000-8000-${job.padStart(12, '0')}`,
    JobOperation: 'Backup',
    JobOperationSubType: '',
    JobStatus: status,
    JobFailureCode: status === 'Completed' ? 'Success' : '',
    JobStartDateTime: start,
    JobDurationInSecs: seconds,
    DataTransferredInMB: 20480.5,
    AdHocOrScheduledJob: 'Scheduled',
    BackupManagementType: 'IaaSVM',
    BackupItemUniqueId: itemId(item),
    State: 'Active',
    ...common,
    ...more,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as TableRow;
}

/** A row of CoreAzureBackup or of a table beside it. */
export function stateRow(table: string, operation: string, columns: TableRow): TableRow {
  return {
    TimeGenerated: '2026-11-18T05:00:00.1234567Z',
    Type: table,
    Category: table,
    OperationName: operation,
    State: 'Active',
    ...common,
    ...columns,
  };
}

/** As a source reads it from a workspace. */
export function asRead(row: TableRow): unknown {
  return { table: row['Type'], workspace: '00000000-0000-0000-0000-0000000000ff', row: withoutEmpty(row) };
}

/** As the command line of Azure prints it: every value as text. */
export function asPrinted(row: TableRow): unknown {
  const texts = Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]);
  return { TableName: 'PrimaryResult', ...Object.fromEntries(texts) };
}

/** As the query API answers. */
export function asAnswer(rows: readonly TableRow[], more: Readonly<Record<string, unknown>> = {}): unknown {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({
    name,
    type: typeof rows[0]?.[name] === 'number' ? 'real' : 'string',
  }));
  const cells = rows.map((row) => names.map((name) => row[name] ?? null));
  return { tables: [{ name: 'PrimaryResult', columns, rows: cells }], ...more };
}

/** A line of the log that a diagnostic setting writes into a storage account. */
export function asLogLine(row: TableRow): unknown {
  const { TimeGenerated: time, OperationName: operationName, Category: category, ...others } = row;
  const { ResourceId, Type: _, ...properties } = others;
  return { time, resourceId: String(ResourceId).toUpperCase(), operationName, category, properties };
}

const guidColumns = new Set(['JobUniqueId', 'PolicyUniqueId']);
const sharedColumns = new Set(['TimeGenerated', 'OperationName', 'SourceSystem', 'ResourceId']);

/** The same in the table of diagnostics that many services share: names end in the type, nearly all values are text. */
export function asDiagnostics(row: TableRow, schema = 'V2'): TableRow {
  const columns = Object.entries(row).flatMap(([name, value]): [string, string | number | null][] => {
    if (name === 'Type' || name === 'Category') return [];
    if (sharedColumns.has(name)) return [[name, value]];
    const text = value === null || value === '' ? null : String(value);
    if (text === null) return [];
    const written = name.endsWith('DateTime') ? text.replace('T', ' ') : text;
    return [[`${name}_${guidColumns.has(name) ? 'g' : 's'}`, written]];
  });
  return {
    ...Object.fromEntries(columns),
    Type: 'AzureDiagnostics',
    Category: 'AzureBackupReport',
    SchemaVersion_s: schema,
    EventName_s: 'AzureBackupCentralReport',
    Resource: 'RSV-DEMO',
  };
}

function withoutEmpty(row: TableRow): TableRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== ''));
}
