import { isDeepStrictEqual } from 'node:util';

/**
 * Fields of events and their envelopes that decide what a record is and what it says, without regard to case and
 * hyphens. Others stand twice without harm where they hold no more than a number or a short text: forwarders add some.
 */
const decisive = new Set(
  `
    eventType type event eventTime time datetime eventID id source data additionalDetails stateChange current
    resourceId resourceName compartmentId compartmentName status lifecycleState lifecycleDetails backupState
    eventName description timeCreated backupType sourceType backupDestinationType recoveryWindow
    recoveryWindowInDays autoBackupsEnabled autoBackupEnabled principalName databaseId dbUniqueName dbName
    dbSystemId dbSystemName displayName volumeId volumeName bootVolumeId volumeGroupId volumeGroupName
    autonomousDatabaseId autonomousContainerDatabaseId fileSystemId deploymentId bdsInstanceId assetId
    eventStartTime startEventTime ociResourceName originalLogContent mbody logContent value message stream
    partition offset key auditEventTime timeCollected targetId targetName dbUserName operation operationStatus
    commandText commandParam errorCode errorMessage objectName objectOwner clientIp trailLocation timeLastCollected
  `
    .trim()
    .split(/\s+/)
    .map(plainName),
);

/** A longer text may be an event, as JSON or as base64. */
const shortText = 64;

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * The name of the first field that stands twice in one object of a JSON text, with different values that matter: of the
 * two a parser keeps one, and nobody knows which is true. undefined where there is none.
 *
 * @param value what the text was parsed into. Where it has as many keys as the text, none can stand there twice, and
 *   the text is not looked at any closer.
 */
export function repeatedField(text: string, value: unknown): string | undefined {
  return keysIn(text) === keysOf(value) ? undefined : firstRepeated(text);
}

/**
 * At least one for each key: a quote and a colon. A text that begins with a colon counts, too, which does no harm; a key
 * that ends in a backslash does not, here and below.
 */
function keysIn(text: string): number {
  let keys = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let at = colon - 1;
    while (text.charCodeAt(at) <= 0x20) at -= 1;
    if (text.charCodeAt(at) === 0x22 && text.charCodeAt(at - 1) !== 0x5c) keys += 1;
  }
  return keys;
}

function keysOf(value: unknown): number {
  let keys = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const each = open.pop();
    if (Array.isArray(each)) {
      for (const element of each) if (typeof element === 'object') open.push(element);
    } else if (isObject(each)) {
      for (const key in each) {
        if (key.charCodeAt(key.length - 1) !== 0x5c) keys += 1;
        const member = each[key];
        if (typeof member === 'object' && member !== null) open.push(member);
      }
    }
  }
  return keys;
}

interface OpenObject {
  /** The text of each value so far. */
  readonly values: Map<string, string>;
  /** The key whose value is being read, and where that begins. */
  key: string | null;
  from: number;
}

/** @param text valid JSON */
function firstRepeated(text: string): string | undefined {
  // null: a list
  const open: (OpenObject | null)[] = [];
  let last = '';
  for (const { 0: found, index } of text.matchAll(token)) {
    const object = open.at(-1);
    if (found === '{') open.push({ values: new Map(), key: null, from: 0 });
    else if (found === '[') open.push(null);
    else if (found === ':' && object && object.key === null) {
      object.key = String(JSON.parse(last));
      object.from = index + 1;
    } else if (found === ',' || found === '}' || found === ']') {
      if (object && object.key !== null) {
        const repeated = close(object, object.key, text.slice(object.from, index).trim());
        if (repeated !== undefined) return repeated;
        object.key = null;
      }
      if (found !== ',') open.pop();
    } else last = found;
  }
  return undefined;
}

function close({ values }: OpenObject, key: string, value: string): string | undefined {
  const before = values.get(key);
  values.set(key, value);
  if (before === undefined || before === value || isSame(before, value)) return undefined;
  const matters = decisive.has(plainName(key)) || mayHoldMore(before) || mayHoldMore(value);
  return matters ? key : undefined;
}

function mayHoldMore(value: string): boolean {
  return value.length > shortText || value.startsWith('{') || value.startsWith('[');
}

function isSame(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
  } catch {
    // Nested too deeply to be compared.
    return false;
  }
}

function plainName(key: string): string {
  return key.replace(/[^A-Za-z]/g, '').toLowerCase();
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
