import { isDeeperThan } from '../../base/nesting.js';
import { besideAzureRow, isAzureRow } from '../azure/azure-row.js';
import { asDiagnosticLog } from '../azure/diagnostic-log.js';
import { errorOfAnswer, isQueryAnswer, rowsOfAnswer, wordsOfError } from '../azure/query-answer.js';
import { isDataSafeKey, withDataSafeNames } from '../data-safe/own-fields.js';
import { isDataSafeRecord } from '../data-safe/record-shape.js';
import { type JsonObject, isJsonObject } from '../json.js';
import { couldBeEvent, isOracleEvent, isSameEvent, looksLikeEvent } from './event-shape.js';
import { hasForeignKeys, isEventKey } from './event-keys.js';
import {
  eventFromColumns,
  hasEventColumns,
  isLogAnalyticsRow,
  originalContentKeys,
} from './log-analytics-row.js';
import { normalEvent } from './normal-event.js';
import { partialReason } from './partial-answer.js';
import { reasonToRefuse } from './refuse.js';
import { isEmptyAnswer, isListKey, isOwnKey, onlyListOf } from './service-answer.js';
import { contentOfText } from './text-content.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/**
 * What was found in one record as read: an event, or the reason why there is none. `record` is what to keep as
 * evidence.
 */
export type Unwrapped =
  | { readonly ok: true; readonly event: JsonObject; readonly record: unknown }
  | { readonly ok: false; readonly reason: string; readonly record: unknown };

/** All that one record as read holds. */
export interface UnwrappedRecord {
  /** Empty only where the record is an empty list, or the answer of a service that found nothing. */
  readonly found: readonly Unwrapped[];
  /** Keys beside the events that hold none: forwarders add `@timestamp`, `host`, `tags`. */
  readonly passedOver: readonly string[];
}

/** Far deeper than any chain of forwarders, far less than the stack holds. A text in a text is one level. */
const maxWrappers = 64;
/** Far deeper than any event: what is deeper cannot be cleaned, written or read by everybody. */
export const maxEventLevels = 200;

/**
 * Finds every event in a parsed record, however it is wrapped: in lists, under keys, as JSON text or base64 of it, in a
 * message of a stream, a log entry, a Log Analytics row, or an answer of a service. Never drops anything that could be
 * an event: what is not understood is returned with a reason. Beside events, what cannot be one is passed over, and
 * its keys are told.
 */
export function unwrapRecord(value: unknown): UnwrappedRecord {
  const look = lookInto(value, 0);
  if (look.kind === 'events') return look;
  const list = listOf(value);
  if (list !== undefined && list.length > 0) {
    return { found: list.map((each) => refuse(each, lookInto(each, 1).reason)), passedOver: noKeys };
  }
  return { found: look.kind === 'empty' ? [] : [refuse(value, look.reason)], passedOver: noKeys };
}

/** The list that a record is; undefined where it is more than a list. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) && !couldBeEvent(value) ? onlyListOf(value) : undefined;
}

/** What looking into a value finds. `doubtful`: no event that can be read, but perhaps one that cannot. */
type Look = Events | { readonly kind: 'doubtful' | 'empty' | 'nothing'; readonly reason?: string };

interface Events extends UnwrappedRecord {
  readonly kind: 'events';
  readonly reason?: undefined;
}

const nothing: Look = { kind: 'nothing' };
const unknownForm = reasonWords('leftOver');
const cutOffText = reasonWords('textCutOffEvent');
const noKeys: readonly string[] = [];

function lookInto(value: unknown, depth: number): Look {
  const look = lookAt(value, depth);
  if (look.kind !== 'events' || Array.isArray(value)) return look;
  const [first] = look.found;
  // With one event in a wrapper, the wrapper is the record as read. With several, each event is its own record.
  if (first === undefined || look.found.length > 1 || first.record === value) return look;
  return { ...look, found: [{ ...first, record: value }] };
}

function lookAt(value: unknown, depth: number): Look {
  if (typeof value === 'string') return lookIntoText(value, depth);
  if (typeof value !== 'object' || value === null) return nothing;
  if (depth > maxWrappers) {
    return { kind: 'doubtful', reason: reasonWords('wrappedTooDeep', { levels: maxWrappers }) };
  }
  if (Array.isArray(value)) return lookIntoList(value, depth);
  if (!isJsonObject(value)) return nothing;
  if (isOracleEvent(value)) {
    const itself = oneEvent(normalEvent(value), value);
    return hasForeignKeys(value) ? lookBeside(itself, value, depth, isEventKey) : itself;
  }
  if (isDataSafeRecord(value)) {
    return lookBeside(oneEvent(withDataSafeNames(value), value), value, depth, isDataSafeKey(value));
  }
  if (isLogAnalyticsRow(value)) return lookIntoRow(value, depth);
  if (isAzureRow(value)) return lookBesideRow(oneEvent(value, value), value, depth);
  if (isQueryAnswer(value)) return lookIntoAnswer(value, depth);
  const logLine = asDiagnosticLog(value);
  if (logLine !== undefined) return lookBesideRow(oneEvent(logLine, value), logLine, depth);
  const look = lookIntoFields(value, depth);
  const isItself = look.kind !== 'events' && look.reason === undefined && looksLikeEvent(value);
  return isItself ? oneEvent(normalEvent(value), value) : look;
}

function oneEvent(event: JsonObject, record: JsonObject): Events {
  const found: Unwrapped = isDeeperThan(event, maxEventLevels)
    ? refuse(record, reasonWords('nestedTooDeep', { levels: maxEventLevels }))
    : { ok: true, event, record };
  return { kind: 'events', found: [found], passedOver: noKeys };
}

/** A forwarder may have put its own keys into the event, even other events; the text of the same one is none. */
function lookBeside(
  itself: Events,
  value: JsonObject,
  depth: number,
  isOwn: (key: string) => boolean,
): Events {
  const [own] = itself.found;
  const beside = Object.entries(value).filter(([key]) => !isOwn(key));
  if (beside.length === 0) return itself;
  const { found, passedOver } = lookIntoEach(beside, depth);
  const others = found.filter((each) => !(each.ok && own?.ok === true && isSameEvent(each.event, own.event)));
  return { kind: 'events', found: [...itself.found, ...others], passedOver };
}

/** A row of Azure Backup stands for itself; what else is in it may hold events. */
function lookBesideRow(itself: Events, value: JsonObject, depth: number): Events {
  const beside = besideAzureRow(value);
  if (beside.length === 0) return itself;
  const { found, passedOver } = lookIntoEach(beside, depth);
  return { kind: 'events', found: [...itself.found, ...found], passedOver };
}

/** The rows of an answer of Azure Monitor. An error beside them says that they are not all. */
function lookIntoAnswer(value: JsonObject, depth: number): Look {
  const found: Unwrapped[] = [];
  const passedOver: string[] = [];
  for (const row of rowsOfAnswer(value)) {
    const look = lookInto(row, depth + 1);
    if (look.kind === 'events') append(look, found, passedOver);
    else found.push(refuse(row, reasonWords('answerRowUnknown')));
  }
  const { tables: _, partialTables: _rows, ...others } = value;
  const error = errorOfAnswer(value);
  if (error !== undefined)
    found.push(refuse(others, reasonWords('answerError', { why: wordsOfError(error) })));
  else {
    const partial = partialReason(others);
    if (partial !== undefined) found.push(refuse(others, partial));
  }
  return found.length === 0 ? { kind: 'empty' } : { kind: 'events', found, passedOver };
}

function lookIntoText(text: string, depth: number): Look {
  const content = contentOfText(text);
  if (content.kind !== 'value') {
    return content.kind === 'nothing' ? nothing : { kind: 'doubtful', reason: cutOffText };
  }
  const look = lookInto(content.value, depth + 1);
  return look.kind === 'empty' ? nothing : look;
}

function lookIntoList(list: readonly unknown[], depth: number): Look {
  if (list.length === 0) return { kind: 'empty' };
  const looks = list.map((element) => lookInto(element, depth + 1));
  if (!looks.some(({ kind }) => kind === 'events')) {
    return looks.find(({ kind }) => kind === 'doubtful') ?? nothing;
  }
  const found: Unwrapped[] = [];
  const passedOver: string[] = [];
  for (const [index, look] of looks.entries()) {
    if (look.kind === 'events') append(look, found, passedOver);
    else found.push(refuse(list[index], look.reason));
  }
  return { kind: 'events', found, passedOver };
}

function lookIntoFields(value: JsonObject, depth: number): Look {
  const fields = lookIntoEach(Object.entries(value), depth);
  const partial = partialReason(value);
  if (fields.hasEvents) {
    if (partial !== undefined) fields.found.push(refuse(scalarsOf(value), partial));
    return { kind: 'events', found: fields.found, passedOver: fields.passedOver };
  }
  const reason = partial ?? fields.reason;
  if (reason !== undefined) return { kind: 'doubtful', reason };
  if (fields.isDoubtful || couldBeEvent(value)) return { kind: 'doubtful' };
  return isEmptyAnswer(value, (key) => fields.empty.has(key)) ? { kind: 'empty' } : nothing;
}

interface Fields {
  readonly hasEvents: boolean;
  readonly isDoubtful: boolean;
  /** Why one of them is doubtful, where that is known. */
  readonly reason: string | undefined;
  /** Events, then what is rejected where there are any. */
  readonly found: Unwrapped[];
  readonly passedOver: readonly string[];
  /** Keys of empty lists and answers. */
  readonly empty: ReadonlySet<string>;
}

function lookIntoEach(fields: readonly (readonly [string, unknown])[], depth: number): Fields {
  const found: Unwrapped[] = [];
  const passedOver: string[] = [];
  const leftOver: Unwrapped[] = [];
  const notEvents: Unwrapped[] = [];
  const empty = new Set<string>();
  let reason: string | undefined;
  for (const [key, field] of fields) {
    const look = lookInto(field, depth + 1);
    if (look.kind === 'events') {
      append(look, found, passedOver);
    } else if (look.kind === 'doubtful') {
      leftOver.push(refuse(Object.fromEntries([[key, field]]), look.reason ?? unknownForm));
      reason ??= look.reason;
    } else {
      if (look.kind === 'empty') empty.add(key);
      for (const each of objectsOfList(key, field)) notEvents.push(refuse(each));
      if (!isOwnKey(key)) passedOver.push(key);
    }
  }
  const hasEvents = found.length > 0;
  for (const each of leftOver) found.push(each);
  for (const each of notEvents) found.push(each);
  return { hasEvents, isDoubtful: leftOver.length > 0, reason, found, passedOver, empty };
}

/** A list under a known key is read, also where another one has the events. */
function objectsOfList(key: string, field: unknown): readonly unknown[] {
  return Array.isArray(field) && isListKey(key) ? field.filter(isJsonObject) : [];
}

/** Prefers the original content; uses the parsed columns where it is missing, cut off, or only partly readable. */
function lookIntoRow(row: JsonObject, depth: number): Look {
  const looks = originalContentKeys.map((key) => lookInto(row[key], depth + 1));
  const whole = looks.find((look) => look.kind === 'events' && look.found.every(({ ok }) => ok));
  if (whole !== undefined) return whole;
  if (hasEventColumns(row)) return oneEvent(eventFromColumns(row), row);
  return looks.find(({ kind }) => kind === 'events') ?? { kind: 'doubtful' };
}

function append(look: UnwrappedRecord, found: Unwrapped[], passedOver: string[]): void {
  for (const each of look.found) found.push(each);
  for (const key of look.passedOver) passedOver.push(key);
}

function scalarsOf(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field !== 'object'));
}

function refuse(record: unknown, reason = reasonToRefuse(record)): Unwrapped {
  return { ok: false, reason, record };
}
