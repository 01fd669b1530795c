import { type JsonObject, isJsonObject, parseJson, valueIn } from '../json.js';
import { looksLikeEvent } from './event-shape.js';
import { eventFromColumns, isLogAnalyticsRow, originalContentKeys } from './log-analytics-row.js';
import { isStreamMessage, streamText } from './stream-message.js';

/**
 * What was found in one record as read: an event, or the reason why there is none. `record` is what to keep as
 * evidence.
 */
export type Unwrapped =
  | { readonly ok: true; readonly event: JsonObject; readonly record: unknown }
  | { readonly ok: false; readonly reason: string; readonly record: unknown };

/** Keys under which services and exports put their lists, most preferred first. */
const listKeys = ['items', 'results', 'events', 'records', 'logs', 'messages', 'value', 'data'];

/**
 * Extracts the events from a parsed record: an event itself, a list, a list (or one event) under a key, an OCI Logging
 * search result, a stream message (base64 `value`), or a Log Analytics row. Never drops anything: what is not
 * understood is returned with a reason.
 */
export function unwrapRecord(value: unknown): readonly Unwrapped[] {
  if (isJsonObject(value) && looksLikeEvent(value)) return [{ ok: true, event: value, record: value }];
  if (Array.isArray(value)) return value.flatMap((element) => unwrapElement(element));
  if (!isJsonObject(value)) return [refuse(value, 'not a JSON object')];
  if (isWrapper(value)) return unwrapElement(value);
  return unwrapContainer(value) ?? unwrapElement(value);
}

/** An event, or one event in a service's wrapper. Lists under a key are recognised at the top level only. */
function unwrapElement(value: unknown): readonly Unwrapped[] {
  if (!isJsonObject(value)) return [refuse(value, 'not a JSON object')];
  if (looksLikeEvent(value)) return [{ ok: true, event: value, record: value }];
  if (isLogAnalyticsRow(value)) return unwrapLogAnalyticsRow(value);
  if (isStreamMessage(value)) return unwrapStreamMessage(value);
  const content = logContentOf(value);
  if (content !== undefined) return unwrapInner(value, valueIn(content));
  const onlyEvent = singleEventIn(value);
  if (onlyEvent !== undefined) return [{ ok: true, event: onlyEvent, record: value }];
  return [refuse(value, 'not an event: it has no event type')];
}

function isWrapper(value: JsonObject): boolean {
  return isLogAnalyticsRow(value) || isStreamMessage(value) || logContentOf(value) !== undefined;
}

/** An OCI Logging search returns `results[].data {datetime, logContent}`. */
function logContentOf(value: JsonObject): unknown {
  const data = value['data'];
  return value['logContent'] ?? (isJsonObject(data) ? data['logContent'] : undefined);
}

function unwrapContainer(value: JsonObject): readonly Unwrapped[] | undefined {
  const lists = Object.keys(value).filter((key) => Array.isArray(value[key]));
  const preferred = listKeys.find((key) => lists.includes(key));
  const key = preferred ?? (lists.length === 1 ? lists[0] : lists.find((name) => holdsEvents(value[name])));
  if (key === undefined) return undefined;
  const list = value[key];
  return Array.isArray(list) ? list.flatMap((element) => unwrapElement(element)) : undefined;
}

function holdsEvents(list: unknown): boolean {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isJsonObject(first) && (looksLikeEvent(first) || isWrapper(first));
}

function singleEventIn(value: JsonObject): JsonObject | undefined {
  const events = Object.values(value).filter(isJsonObject).filter(looksLikeEvent);
  return events.length === 1 ? events[0] : undefined;
}

function unwrapStreamMessage(message: JsonObject): readonly Unwrapped[] {
  const text = streamText(message);
  if (text === undefined)
    return [refuse(message, 'a stream message whose value is not base64 of UTF-8 text')];
  const inner = parseJson(text);
  if (inner === undefined) return [refuse(message, 'a stream message whose value is not JSON')];
  return unwrapInner(message, inner);
}

function unwrapInner(wrapper: JsonObject, inner: unknown): readonly Unwrapped[] {
  if (inner === undefined) return [refuse(wrapper, 'a log entry whose content is not JSON')];
  const found = unwrapRecord(inner);
  // With one event in the wrapper, the wrapper is the record as read. With several, each event is its own record.
  return found.length === 1 && found[0] !== undefined ? [{ ...found[0], record: wrapper }] : found;
}

/** Prefers the original content; uses the parsed columns where it is missing, cut off, or only partly readable. */
function unwrapLogAnalyticsRow(row: JsonObject): readonly Unwrapped[] {
  for (const key of originalContentKeys) {
    const content = valueIn(row[key]);
    if (!isJsonObject(content) && !Array.isArray(content)) continue;
    const found = unwrapInner(row, content);
    if (found.length > 0 && found.every((each) => each.ok)) return found;
  }
  if (typeof row['Event Type'] !== 'string') {
    return [refuse(row, 'a Log Analytics row with neither original content nor an event type')];
  }
  return [{ ok: true, event: eventFromColumns(row), record: row }];
}

function refuse(record: unknown, reason: string): Unwrapped {
  return { ok: false, reason, record };
}
