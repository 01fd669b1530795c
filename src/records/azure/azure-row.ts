import { type JsonObject, isJsonObject, textIn } from '../json.js';
import { type AzureColumns, columnsOf } from './azure-columns.js';

/** One row of a table of Azure Backup, however it was written. */
export interface AzureRow {
  /** What the row tells of, as `Job`, `BackupItem`; a category that is not Azure Backup's where `isBackup` is false. */
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
    const name = key.toLowerCase();
    hasTime ||= name === 'timegenerated';
    isNamed ||= name === 'jobuniqueid' || name === 'jobuniqueid_g';
    isNamed ||= namingColumns.has(name) && isTable(textIn(value[key]));
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
  const isJob = columns.has('jobuniqueid') && category === '';
  const isBackup = own !== undefined || isShared || isJob;
  return {
    operation: isBackup ? operationOf(columns, own ?? 'Job') : category,
    isBackup,
    schema: columns.get('schemaversion')?.toUpperCase() ?? 'V2',
    columns,
  };
}

function operationOf(columns: AzureColumns, fallback: string): string {
  const told = columns.get('operationname');
  if (told !== undefined) return told;
  if (columns.has('jobuniqueid')) return 'Job';
  if (columns.has('alertuniqueid')) return 'Alert';
  return columns.has('latestrecoverypointtime') ? 'RecoveryPoint' : fallback;
}

function isTable(name: string | undefined): boolean {
  const key = name?.toLowerCase() ?? '';
  return tables.has(key) || key === sharedTable || key === sharedCategory;
}

/** One line of what a diagnostic setting writes into storage or to an event hub. */
function isDiagnosticLog(value: JsonObject): boolean {
  if (typeof value['category'] !== 'string' || !isJsonObject(value['properties'])) return false;
  return /^\/subscriptions\//i.test(textIn(value['resourceId']) ?? '') && 'time' in value;
}
