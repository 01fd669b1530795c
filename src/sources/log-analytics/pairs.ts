import type { Row } from './query-answer.js';
import { sharedColumns } from './query-text.js';
import { instantMs } from './time-slice.js';

/** States of a backup that is running or ended well. Any other state is read record by record. */
const goodStates = new Set(['CREATING', 'ACTIVE', 'AVAILABLE']);

/** How many records a pair stands for; NaN if it does not say. */
export function recordsOfPair(row: Row): number {
  const records = row['Records'] ?? '';
  return records === '' ? Number.NaN : Number(records);
}

/** A begin and an end of one operation, or one of the two, which say only that the backup is running or ended well. */
export function isGoodPair(row: Row): boolean {
  const types = valuesOf(row['Types']);
  const states = valuesOf(row['States']);
  const records = recordsOfPair(row);
  if (types === null || states === null || types.length !== records) return false;
  const operations = new Set(types.map((type) => type.slice(0, type.lastIndexOf('.'))));
  if (operations.size !== 1 || !types.every((type) => isBegin(type) || isEnd(type))) return false;
  if (!states.every((state) => goodStates.has(state))) return false;
  // An end has one word for its result; without it, the event reader must judge.
  const ended = states.filter((state) => state !== 'CREATING');
  if (types.some(isEnd) ? ended.length !== 1 : ended.length > 0) return false;
  if (timesOf(row).length === 0) return false;
  return sharedColumns.every((name) => (valuesOf(row[name])?.length ?? 2) <= 1);
}

/** The rows as a query for records would return them, without what pairs lack: ids and content of the events. */
export function rowsOfPair(row: Row): Row[] {
  const shared = Object.fromEntries(
    ['databaseId', 'timeCreated', ...sharedColumns].flatMap((name) =>
      (valuesOf(row[name]) ?? []).map((value) => [name, value] as const),
    ),
  );
  const ended = (valuesOf(row['States']) ?? []).find((state) => state !== 'CREATING');
  const times = timesOf(row);
  return (valuesOf(row['Types']) ?? []).map((type): Row => ({
    ...shared,
    'Event Type': type,
    'Event Start Time': isEnd(type) ? times.at(-1) : times[0],
    LifecycleState: isEnd(type) ? ended : 'CREATING',
  }));
}

/** When its events happened, as the service writes it, the first one first; none unless there is one for each. */
function timesOf(row: Row): readonly (string | number)[] {
  const value = row['Times'];
  const values = typeof value === 'number' ? [value] : (valuesOf(value) ?? []);
  const times = values.map((each) => ({ each, ms: instantMs(each) }));
  if (times.length !== recordsOfPair(row) || times.some(({ ms }) => Number.isNaN(ms))) return [];
  return times.sort((a, b) => a.ms - b.ms).map(({ each }) => each);
}

/** A list, one value or none; null for text that may contain several values. */
function valuesOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value.map(String);
  const text = String(value);
  if (text.startsWith('[')) return listOf(text);
  return text.includes(',') ? null : [text];
}

/** A list that came as text; null if it is something else. */
function listOf(text: string): readonly string[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(String) : null;
  } catch {
    return null;
  }
}

function isBegin(type: string): boolean {
  return /\.begin$/i.test(type);
}

function isEnd(type: string): boolean {
  return /\.end$/i.test(type);
}
