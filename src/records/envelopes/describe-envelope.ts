import { isDataSafeEvent, isDataSafeRecord } from '../data-safe/record-shape.js';
import { type JsonObject, isJsonObject, objectIn } from '../json.js';
import { isAzureRow } from '../azure/azure-row.js';
import { asDiagnosticLog } from '../azure/diagnostic-log.js';
import { isQueryAnswer } from '../azure/query-answer.js';
import { isOracleEvent, looksLikeEvent } from './event-shape.js';
import { isLogAnalyticsRow, originalContentKeys } from './log-analytics-row.js';
import { isStreamMessage } from './stream-message.js';
import { contentOfText } from './text-content.js';
import { unwrapRecord } from './unwrap-record.js';

/** One item of a record, for a person who asks what it is. */
export interface DescribedItem {
  /** From outside to inside: `stream message, list of 2, OCI Events`; null where no form is known. */
  readonly envelope: string | null;
  /** As the event has it; null where there is none. */
  readonly eventType: string | null;
  /** As the event has it, in whatever form; null where there is none. */
  readonly time: string | null;
}

/** More wrappers than anybody would read the names of. */
const shownWrappers = 8;

const typeKeys = ['eventType', 'event-type', 'event_type', 'type', 'Event Type', 'eventtype'];
const timeKeys = ['eventTime', 'event-time', 'event_time', 'time', 'Event Start Time', 'auditEventTime'];
const ofOracleCloud = /^com\.oraclecloud\./i;

/**
 * Describes each item that `unwrapRecord` finds in a record, in the same order. It goes the way that unwrapping goes,
 * but asks it what holds an event, so that the two cannot disagree on what an item is.
 *
 * @throws RepeatedField, as unwrapRecord
 */
export function describeItems(value: unknown): readonly DescribedItem[] {
  const { found } = unwrapRecord(value);
  const around = found.length > 1 ? wrappersOf(value, found.length) : [];
  return found.map((item) => {
    const names = item.record === value ? wrappersOf(value) : [...around, ...wrappersOf(item.record)];
    const event = item.ok ? item.event : isJsonObject(item.record) ? item.record : {};
    return {
      envelope: names.length === 0 ? null : names.join(', '),
      eventType: fieldOf(event, typeKeys),
      time: fieldOf(event, timeKeys),
    };
  });
}

/** @param items stops where there is no way to so many of them together */
function wrappersOf(value: unknown, items = 1): string[] {
  const names: string[] = [];
  let at: unknown = value;
  while (at !== undefined) {
    const { name, inner } = stepInto(at, items);
    // A search of OCI Logging returns events of it.
    if (name !== null && name !== names.at(-1)) names.push(name);
    at = inner;
  }
  if (names.length <= shownWrappers) return names;
  return [...names.slice(0, shownWrappers - 1), '…', ...names.slice(-1)];
}

/** `inner` is undefined where the way ends. */
interface Step {
  readonly name: string | null;
  readonly inner?: unknown;
}

function stepInto(value: unknown, items: number): Step {
  if (typeof value === 'string') {
    const content = contentOfText(value);
    return content.kind === 'value' ? { name: null, inner: content.value } : { name: null };
  }
  if (Array.isArray(value)) return { name: `list of ${value.length}`, ...wayTo(items, value) };
  if (!isJsonObject(value)) return { name: null };
  if (isOracleEvent(value)) return { name: nameOfEvent(value) };
  if (isDataSafeRecord(value)) {
    return { name: isDataSafeEvent(value) ? 'Data Safe audit event' : 'Data Safe audit trail' };
  }
  if (isLogAnalyticsRow(value)) {
    return {
      name: 'Log Analytics row',
      ...wayTo(
        items,
        originalContentKeys.map((key) => value[key]),
      ),
    };
  }
  if (isAzureRow(value) || asDiagnosticLog(value) !== undefined) return { name: 'row of Azure Backup' };
  if (isQueryAnswer(value)) return { name: 'answer of Azure Monitor' };
  const way = wayTo(items, Object.values(value));
  const goesOn = way.inner !== undefined;
  if (isStreamMessage(value)) return { name: 'stream message', ...way };
  if (isSearchResult(value)) return { name: 'OCI Logging', ...way };
  if (looksLikeEvent(value)) return { name: nameOfEvent(value), ...way };
  if (!goesOn) return { name: null };
  // The list says enough of an answer that is nothing else.
  const key = Object.keys(value).find((each) => value[each] === way.inner) ?? '';
  return { name: Array.isArray(way.inner) ? null : `object under ${JSON.stringify(key)}`, ...way };
}

/** The one of several values that holds so many items, events among them. */
function wayTo(items: number, values: readonly unknown[]): { readonly inner?: unknown } {
  const inner = values.find((value) => holdsEvents(value, items));
  return inner === undefined ? {} : { inner };
}

function holdsEvents(value: unknown, items: number): boolean {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return false;
  const { found } = unwrapRecord(value);
  return found.length >= items && found.some(({ ok }) => ok);
}

/** What a search of OCI Logging returns: the entry under `logContent`, or below `data`. */
function isSearchResult(value: JsonObject): boolean {
  const { data } = value;
  return 'logContent' in value || (isJsonObject(data) && 'logContent' in data && !looksLikeEvent(value));
}

function nameOfEvent(event: JsonObject): string {
  const data = objectIn(event['data']);
  // Only Audit says who made the call, and how it was answered.
  const isAudit = data !== undefined && ('identity' in data || ('request' in data && 'response' in data));
  const isOfOracle = ofOracleCloud.test(fieldOf(event, typeKeys) ?? '');
  if ('specversion' in event && !('eventType' in event)) {
    const isOurs = 'oracle' in event || isOfOracle;
    if (!isOurs) return 'CloudEvents';
    return isAudit ? 'OCI Logging, OCI Audit' : 'OCI Logging';
  }
  if (isAudit) return 'OCI Audit';
  return isOfOracle ? 'OCI Events' : 'event';
}

function fieldOf(event: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const field = event[key];
    if (typeof field === 'string' || typeof field === 'number') return String(field);
  }
  return null;
}
