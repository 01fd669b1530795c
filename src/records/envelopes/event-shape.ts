import { type JsonObject, objectIn } from '../json.js';

const ofOracle = /^com\.oraclecloud\./i;
/** What an agent or an application wrote into a custom log: Logging's envelope around text that may be an event. */
const customLog = /^com\.oraclecloud\.logging\.custom\./i;

/** Whether it has the fields of every event of OCI Events, OCI Audit (`eventType`) or OCI Logging (CloudEvents 1.0). */
export function looksLikeEvent(value: JsonObject): boolean {
  return typeOf(value) !== undefined;
}

/**
 * Whether it is an event of Oracle's that stands for itself. Others may have been put around one: an envelope in the
 * form of CloudEvents, a custom log.
 */
export function isOracleEvent(value: JsonObject): boolean {
  const type = typeOf(value);
  if (type === undefined || !ofOracle.test(type) || customLog.test(type)) return false;
  const { data } = value;
  if (data === undefined || data === null) return 'data_base64' in value;
  const inner = objectIn(data);
  return inner === undefined || !looksLikeEvent(inner);
}

/** Whether an object without any such key is no event: asking for its keys, which are at hand, costs less. */
export function isTypeKey(key: string): boolean {
  return key === 'eventType' || key === 'event-type' || key === 'event_type' || key === 'type';
}

/** The service's command line writes `event-type`, its Python library `event_type`. */
function typeOf(value: JsonObject): string | undefined {
  const type = value['eventType'] ?? value['event-type'] ?? value['event_type'];
  if (typeof type === 'string') return type;
  if (typeof value['type'] !== 'string') return undefined;
  const isCloudEvent =
    'specversion' in value || 'cloudEventsVersion' in value || ('time' in value && 'data' in value);
  return isCloudEvent ? value['type'] : undefined;
}

/** Whether two events have the same id and type. */
export function isSameEvent(a: JsonObject, b: JsonObject): boolean {
  const id = idOf(a);
  return id !== undefined && id === idOf(b) && typeOf(a)?.toLowerCase() === typeOf(b)?.toLowerCase();
}

function idOf(event: JsonObject): unknown {
  return event['eventID'] ?? event['eventId'] ?? event['id'] ?? undefined;
}

/** Whether its own fields are something like a type and a time: it may be an event in a form that is not known. */
export function couldBeEvent(value: JsonObject): boolean {
  let hasType = false;
  let hasTime = false;
  for (const [key, field] of Object.entries(value)) {
    if (typeof field !== 'string' && typeof field !== 'number') continue;
    hasType ||= typeof field === 'string' && field !== '' && /type$/i.test(key);
    hasTime ||= /time|date|stamp|^ts$/i.test(key) && looksLikeTime(field);
    if (hasType && hasTime) return true;
  }
  return false;
}

function looksLikeTime(field: string | number): boolean {
  if (typeof field === 'number') return field >= 1e9;
  return /^\s*(?:\d{4}-\d\d-\d\d|\d\d?\/\d\d?\/\d{4}|\d{10,19}\s*$)/.test(field);
}
