import {
  logSource,
  originalContent,
  parsedColumns,
  timeColumn,
  type ColumnDefinition,
} from './backup-event-columns.js';
import type { LogEntry, LogStore, Matches } from './log-store.js';
import type { LinkColumn, ParsedQuery } from './query-language.js';

export type Row = Readonly<Record<string, unknown>>;

/** What a query found. Rows are made when they are asked for. */
export interface QueryResult {
  readonly columns: readonly ColumnDefinition[];
  /** Of rows that can be had; a count is one row. */
  readonly rowCount: number;
  /** Of records that match. */
  readonly matchedCount: number;
  readonly hidden: boolean;
  readonly rows: (from: number, to: number) => readonly Row[];
}

export function makeResult(
  query: ParsedQuery,
  matches: Matches,
  maxRows: number,
  logs: LogStore,
): QueryResult {
  const { entries, hidden } = matches;
  if (query.link !== null) return linkResult(query.link, matches, maxRows, logs);
  if (query.countAs !== null && query.countBy !== null) {
    return groupResult(query.countAs, query.countBy, matches, logs);
  }
  if (query.countAs !== null) return countResult(query.countAs, entries.length, hidden, logs);
  const columns = columnsOf(query, logs);
  const rowCount = Math.min(entries.length, maxRows);
  return {
    columns,
    rowCount,
    matchedCount: entries.length,
    hidden,
    rows: (from, to) =>
      entries.slice(from, Math.min(to, rowCount)).map((entry) => makeRow(entry, columns, logs)),
  };
}

/** One row for each value of the field; records without the field are not counted. */
function groupResult(name: string, field: string, { entries, hidden }: Matches, logs: LogStore): QueryResult {
  const counts = new Map<unknown, number>();
  for (const entry of entries) {
    const value = logs.fields(entry)[field];
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const rows = [...counts].map(([value, count]) => ({ [field]: value, [name]: count }));
  const columns = [field, name].map((each) => ({
    displayName: each,
    internalName: each,
    valueType: 'STRING' as const,
  }));
  return {
    columns,
    rowCount: rows.length,
    matchedCount: entries.length,
    hidden,
    rows: (from, to) => rows.slice(from, to),
  };
}

/**
 * Groups of records with the same values; a record without one of them is in no group. There are never more than
 * 500, as documented. UNVERIFIED: that the answer does not count those left out, and that several values of `unique`
 * come as a list.
 */
function linkResult(
  { by, columns }: NonNullable<ParsedQuery['link']>,
  { entries, hidden }: Matches,
  maxRows: number,
  logs: LogStore,
): QueryResult {
  const groups = new Map<string, Readonly<Record<string, unknown>>[]>();
  const mostRows = Math.min(maxRows, logs.profile.linkGroups);
  const isList = logs.profile.uniqueGives === 'list';
  for (const entry of [...entries].sort((a, b) => a.timeMs - b.timeMs)) {
    const fields = logs.fields(entry);
    if (by.some((field) => fields[field] === undefined)) continue;
    const key = JSON.stringify(by.map((field) => fields[field]));
    groups.set(key, [...(groups.get(key) ?? []), fields]);
  }
  const rows = [...groups.values()].map((records) => {
    const row: Record<string, unknown> = Object.fromEntries(by.map((field) => [field, records[0]?.[field]]));
    for (const column of columns) row[column.name] = summarise(column, records, isList);
    return row;
  });
  const names = [...by, ...columns.map(({ name }) => name)];
  return {
    columns: names.map((name) => ({ displayName: name, internalName: name, valueType: 'STRING' as const })),
    rowCount: Math.min(rows.length, mostRows),
    matchedCount: rows.length,
    hidden,
    rows: (from, to) => rows.slice(from, Math.min(to, mostRows)),
  };
}

/** @param records the oldest first */
function summarise(
  column: LinkColumn,
  records: readonly Readonly<Record<string, unknown>>[],
  isList: boolean,
): unknown {
  if (column.function === 'count') return records.length;
  const values = records.map((record) => record[column.field]).filter((value) => value !== undefined);
  if (column.function === 'earliest') return values[0];
  if (column.function === 'latest') return values.at(-1);
  const distinct = [...new Set(values)].sort();
  if (column.function === 'min') return distinct[0];
  if (column.function === 'max') return distinct.at(-1);
  return distinct.length > 1 || (isList && distinct.length === 1) ? distinct : distinct[0];
}

function countResult(name: string, count: number, hidden: boolean, logs: LogStore): QueryResult {
  const internalName = name === 'Count' ? 'count' : name;
  const column = { displayName: name, internalName, valueType: 'LONG' as const };
  const row = { [column[logs.keyRowsBy]]: count };
  return {
    columns: [column],
    rowCount: 1,
    matchedCount: count,
    hidden,
    rows: (from, to) => [row].slice(from, to),
  };
}

/**
 * UNVERIFIED: a query with `fields` answers those only. The service may always add some; a client that names all it
 * needs is right either way.
 */
function columnsOf(query: ParsedQuery, logs: LogStore): readonly ColumnDefinition[] {
  const standard = [originalContent, timeColumn, logSource, ...parsedColumns].filter(({ displayName }) =>
    logs.hasColumn(displayName),
  );
  const names = new Set(standard.map(({ displayName }) => displayName));
  const custom = [...logs.customFields]
    .filter((name) => !names.has(name))
    .map((name) => ({ displayName: name, internalName: name, valueType: 'STRING' as const }));
  return [...standard, ...custom].filter(
    ({ displayName }) =>
      (query.fields?.includes(displayName) ?? true) && !query.removedFields.includes(displayName),
  );
}

/** A field that the record does not have is left out. */
function makeRow(entry: LogEntry, columns: readonly ColumnDefinition[], logs: LogStore): Row {
  const fields = logs.fields(entry);
  const row: Record<string, unknown> = {};
  for (const column of columns) {
    const value = fields[column.displayName];
    if (value !== undefined) row[column[logs.keyRowsBy]] = value;
  }
  return row;
}

export function half({ rowCount }: QueryResult): number {
  return Math.floor(rowCount / 2);
}

export function firstRows(result: QueryResult, count: number): QueryResult {
  return { ...result, rowCount: count, rows: (from, to) => result.rows(from, Math.min(to, count)) };
}
