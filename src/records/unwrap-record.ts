/** A JSON object, of which nothing else is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What one record as read turns out to hold: events, or the reason why none could be taken from it. */
export type Unwrapped =
  | {
      readonly ok: true;
      readonly event: JsonObject;
      /** What to keep as evidence. */ readonly record: unknown;
    }
  | { readonly ok: false; readonly reason: string; readonly record: unknown };

/** Keys under which services and exports put their lists, best first. */
const listKeys = ['items', 'results', 'events', 'records', 'logs', 'messages', 'value', 'data'];

/** Display names of the Log Analytics log source `OCI_Backup_Event_Source`, and the internal name. */
const originalContentKeys = ['Original Log Content', 'mbody'];

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Takes the events out of a parsed record: an event itself, a list, a list (or one event) under a key, an OCI
 * Logging search result, a stream message (base64 `value`), or a Log Analytics row. Never drops anything: what is
 * not understood comes back with a reason.
 */
export function unwrapRecord(value: unknown): readonly Unwrapped[] {
  if (isJsonObject(value) && looksLikeEvent(value)) return [{ ok: true, event: value, record: value }];
  if (Array.isArray(value)) return value.flatMap((element) => unwrapElement(element));
  if (!isJsonObject(value)) return [refuse(value, 'not a JSON object')];
  if (isWrapper(value)) return unwrapElement(value);
  return unwrapContainer(value) ?? unwrapElement(value);
}

/** An event, or one event in a wrapper of a service. Lists under a key are looked for at the top only. */
function unwrapElement(value: unknown): readonly Unwrapped[] {
  if (!isJsonObject(value)) return [refuse(value, 'not a JSON object')];
  if (looksLikeEvent(value)) return [{ ok: true, event: value, record: value }];
  if (isLogAnalyticsRow(value)) return unwrapLogAnalyticsRow(value);
  if (isStreamMessage(value)) return unwrapStreamMessage(value);
  const content = logContentOf(value);
  if (content !== undefined)
    return unwrapInner(value, typeof content === 'string' ? parseJson(content) : content);
  const onlyEvent = singleEventIn(value);
  if (onlyEvent !== undefined) return [{ ok: true, event: onlyEvent, record: value }];
  return [refuse(value, 'not an event: it has no event type')];
}

export function looksLikeEvent(value: JsonObject): boolean {
  if (typeof value['eventType'] === 'string') return true;
  return (
    typeof value['type'] === 'string' &&
    ('specversion' in value || 'cloudEventsVersion' in value || ('time' in value && 'data' in value))
  );
}

function isWrapper(value: JsonObject): boolean {
  return isLogAnalyticsRow(value) || isStreamMessage(value) || logContentOf(value) !== undefined;
}

/** A search of OCI Logging answers `results[].data {datetime, logContent}`. */
function logContentOf(value: JsonObject): unknown {
  const data = value['data'];
  return value['logContent'] ?? (isJsonObject(data) ? data['logContent'] : undefined);
}

function isLogAnalyticsRow(value: JsonObject): boolean {
  return 'Event Type' in value || originalContentKeys.some((key) => key in value);
}

function isStreamMessage(value: JsonObject): boolean {
  return (
    typeof value['value'] === 'string' && ('offset' in value || 'partition' in value || 'stream' in value)
  );
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
  const text = decodeBase64(String(message['value']));
  if (text === undefined)
    return [refuse(message, 'a stream message whose value is not base64 of UTF-8 text')];
  const inner = parseJson(text);
  if (inner === undefined) return [refuse(message, 'a stream message whose value is not JSON')];
  return unwrapInner(message, inner);
}

function unwrapInner(wrapper: JsonObject, inner: unknown): readonly Unwrapped[] {
  if (inner === undefined) return [refuse(wrapper, 'a log entry whose content is not JSON')];
  const found = unwrapRecord(inner);
  // One event in one wrapper: the wrapper is the record as read. Several: each stands for itself.
  return found.length === 1 && found[0] !== undefined ? [{ ...found[0], record: wrapper }] : found;
}

/** The original content first; the parsed columns where it is missing or was cut off. */
function unwrapLogAnalyticsRow(row: JsonObject): readonly Unwrapped[] {
  for (const key of originalContentKeys) {
    const content = row[key];
    const inner = typeof content === 'string' ? parseJson(content) : content;
    if (isJsonObject(inner) || Array.isArray(inner)) {
      const found = unwrapInner(row, inner);
      if (found.length > 0 && found.every((each) => each.ok)) return found;
    }
  }
  if (typeof row['Event Type'] !== 'string') {
    return [refuse(row, 'a Log Analytics row with neither original content nor an event type')];
  }
  return [{ ok: true, event: eventFromColumns(row), record: row }];
}

/** Columns of the log source, by display name, back in the shape of the event that they were parsed from. */
function eventFromColumns(row: JsonObject): JsonObject {
  const whole = row['additionalDetails'];
  const details = typeof whole === 'string' ? parseJson(whole) : whole;
  return {
    eventType: row['Event Type'],
    eventID: row['Event ID'],
    eventTime: row['Event Start Time'],
    data: {
      compartmentId: row['Compartment ID'],
      compartmentName: row['Compartment Name'],
      resourceName: row['OCI Resource Name'],
      additionalDetails: {
        status: row['Status'],
        lifecycleState: row['LifecycleState'],
        timeCreated: row['timeCreated'],
        dbUniqueName: row['DBUniqueName'],
        databaseId: row['databaseId'],
        dbSystemId: row['dbSystemId'],
        autoBackupsEnabled: row['autoBackupEnabled'],
        recoveryWindow: row['recoveryWindowInDays'],
        backupDestinationType: row['BackupDestinationType'],
        backupType: row['backupType'],
        backupState: row['backupState'],
        sourceType: row['sourceType'],
        volumeName: row['volumeName'],
        volumeId: row['volumeId'],
        ...(isJsonObject(details) ? details : {}),
      },
    },
  };
}

/** The parsed value, or undefined: JSON text never means undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decodeBase64(text: string): string | undefined {
  if (text === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}

function refuse(record: unknown, reason: string): Unwrapped {
  return { ok: false, reason, record };
}
