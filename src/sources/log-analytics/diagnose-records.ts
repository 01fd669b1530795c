import { durationInWords } from '../../base/english.js';
import type { Finding } from '../../ports/finding.js';
import type { Row } from './query-answer.js';
import { instantMs, recordTimeMs } from './time-slice.js';

const fieldsOfEveryEvent = ['Event Type', 'Event ID', 'Event Start Time'] as const;

/** Of an answer to `stats count by 'Event Type'`, whatever the service calls its columns. */
export function countedTypes(rows: readonly Row[]): ReadonlyMap<string, number> {
  const types = new Map<string, number>();
  for (const row of rows) {
    const values = Object.values(row);
    const type = values.find((value) => typeof value === 'string' && value.includes('.'));
    const count = values.map(Number).find((value) => Number.isInteger(value));
    if (typeof type === 'string') types.set(type, count ?? 0);
  }
  return types;
}

/** Of records, by their original content: for a tenancy that lacks the column. */
export function typesInContent(rows: readonly Row[]): ReadonlyMap<string, number> {
  const types = new Map<string, number>();
  for (const row of rows) {
    const type = contentOf(row)?.['eventType'];
    if (typeof type === 'string' && type !== '') types.set(type, (types.get(type) ?? 0) + 1);
  }
  return types;
}

function contentOf(row: Row): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(textOf(row));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function textOf(row: Row): string {
  const text = row['Original Log Content'] ?? row['mbody'];
  return typeof text === 'string' ? text : '';
}

/**
 * The fields that every event has; a parser without one of them reads something else.
 *
 * @param isReduced whether the service refused the columns, so that a run reads fewer
 */
export function fieldsFinding(rows: readonly Row[], isReduced: boolean): Finding {
  const check = 'parsed fields';
  if (isReduced) {
    const words = 'the tenancy lacks some of the columns; a run reads the original content instead';
    const advice = 'doctor --probe-service says which exist; without them aggregate: server cannot be used.';
    return { check, state: 'warning', words, advice };
  }
  const missing = fieldsOfEveryEvent.filter((field) => rows.every((row) => row[field] === undefined));
  if (missing.length === 0) {
    return { check, state: 'ok', words: fieldsOfEveryEvent.join(', '), advice: null };
  }
  const words = `no record has ${missing.join(', ')}`;
  const advice =
    'Compare the parser of the log source with the events; what it misses is read from the original content.';
  return { check, state: 'warning', words, advice };
}

export function contentFinding(rows: readonly Row[]): Finding {
  const check = 'original content';
  const without = rows.filter((row) => textOf(row) === '').length;
  if (without === 0) {
    return { check, state: 'ok', words: `${rows.length} records looked at, all with it`, advice: null };
  }
  const words = `${without} of ${rows.length} records come without their original content`;
  const advice =
    "Without it the backup's own OCID and the reason of a failure are missing: keep the original log content in the parser.";
  return { check, state: 'warning', words, advice };
}

/** A record that comes later than a run looks for it is never seen. Nothing where events do not tell their time. */
export function delayFinding(rows: readonly Row[], ingestionDelayMs: number): Finding[] {
  const check = 'ingestion';
  const delays = rows.map((row) => {
    const eventTime = row['Event Start Time'] ?? contentOf(row)?.['eventTime'];
    return recordTimeMs(row) - instantMs(eventTime);
  });
  const known = delays.filter((delay) => !Number.isNaN(delay));
  if (known.length === 0) return [];
  const longestMs = Math.max(0, ...known);
  const words = `the latest record came ${durationInWords(longestMs)} after its event`;
  if (longestMs <= ingestionDelayMs) return [{ check, state: 'ok', words, advice: null }];
  const late = known.filter((delay) => delay > ingestionDelayMs).length;
  const advice = `A run waits ${durationInWords(ingestionDelayMs)}: set ingestionDelay higher, unless these were loaded by hand.`;
  return [{ check, state: 'warning', words: `${words}; ${late} came too late`, advice }];
}
