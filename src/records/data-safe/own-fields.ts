import { type JsonObject, isJsonObject } from '../json.js';
import { isDataSafeEvent } from './record-shape.js';

/** Fields of an audit event in the order in which reports and files have them. */
export const eventFields = [
  'id',
  'auditEventTime',
  'timeCollected',
  'targetId',
  'targetName',
  'targetClass',
  'databaseType',
  'databaseUniqueName',
  'compartmentId',
  'dbUserName',
  'osUserName',
  'externalUserId',
  'targetUser',
  'operation',
  'eventName',
  'operationStatus',
  'errorCode',
  'errorMessage',
  'objectType',
  'objectOwner',
  'objectName',
  'clientHostname',
  'clientIp',
  'clientProgram',
  'clientId',
  'osTerminal',
  'isAlerted',
  'actionTaken',
  'commandText',
  'commandParam',
  'extendedEventAttributes',
  'applicationContexts',
  'auditType',
  'auditPolicies',
  'fgaPolicyName',
  'auditLocation',
  'auditTrailId',
  'trailSource',
  'peerTargetDatabaseKey',
  'freeformTags',
  'definedTags',
  'systemTags',
] as const;

const trailFields = [
  'id',
  'displayName',
  'description',
  'auditProfileId',
  'compartmentId',
  'targetId',
  'trailLocation',
  'trailSource',
  'status',
  'lifecycleState',
  'lifecycleDetails',
  'auditCollectionStartTime',
  'timeLastCollected',
  'isAutoPurgeEnabled',
  'canUpdateLastArchiveTimeOnTarget',
  'purgeJobDetails',
  'purgeJobTime',
  'purgeJobStatus',
  'workRequestId',
  'peerTargetDatabaseKey',
  'timeCreated',
  'timeUpdated',
  'timeRead',
  'onlineMonths',
  'targetName',
  'freeformTags',
  'definedTags',
  'systemTags',
] as const;

const eventKeys = keysOf(eventFields);
const trailKeys = keysOf(trailFields);

/** Whether a key of a record of Data Safe is the service's own, in whatever spelling. */
export function isDataSafeKey(record: JsonObject): (key: string) => boolean {
  const keys = isDataSafeEvent(record) ? eventKeys : trailKeys;
  return (key) => keys.has(key);
}

/**
 * The record with the names that the API uses: the command line writes `audit-event-time`, the Python library
 * `audit_event_time`. Keys of tags are the customer's, and stay as they are. Where both spellings are there, both stay.
 */
export function withDataSafeNames(record: JsonObject): JsonObject {
  if (!Object.keys(record).some(isForeign)) return record;
  const entries = Object.entries(record).map(([key, field]) => {
    const own = isForeign(key) ? camel(key) : key;
    return [own !== key && own in record ? key : own, field] as const;
  });
  return Object.fromEntries(entries);
}

/** The same without what the service leaves empty, known fields first: two routes of one record give the same. */
export function inOwnOrder(record: JsonObject, order: readonly string[] = eventFields): JsonObject {
  const ordered: Record<string, unknown> = {};
  const others = Object.keys(record)
    .filter((key) => !order.includes(key))
    .sort();
  for (const key of [...order, ...others]) {
    const field = record[key];
    if (field === undefined || field === null || field === '') continue;
    if (isJsonObject(field) && Object.keys(field).length === 0) continue;
    ordered[key] = field;
  }
  return ordered;
}

function isForeign(key: string): boolean {
  return /^[a-z]+(?:[-_][a-z0-9]+)+$/.test(key);
}

function camel(key: string): string {
  return key.replaceAll(/[-_]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function keysOf(fields: readonly string[]): ReadonlySet<string> {
  return new Set(
    fields.flatMap((field) => {
      const words = field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
      return [field, words.join('-'), words.join('_')];
    }),
  );
}
