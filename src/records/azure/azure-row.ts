import { type JsonObject, isJsonObject, textIn } from '../json.js';
import { type AzureColumns, columnName, columnsOf } from './azure-columns.js';
import { isDiagnosticLog } from './diagnostic-log.js';

/** One row of a table of Azure Backup, however it was written. */
export interface AzureRow {
  /**
   * What the row tells of, as `Job`, `BackupItem`; empty: nothing says it. A category that is not Azure Backup's where
   * `isBackup` is false.
   */
  readonly operation: string;
  readonly isBackup: boolean;
  /** `V1`, `V2`; the tables of one resource each are V2. */
  readonly schema: string;
  readonly columns: AzureColumns;
}

/** Tables of the resource-specific schema; the category of a row has the same name. What they hold if nothing says it. */
const tables: ReadonlyMap<string, string> = new Map([
  ['addonazurebackupjobs', 'Job'],
  ['addonazurebackupalerts', 'Alert'],
  ['addonazurebackuppolicy', 'Policy'],
  ['addonazurebackupprotectedinstance', 'ProtectedInstance'],
  ['addonazurebackupstorage', 'Storage'],
  ['coreazurebackup', 'BackupItem'],
]);

/** The one category of Azure Backup in the table that many services share. */
const sharedTable = 'azurediagnostics';
const sharedCategory = 'azurebackupreport';

/** Columns that say which table a row is of. */
const namingColumns: ReadonlySet<string> = new Set(['type', 'category', 'tablename']);

/** Columns that no other service's rows have: what a row tells of has an id, whatever columns were asked for. */
const idColumns: ReadonlySet<string> = new Set([
  'jobuniqueid',
  'backupitemuniqueid',
  'alertuniqueid',
  'policyuniqueid',
  'storageuniqueid',
  'protectedcontaineruniqueid',
  'backupmanagementserveruniqueid',
  'vaultuniqueid',
]);

/** What a row tells of that does not say it, by a column that only such rows have; the first counts. */
const operationByColumn: readonly (readonly [column: string, operation: string])[] = [
  ['jobuniqueid', 'Job'],
  ['alertuniqueid', 'Alert'],
  ['latestrecoverypointtime', 'RecoveryPoint'],
];
/** The same where not even the table is known. */
const operationByOwnColumn: readonly (readonly [column: string, operation: string])[] = [
  ['policyname', 'Policy'],
  ['storageconsumedinmbs', 'StorageAssociation'],
  ['backupitemprotectionstate', 'BackupItem'],
];

/** Keys beside the row where a source says what it is of, and of a diagnostic log beside its properties. */
const ownKeys: ReadonlySet<string> = new Set(['table', 'workspace', 'row', 'properties']);
/** Columns of type dynamic: they hold what the service says of a job or a vault. */
const dynamicColumns: ReadonlySet<string> = new Set(['extendedproperties', 'vaulttags', 'additionalfields']);

/** Whether it is a row of a table of Azure Backup, or of the table of diagnostics in which these are. */
export function isAzureRow(value: JsonObject): boolean {
  if (typeof value['table'] === 'string' && isJsonObject(value['row'])) return isTable(value['table']);
  if (isDiagnosticLog(value)) return true;
  let hasTime = false;
  let isNamed = false;
  for (const key in value) {
    const name = columnName(key);
    hasTime ||= name === 'timegenerated';
    isNamed ||= idColumns.has(name) || (namingColumns.has(name) && isTable(textIn(value[key])));
  }
  return hasTime && isNamed;
}

/**
 * The row in its normal form.
 *
 * - what a source reads from a workspace: `{ table, workspace, row }`
 * - a row that was exported: an object with a key for each column
 * - a line of a vault's diagnostic log: `{ time, resourceId, operationName, category, properties }`
 */
export function azureRowOf(value: JsonObject): AzureRow {
  const { row, properties, table } = value;
  if (typeof table === 'string' && isJsonObject(row)) return normalRow(columnsOf(row), table);
  if (!isJsonObject(properties)) return normalRow(columnsOf(value), '');
  const { time, ...around } = value;
  return normalRow(columnsOf({ TimeGenerated: time }, properties, around), '');
}

/** The type that an ignored row is counted by: `azure.backup.vault`. */
export function typeOfAzureRow({ isBackup, operation }: AzureRow): string {
  return `azure.${isBackup ? 'backup' : 'other'}.${operation.toLowerCase()}`;
}

/** What is in a row beside its columns and may hold other records. */
export function besideAzureRow(value: JsonObject): readonly (readonly [string, unknown])[] {
  const isNested = isJsonObject(value['row']) || isJsonObject(value['properties']);
  return Object.entries(value).filter(([key, field]) => {
    if (typeof field !== 'object' || field === null) return false;
    return !(isNested && ownKeys.has(key)) && !dynamicColumns.has(key.toLowerCase());
  });
}

function normalRow(columns: AzureColumns, table: string): AzureRow {
  const category = columns.get('category') ?? '';
  const named = [table, columns.get('type') ?? '', category, columns.get('tablename') ?? ''];
  const own = named.map((each) => tables.get(each.toLowerCase())).find((each) => each !== undefined);
  const isShared = category.toLowerCase() === sharedCategory;
  const isBare = category === '' && [...idColumns].some((name) => columns.has(name));
  const isBackup = own !== undefined || isShared || isBare;
  return {
    operation: isBackup ? operationOf(columns, own ?? null) : category,
    isBackup,
    schema: columns.get('schemaversion')?.toUpperCase() ?? 'V2',
    columns,
  };
}

/** @param ofTable what rows of its table tell of; null: the table is not known */
function operationOf(columns: AzureColumns, ofTable: string | null): string {
  const told = columns.get('operationname');
  if (told !== undefined) return told;
  const byColumn = firstIn(operationByColumn, columns) ?? ofTable ?? firstIn(operationByOwnColumn, columns);
  return byColumn ?? '';
}

function firstIn(
  table: readonly (readonly [column: string, operation: string])[],
  columns: AzureColumns,
): string | undefined {
  return table.find(([column]) => columns.has(column))?.[1];
}

function isTable(name: string | undefined): boolean {
  const key = name?.toLowerCase() ?? '';
  return tables.has(key) || key === sharedTable || key === sharedCategory;
}
