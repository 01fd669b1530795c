/** Sufficient by themselves, and available in every tenancy. */
const contentColumns = ['Time', 'Original Log Content'] as const;

/**
 * Columns of the log source by display name: the record's time, and the original content, from which all others were
 * parsed.
 */
const columns = [
  ...contentColumns,
  'Event Type',
  'Event ID',
  'Event Start Time',
  'Compartment ID',
  'Compartment Name',
  'OCI Resource Name',
  'Status',
  'LifecycleState',
  'timeCreated',
  'DBUniqueName',
  'databaseId',
  'dbSystemId',
  'autoBackupEnabled',
  'recoveryWindowInDays',
  'BackupDestinationType',
  'backupType',
  'backupState',
  'sourceType',
  'volumeName',
  'volumeId',
  'additionalDetails',
] as const;

/**
 * Allowed names of a log source. Oracle does not document how a quote within a literal is escaped, so a name that could
 * end its literal is refused, and no configured value can become part of the query.
 */
export const safeLogSource = /^[^'"\\|\p{Cc}]{1,255}$/u;

/** https://docs.oracle.com/iaas/log-analytics/doc/query-search.html */
export function selectQuery(logSource: string): string {
  return `${filterOf(logSource)} | fields ${columns.map(quoted).join(', ')}`;
}

/** For a tenancy that lacks some of the parser's columns: the original content has the same, and more. */
export function selectContentQuery(logSource: string): string {
  return `${filterOf(logSource)} | fields ${contentColumns.map(quoted).join(', ')}`;
}

/** Attributes of a backup: if those of begin and end differ, the pair is read record by record. */
export const sharedColumns = [
  'Compartment ID',
  'Compartment Name',
  'DBUniqueName',
  'dbSystemId',
  'autoBackupEnabled',
  'recoveryWindowInDays',
  'BackupDestinationType',
  'backupType',
] as const;

/**
 * Pairs begin and end of database backups on the server: both have the database and the backup's creation time. One row
 * per pair. https://docs.oracle.com/iaas/log-analytics/doc/link.html
 */
export function pairsQuery(logSource: string): string {
  const stats = [
    'count as Records',
    `unique('Event Type') as Types`,
    'unique(LifecycleState) as States',
    `min('Event Start Time') as First`,
    `max('Event Start Time') as Last`,
    ...sharedColumns.map((name) => `unique(${quoted(name)}) as ${quoted(name)}`),
  ];
  return `${filterOf(logSource)} and databaseId != null | link databaseId, timeCreated | stats ${stats.join(', ')}`;
}

/** Records of databases that cannot be paired. */
export function countUnpairedQuery(logSource: string): string {
  return `${filterOf(logSource)} and databaseId != null and timeCreated = null | stats count as records`;
}

/** Records that name no database: volumes, criticals and everything else. */
export function selectOthersQuery(logSource: string): string {
  return `${filterOf(logSource)} and databaseId = null | fields ${columns.map(quoted).join(', ')}`;
}

/** Records of all databases, or of one. Throws RangeError for an id that cannot be quoted. */
export function selectDatabasesQuery(logSource: string, databaseId?: string): string {
  const filter = databaseId === undefined ? 'databaseId != null' : `databaseId = ${quoted(databaseId)}`;
  return `${filterOf(logSource)} and ${filter} | fields ${columns.map(quoted).join(', ')}`;
}

export function countQuery(logSource: string): string {
  return `${filterOf(logSource)} | stats count as records`;
}

export function eventTypesQuery(logSource: string): string {
  return `${filterOf(logSource)} | stats count as records by 'Event Type'`;
}

function filterOf(logSource: string): string {
  return `'Log Source' = ${quoted(logSource)}`;
}

function quoted(text: string): string {
  if (!safeLogSource.test(text)) throw new RangeError(`cannot be quoted in a query: ${JSON.stringify(text)}`);
  return `'${text}'`;
}
