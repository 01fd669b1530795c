import type {
  BackupEvent,
  BackupTraits,
  EventCondition,
  EventResult,
  ResourceRef,
} from '../model/backup-event.js';
import type { EventType } from '../model/event-type.js';
import { createEventCatalogue } from './event-catalogue.js';
import {
  type Details,
  type EventData,
  checkData,
  checkDetails,
  objectIn,
  textIn,
  textOf,
} from '../../../records/event-schema.js';
import { familyRules, protectedType } from './families.js';
import { parseInstant } from '../../../base/instants.js';
import { principalOf, refusalOf } from '../../../records/read-audit.js';
import { readResult } from './read-result.js';
import { type Tags, createTagReader } from './read-tags.js';
import { type JsonObject, isJsonObject } from '../../../records/unwrap-record.js';

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: BackupEvent }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'rejected'; readonly reason: string };

const ignored: ParsedEvent = { kind: 'ignored' };
const noResult: EventResult = { status: null, state: null };
const clearedSuffix = '_CLEARED';

/** Longest reason kept of an event; the evidence has the whole. */
const maxMessage = 4000;

/** Different names, compartments and tags of one resource that are held; a hostile input may have any number. */
const comparedResources = 32;

/**
 * Makes the parser of events: OCI Events (CloudEvents 0.1), OCI Audit and OCI Logging (CloudEvents 1.0) in, one
 * normalised event out. It keeps one shared object per distinct resource and trait set, so that a million events
 * of a thousand resources cost a thousand objects.
 */
export function createEventParser(): (value: JsonObject) => ParsedEvent {
  const catalogue = createEventCatalogue();
  const tagsOf = createTagReader();
  const resources = createResourcePool();
  const traits = createPool<BackupTraits>();
  const results = createPool<EventResult>();

  return (value) => {
    const typeText = value['eventType'] ?? value['type'];
    const lookup = catalogue(typeof typeText === 'string' ? typeText : '');
    if (!lookup.known) return { kind: 'rejected', reason: lookup.reason };
    const { type } = lookup;
    if (type.action === 'unrelated') return ignored;

    const timeMs = parseInstant(value['eventTime'] ?? value['time']);
    if (timeMs === undefined) return { kind: 'rejected', reason: 'the event has no readable time' };
    if (!isJsonObject(value['data'])) return { kind: 'rejected', reason: 'the event has no data' };
    const data = checkData(value['data']);
    if (!data.ok) return rejectField(`data.${data.field}`);
    const details = checkDetails(detailsOf(value['data']));
    if (!details.ok) return rejectField(`data.additionalDetails.${details.field}`);

    const condition = type.action === 'condition' ? conditionOf(type, data.value, details.value) : null;
    if (condition === undefined) return ignored;

    const subject = textOf(data.value.resourceId)?.toLowerCase();
    const resource = resources(resourceOf(type, subject, data.value, details.value, tagsOf));
    const createdMs = parseInstant(details.value.timeCreated) ?? null;
    const refusal = refusalOf(type.action, value['data']);
    const result = refusal?.result ?? resultOf(type, data.value, details.value);
    const eventId = textIn(value['eventID']) ?? textIn(value['eventId']) ?? textIn(value['id']);
    const shared = traitsOf(type, details.value);
    return {
      kind: 'event',
      event: {
        eventId: eventId ?? `no-id:${type.name}:${subject ?? resource.resourceId}:${timeMs}`,
        type,
        timeMs,
        subjectId: subject ?? null,
        resource,
        createdMs,
        result: results(`${result.status}|${result.state}`, () => result),
        traits: traits(keyOf(shared), () => shared),
        message: (textOf(details.value.lifecycleDetails) ?? refusal?.message)?.slice(0, maxMessage) ?? null,
        condition,
        principal: principalOf(type.action, value['data']),
      },
    };
  };
}

/** Equal values become one object. Keys are made of the values, so a look-up costs one string. */
function createPool<T>(): (key: string, make: () => T) => T {
  const pool = new Map<string, T>();
  return (key, make) => {
    const known = pool.get(key);
    if (known !== undefined) return known;
    const made = make();
    pool.set(key, made);
    return made;
  };
}

function keyOf(traits: BackupTraits): string {
  const { backupType, trigger, destinationType, recoveryWindowDays, autoBackupEnabled } = traits;
  return `${backupType}|${trigger}|${destinationType}|${recoveryWindowDays}|${autoBackupEnabled}`;
}

/** The same for resources, by their id: most have one name, one compartment and one set of tags for life. */
function createResourcePool(): (resource: ResourceRef) => ResourceRef {
  const pool = new Map<string, ResourceRef[]>();
  return (resource) => {
    const known = pool.get(resource.resourceId);
    if (known === undefined) {
      pool.set(resource.resourceId, [resource]);
      return resource;
    }
    const same = known.find(
      (each) =>
        each.resourceName === resource.resourceName &&
        each.resourceType === resource.resourceType &&
        each.tags === resource.tags &&
        each.compartmentId === resource.compartmentId &&
        each.compartmentName === resource.compartmentName,
    );
    if (same === undefined && known.length < comparedResources) known.push(resource);
    return same ?? resource;
  };
}

function rejectField(field: string): ParsedEvent {
  return { kind: 'rejected', reason: `the field ${field} is not text, a number or a boolean` };
}

/** Audit records carry the state in stateChange.current; connectors write whole objects as JSON text. */
function detailsOf(data: JsonObject): JsonObject {
  const details = objectIn(data['additionalDetails']);
  const change = objectIn(data['stateChange']);
  if (details !== undefined && (change === undefined || 'lifecycleState' in details)) return details;
  const current = change === undefined ? undefined : objectIn(change['current']);
  return { ...(current === undefined ? {} : onlyScalars(current)), ...details };
}

function onlyScalars(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each !== 'object'));
}

function resourceOf(
  type: EventType,
  subject: string | undefined,
  data: EventData,
  details: Details,
  tagsOf: (data: EventData, resourceId: string) => Tags,
): ResourceRef {
  const rules = familyRules[type.family];
  const field = rules.idFields.find((each) => textOf(details[each]) !== undefined);
  const inDetails = field === undefined ? undefined : textOf(details[field])?.toLowerCase();
  const ownId = subject !== undefined && protectedType(subject) !== undefined ? subject : undefined;
  const resourceId = namedBy(type, subject, inDetails, details) ?? ownId;
  const name =
    firstText(rules.nameFields.map((each) => details[each])) ??
    (resourceId !== undefined && resourceId === subject ? textOf(data.resourceName) : undefined);
  return {
    resourceId: resourceId ?? `unknown:${type.family}`,
    resourceType: (resourceId && protectedType(resourceId)) ?? defaultType(type),
    resourceName: name ?? resourceId ?? 'resource unknown',
    compartmentId: textOf(data.compartmentId)?.toLowerCase() ?? null,
    compartmentName: textOf(data.compartmentName) ?? null,
    tags: tagsOf(data, resourceId ?? ''),
  };
}

function namedBy(
  { action, name }: EventType,
  subject: string | undefined,
  inDetails: string | undefined,
  details: Details,
): string | undefined {
  // A condition or a termination tells of the very resource that it names.
  if (action === 'condition' || action === 'termination') return subject;
  if (action !== 'change') return inDetails;
  // What is changed may be a backup or an assignment: the resource that it belongs to is named beside it, or nowhere.
  if (subject !== undefined && protectedType(subject) !== undefined) return subject;
  // UNVERIFIED: no event of an assignment is public; assetId is the API's name for the volume.
  const asset = name.includes('backuppolicyassignment') ? textOf(details.assetId)?.toLowerCase() : undefined;
  return asset ?? inDetails ?? subject;
}

function defaultType(type: EventType): string {
  if (type.name.includes('bootvolume')) return 'boot-volume';
  if (type.name.includes('volumegroup')) return 'volume-group';
  return familyRules[type.family].resourceType;
}

function firstText(values: readonly (string | number | boolean | null | undefined)[]): string | undefined {
  for (const value of values) {
    const text = textOf(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

function resultOf(type: EventType, data: EventData, details: Details): EventResult {
  if (type.phase === 'begin') return noResult;
  // File Storage sends one event when the snapshot exists or was left out: the type is the result.
  if (type.action === 'omission') return { status: 'FAILED', state: type.meaning };
  if (type.phase === 'single' && type.catalogued) return { status: 'SUCCEEDED', state: null };
  const order = familyRules[type.family].resultFields;
  return readResult(
    {
      lifecycleState: details.lifecycleState,
      status: details.status,
      dataStatus: data.status,
      backupState: details.backupState,
    },
    order,
  );
}

function traitsOf(type: EventType, details: Details): BackupTraits {
  const window = Number(textOf(details.recoveryWindow));
  const automatic = textOf(details.autoBackupsEnabled)?.toLowerCase();
  return {
    backupType: textOf(details.backupType) ?? null,
    trigger: triggerOf(type, textOf(details.sourceType)),
    destinationType: textOf(details.backupDestinationType) ?? null,
    recoveryWindowDays: Number.isFinite(window) && window > 0 ? window : null,
    autoBackupEnabled: automatic === 'true' ? true : automatic === 'false' ? false : null,
  };
}

function triggerOf(type: EventType, sourceType: string | undefined): string | null {
  if (sourceType !== undefined) return sourceType;
  return type.name.includes('automaticbackup') || type.name.includes('policybased') ? 'AUTOMATIC' : null;
}

/** null: no condition told; undefined: a condition that is not about backups and closes nothing. */
function conditionOf(type: EventType, data: EventData, details: Details): EventCondition | null | undefined {
  const written = textOf(details.eventName)?.toUpperCase();
  const name = written ?? 'NOT NAMED';
  const cleared = name.endsWith(clearedSuffix);
  if (type.phase === 'information' && !cleared) return undefined;
  if (!type.catalogued && !name.includes('BACKUP')) return undefined;
  return {
    name: cleared ? name.slice(0, -clearedSuffix.length) : name,
    cleared,
    description: textOf(details.description)?.slice(0, maxMessage) ?? null,
    uniqueName: textOf(data.resourceName) ?? textOf(details.dbUniqueName) ?? textOf(details.dbName) ?? null,
  };
}
