export type ColumnType = 'STRING' | 'INTEGER' | 'LONG' | 'TIMESTAMP';

export interface ColumnDefinition {
  readonly displayName: string;
  /** UNVERIFIED, but for `mbody`. Those of custom fields differ from tenancy to tenancy. */
  readonly internalName: string;
  readonly valueType: ColumnType;
}

interface ParsedColumn extends ColumnDefinition {
  readonly path: readonly string[];
}

export const originalContent: ColumnDefinition = {
  displayName: 'Original Log Content',
  internalName: 'mbody',
  valueType: 'STRING',
};
export const timeColumn: ColumnDefinition = {
  displayName: 'Time',
  internalName: 'time',
  valueType: 'TIMESTAMP',
};
export const logSource: ColumnDefinition = {
  displayName: 'Log Source',
  internalName: 'msrcid',
  valueType: 'STRING',
};

const details = ['data', 'additionalDetails'] as const;

/** Display name and path of every field that the parser of OCI_Backup_Event_Source fills. */
const paths: readonly (readonly [string, ...string[]])[] = [
  ['Event Type', 'eventType'],
  ['Datasource', 'source'],
  ['Event Start Time', 'eventTime'],
  ['Event ID', 'eventID'],
  ['Compartment ID', 'data', 'compartmentId'],
  ['Compartment Name', 'data', 'compartmentName'],
  ['OCI Resource Name', 'data', 'resourceName'],
  ['Status', ...details, 'status'],
  ['timeCreated', ...details, 'timeCreated'],
  ['timeUpdated', ...details, 'timeUpdated'],
  ['LifecycleState', ...details, 'lifecycleState'],
  ['DBUniqueName', ...details, 'dbUniqueName'],
  ['databaseId', ...details, 'databaseId'],
  ['dbSystemId', ...details, 'dbSystemId'],
  ['dbHomeId', ...details, 'dbHomeId'],
  ['dbVersion', ...details, 'dbVersion'],
  ['DatabaseEdition', ...details, 'databaseEdition'],
  ['isCdb', ...details, 'isCdb'],
  ['autoBackupEnabled', ...details, 'autoBackupsEnabled'],
  ['recoveryWindowInDays', ...details, 'recoveryWindow'],
  ['BackupDestinationType', ...details, 'backupDestinationType'],
  ['backupType', ...details, 'backupType'],
  ['backupState', ...details, 'backupState'],
  ['sourceType', ...details, 'sourceType'],
  ['volumeName', ...details, 'volumeName'],
  ['volumeId', ...details, 'volumeId'],
  ['additionalDetails', ...details],
];

export const parsedColumns: readonly ParsedColumn[] = paths.map(([displayName, ...path], index) => ({
  displayName,
  internalName: `udfs${index + 1}`,
  valueType: displayName === 'recoveryWindowInDays' ? 'INTEGER' : 'STRING',
  path,
}));

/** The fields by display name that an event has; objects as text. Whatever is no event gives none. */
export function parseColumns(event: unknown): Readonly<Record<string, unknown>> {
  const columns: Record<string, unknown> = {};
  for (const { displayName, valueType, path } of parsedColumns) {
    const value = valueAt(event, path);
    if (value === undefined || value === null) continue;
    columns[displayName] = valueType === 'INTEGER' ? Number(value) : asText(value);
  }
  return columns;
}

function valueAt(event: unknown, path: readonly string[]): unknown {
  let value = event;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
