import type { Doubt, QueryAnswer, Row, TimeSlice } from './query-answer.js';
import type { QueryRunner } from './query-runner.js';
import {
  pairsQuery,
  safeLogSource,
  selectDatabasesQuery,
  selectOthersQuery,
  sharedColumns,
} from './query-text.js';

/** Above this number of databases whose pairs are not plainly good, it is cheaper to read the records of all. */
const maxDatabasesInFull = 20;

/** States of a backup that is running or ended well. Any other state is read record by record. */
const goodStates = new Set(['CREATING', 'ACTIVE', 'AVAILABLE']);

/**
 * Reads a slice by pairs made on the server. A pair that is not plainly a good backup (a failure, an unknown state, a
 * third record, differing attributes) is read record by record, without the original content: so all events of a backup
 * are identified by its database and creation time, whatever slice they are in, and verdicts and reasons are the same
 * as without pairs.
 */
export async function readPairs(
  runner: QueryRunner,
  logSource: string,
  slice: TimeSlice,
): Promise<QueryAnswer> {
  const pairs = await runner.run(pairsQuery(logSource), slice);
  const others = await runner.run(selectOthersQuery(logSource), slice);
  const unclear = new Set(
    pairs.rows.filter((row) => !isGoodPair(row)).map((row) => String(row['databaseId'])),
  );
  const inFull: QueryAnswer[] = [];
  let good = pairs.rows.filter((row) => !unclear.has(String(row['databaseId'])));
  if (unclear.size > maxDatabasesInFull || [...unclear].some((id) => !safeLogSource.test(id))) {
    good = [];
    inFull.push(await runner.run(selectDatabasesQuery(logSource), slice));
  } else {
    for (const id of unclear) inFull.push(await runner.run(selectDatabasesQuery(logSource, id), slice));
  }
  const parts = [pairs, others, ...inFull];
  const fullRows = inFull.flatMap(({ rows }) => rows).map(withoutContent);
  const paired = good.reduce((sum, row) => sum + Number(row['Records']), 0);
  return {
    rows: [...good.flatMap(rowsOfPair), ...fullRows, ...others.rows],
    records: paired + fullRows.length + others.rows.length,
    doubt: parts.map(({ doubt }) => doubt).find((each): each is Doubt => each !== null) ?? null,
    pages: parts.reduce((sum, part) => sum + part.pages, 0),
    requestIds: parts.flatMap(({ requestIds }) => requestIds),
    mode: 'pairs',
  };
}

/** A begin and an end of one operation, or one of the two, which say only that the backup is running or ended well. */
function isGoodPair(row: Row): boolean {
  const types = valuesOf(row['Types']);
  const states = valuesOf(row['States']);
  const records = Number(row['Records']);
  if (types === null || states === null || types.length !== records) return false;
  const operations = new Set(types.map((type) => type.slice(0, type.lastIndexOf('.'))));
  if (operations.size !== 1 || !types.every((type) => isBegin(type) || isEnd(type))) return false;
  if (!states.every((state) => goodStates.has(state))) return false;
  // An end has one word for its result; without it, the event reader must judge.
  const ended = states.filter((state) => state !== 'CREATING');
  if (types.some(isEnd) ? ended.length !== 1 : ended.length > 0) return false;
  return sharedColumns.every((name) => (valuesOf(row[name])?.length ?? 2) <= 1);
}

/** A list, one value or none; null for text that may contain several values. */
function valuesOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value.map(String);
  const text = String(value);
  return text.includes(',') ? null : [text];
}

/** The rows as a query for records would return them, without what pairs lack: ids and content of the events. */
function rowsOfPair(row: Row): Row[] {
  const shared = Object.fromEntries(
    ['databaseId', 'timeCreated', ...sharedColumns].flatMap((name) =>
      row[name] === undefined || row[name] === null ? [] : [[name, row[name]]],
    ),
  );
  const ended = (valuesOf(row['States']) ?? []).find((state) => state !== 'CREATING');
  return (valuesOf(row['Types']) ?? []).map((type): Row => ({
    ...shared,
    'Event Type': type,
    'Event Start Time': isEnd(type) ? row['Last'] : row['First'],
    LifecycleState: isEnd(type) ? ended : 'CREATING',
  }));
}

function withoutContent(row: Row): Row {
  const { 'Original Log Content': content, mbody, ...columns } = row;
  // A row without its parsed columns has nothing else.
  return columns['Event Type'] === undefined ? { ...columns, mbody: content ?? mbody } : columns;
}

function isBegin(type: string): boolean {
  return /\.begin$/i.test(type);
}

function isEnd(type: string): boolean {
  return /\.end$/i.test(type);
}
