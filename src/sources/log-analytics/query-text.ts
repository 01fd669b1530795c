import { auditColumnNames } from '../../records/envelopes/audit-columns.js';
import { ownLogSource, readFields } from '../../records/envelopes/log-analytics-fields.js';

/** Sufficient by themselves, and available in every tenancy. */
const contentColumns = ['Time', 'Original Log Content'] as const;

/**
 * Display names of the columns that a reading of the log source asks for: the record's time, the original content, from
 * which all others were parsed, and those others. Which parser another log source has is not known: it is asked for what
 * the public one has.
 */
export function eventColumns(logSource: string): readonly string[] {
  const parsed = readFields.filter(({ isOwn }) => isOwn !== true || logSource === ownLogSource);
  return [...contentColumns, ...parsed.map(({ column }) => column)];
}

/** Display names of the columns that a reading of records of Audit asks for: what identifies an event, and those of a call. */
const columnsOfAudit: readonly string[] = [
  ...new Set([
    ...contentColumns,
    'Event Type',
    'Event ID',
    'Event Start Time',
    'Compartment ID',
    'Compartment Name',
    'OCI Resource Name',
    'Status',
    ...auditColumnNames,
  ]),
];

/** Which records a reading is after: the columns that it asks for besides the original content. */
export type WantedRecords = 'backup-events' | 'audit';

/**
 * Allowed names of a log source. Oracle does not document how a quote within a literal is escaped, so a name that could
 * end its literal is refused, and no configured value can become part of the query.
 */
export const safeLogSource = /^[^'"\\|\p{Cc}]{1,255}$/u;

/** https://docs.oracle.com/iaas/log-analytics/doc/query-search.html */
export function selectQuery(logSource: string, wanted: WantedRecords = 'backup-events'): string {
  return `${filterOf(logSource)} | ${fields(wanted === 'audit' ? columnsOfAudit : eventColumns(logSource))}`;
}

/**
 * The queries for every record, each with fewer columns than the one before: for a tenancy that lacks some of the
 * parser's columns. The original content has the same, and more.
 *
 * @param known display names of the columns of backup events that exist; absent: not known
 */
export function selectQueries(
  logSource: string,
  known?: readonly string[],
  wanted: WantedRecords = 'backup-events',
): readonly string[] {
  const queries = withFewerColumns(logSource, filterOf(logSource), known);
  return wanted === 'audit' ? [selectQuery(logSource, wanted), ...queries.slice(-2)] : queries;
}

/** As selectQueries, for records that name no database: volumes, criticals and everything else. */
export function selectOthersQueries(logSource: string, known?: readonly string[]): readonly string[] {
  return withFewerColumns(logSource, `${filterOf(logSource)} and databaseId = null`, known);
}

function withFewerColumns(
  logSource: string,
  filter: string,
  known: readonly string[] | undefined,
): readonly string[] {
  const existing = eventColumns(logSource).filter((name) => known?.includes(name) ?? true);
  const selects = [existing, contentColumns].map((names) => `${filter} | ${fields(names)}`);
  // Without any name the service gives the columns that it thinks best.
  return [...(existing.length === 0 ? selects.slice(1) : selects), filter];
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
 * per pair, with the record times of its first and last record. Not `min` and `max`: they take numbers only.
 * https://docs.oracle.com/iaas/log-analytics/doc/link.html
 */
export function pairsQuery(logSource: string): string {
  const stats = [
    'count as Records',
    `unique('Event Type') as Types`,
    'unique(LifecycleState) as States',
    `unique('Event Start Time') as Times`,
    'earliest(Time) as First',
    'latest(Time) as Last',
    ...sharedColumns.map((name) => `unique(${quoted(name)}) as ${quoted(name)}`),
  ];
  return `${filterOf(logSource)} and databaseId != null | link databaseId, timeCreated | stats ${stats.join(', ')}`;
}

/** Records of databases that cannot be paired. */
export function countUnpairedQuery(logSource: string): string {
  return `${filterOf(logSource)} and databaseId != null and timeCreated = null | stats count as records`;
}

/** Records that name a database, any or this one: those that pairs stand for. Throws as selectDatabasesQuery. */
export function countDatabasesQuery(logSource: string, databaseId?: string): string {
  return `${filterOf(logSource)} and ${databaseFilter(databaseId)} | stats count as records`;
}

export function countOthersQuery(logSource: string): string {
  return `${filterOf(logSource)} and databaseId = null | stats count as records`;
}

/** Records of all databases, or of one. Throws RangeError for an id that cannot be quoted. */
export function selectDatabasesQuery(logSource: string, databaseId?: string): string {
  return `${filterOf(logSource)} and ${databaseFilter(databaseId)} | ${fields(eventColumns(logSource))}`;
}

function databaseFilter(databaseId: string | undefined): string {
  return databaseId === undefined ? 'databaseId != null' : `databaseId = ${quoted(databaseId)}`;
}

export function countQuery(logSource: string): string {
  return `${filterOf(logSource)} | stats count as records`;
}

export function eventTypesQuery(logSource: string): string {
  return `${filterOf(logSource)} | stats count as records by 'Event Type'`;
}

function fields(names: readonly string[]): string {
  return `fields ${names.map(quoted).join(', ')}`;
}

function filterOf(logSource: string): string {
  return `'Log Source' = ${quoted(logSource)}`;
}

function quoted(text: string): string {
  if (!safeLogSource.test(text)) throw new RangeError(`cannot be quoted in a query: ${JSON.stringify(text)}`);
  return `'${text}'`;
}
