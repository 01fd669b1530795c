import { toIso } from '../../base/instants.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';

/** The tables of both schemas: learn.microsoft.com, backup/backup-azure-reports-data-model */
export type AzureTable =
  | 'AddonAzureBackupJobs'
  | 'AddonAzureBackupAlerts'
  | 'AddonAzureBackupPolicy'
  | 'AddonAzureBackupProtectedInstance'
  | 'AddonAzureBackupStorage'
  | 'CoreAzureBackup'
  | 'AzureDiagnostics';

/** Rows of a table that are asked for together. */
export interface TablePart {
  readonly table: AzureTable;
  /** Lines of KQL; none: all of the table is about backups. */
  readonly filters: readonly string[];
  /** `events` come when something happens; `states` at least once a day. */
  readonly rows: 'events' | 'states';
}

/**
 * AzureDiagnostics holds what many services send, and lacks each column that no row ever filled: to name it is an error.
 * Its rows of schema V1, which repeat those of V2, are read, too: what is left out of a report is counted in it.
 */
const ofBackups = '| where column_ifexists("Category", "") == "AzureBackupReport"';
const operation = 'column_ifexists("OperationName", "")';
const eventNames = '("Job", "Alert")';

export const tableParts: readonly TablePart[] = [
  { table: 'AddonAzureBackupJobs', filters: [], rows: 'events' },
  { table: 'AddonAzureBackupAlerts', filters: [], rows: 'events' },
  { table: 'CoreAzureBackup', filters: [], rows: 'states' },
  { table: 'AddonAzureBackupPolicy', filters: [], rows: 'states' },
  { table: 'AddonAzureBackupProtectedInstance', filters: [], rows: 'states' },
  { table: 'AddonAzureBackupStorage', filters: [], rows: 'states' },
  {
    table: 'AzureDiagnostics',
    filters: [ofBackups, `| where ${operation} in ${eventNames}`],
    rows: 'events',
  },
  {
    table: 'AzureDiagnostics',
    filters: [ofBackups, `| where ${operation} !in ${eventNames}`],
    rows: 'states',
  },
];

/** By TimeGenerated alone, its end not included: which rows belong to a day is for the rules to say, which know when a job ended. */
export function rowsQuery({ table, filters }: TablePart, { fromMs, toMs }: TimeSlice): string {
  const times = `| where TimeGenerated >= datetime(${toIso(fromMs)}) and TimeGenerated < datetime(${toIso(toMs)})`;
  return [table, times, ...filters].join('\n');
}

export function rowCountQuery(part: TablePart, slice: TimeSlice): string {
  return `${rowsQuery(part, slice)}\n| summarize Rows = count()`;
}

export function newestQuery(part: TablePart, slice: TimeSlice): string {
  return `${rowsQuery(part, slice)}\n| summarize Rows = count(), Newest = max(TimeGenerated)`;
}

/** The query as the request of a source shows it: without its times. */
export function workspacesInWords(workspaces: readonly string[]): string {
  const tables = [...new Set(tableParts.map(({ table }) => table))];
  const where = workspaces.length === 1 ? 'workspace' : 'workspaces';
  return `${tables.join(', ')} by TimeGenerated [${where} ${workspaces.join(', ')}]`;
}
