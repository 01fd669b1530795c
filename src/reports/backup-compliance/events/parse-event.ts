import { sha256Hex } from '../../../base/digest.js';
import { parseInstant } from '../../../base/instants.js';
import { type AuditRefusal, auditPrincipal, auditRefusal } from '../../../records/audit/audit-call.js';
import { dataSafeTypeOf, isDataSafeRecord } from '../../../records/data-safe/record-shape.js';
import { canHaveHappened } from '../../../records/event-times.js';
import {
  type JsonObject,
  RepeatedField,
  isJsonObject,
  objectIn,
  type Scalar,
  scalarText,
  textIn,
} from '../../../records/json.js';
import type { BackupEvent, EventResult, ResourceRef } from '../model/backup-event.js';
import type { Action, EventType } from '../model/event-type.js';
import { isUnknown } from '../model/unknown-resource.js';
import { backupTypeWithin } from './backup-type-within.js';
import { createEventCatalogue } from './event-catalogue.js';
import { checkData, checkDetails, maxMessage } from './event-fields.js';
import { readCondition } from './read-condition.js';
import { createResourceReader } from './read-resource.js';
import { readResult } from './read-result.js';
import { readSettings } from './read-settings.js';
import { sizeIn } from './read-size.js';
import { expiryIn, readTraits, traitsEquality } from './read-traits.js';
import { type Equality, createValuePool } from './value-pool.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: BackupEvent }
  | {
      readonly kind: 'ignored';
      /** Full type in lower case. */
      readonly eventType: string;
      /** A type of backup event that its text names: it may be the envelope of another event. */
      readonly names: string | null;
    }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Of an event whose time is missing, is none, or cannot be. */
export const noReadableTime = reasonWords('noReadableTime');

const resultEquality: Equality<EventResult> = {
  keyOf: ({ status, state }) => JSON.stringify([status, state]),
  isEqual: (a, b) => a.status === b.status && a.state === b.state,
};

/** Done by a person or a program; backups are made by the service itself. */
const causedActions: ReadonlySet<Action> = new Set<Action>(['change', 'deletion', 'restore', 'termination']);

/**
 * Creates the event parser: OCI Events (CloudEvents 0.1), OCI Audit and OCI Logging (CloudEvents 1.0) in, one
 * normalised event out. Equal resources and traits share one object, so that a million events of a thousand resources
 * cost a thousand objects.
 */
export function createEventParser(): (value: JsonObject) => ParsedEvent {
  const parse = createParser();
  return (value) => {
    try {
      return parse(value);
    } catch (error) {
      // In JSON text within the event.
      if (error instanceof RepeatedField) return rejected(error.message);
      throw error;
    }
  };
}

/** @throws RepeatedField */
function createParser(): (value: JsonObject) => ParsedEvent {
  const catalogue = createEventCatalogue();
  const ignored = (type: EventType, value: JsonObject): ParsedEvent => ({
    kind: 'ignored',
    eventType: type.name,
    names: backupTypeWithin(value, catalogue),
  });
  const readResource = createResourceReader();
  const sharedTraits = createValuePool(traitsEquality);
  const sharedResult = createValuePool(resultEquality);

  return (value) => {
    const written = value['data'];
    const name = typeOf(value);
    if (name === '' && isDataSafeRecord(value)) return ofDataSafe(value);
    const lookup = catalogue(name, isJsonObject(written) ? written : undefined);
    if (!lookup.known) return rejected(lookup.reason);
    const { type } = lookup;
    if (type.action === 'unrelated') return ignored(type, value);

    const timeMs = parseInstant(value['eventTime'] ?? value['time']);
    if (timeMs === undefined) return rejected(noReadableTime);
    if (!isJsonObject(written)) return rejected(reasonWords('noData'));
    const data = checkData(written);
    if (!data.ok) return rejectedField(`data.${data.field}`);
    const detail = detailsOf(written);
    const details = checkDetails(detail);
    if (!details.ok) return rejectedField(`data.additionalDetails.${details.field}`);

    const condition = type.action === 'condition' ? readCondition(type, data.value, details.value) : null;
    if (condition === undefined) return ignored(type, value);

    const subject = scalarText(data.value.resourceId)?.toLowerCase();
    const resource = readResource(type, subject, data.value, details.value);
    const isCaused = causedActions.has(type.action);
    const refusal = isCaused || isCallFor(type) ? auditRefusal(written) : null;
    const message = scalarText(details.value.lifecycleDetails) ?? refusal?.message;
    const result = refusal === null ? readResult(type, data.value, details.value) : refusedBy(refusal);
    return {
      kind: 'event',
      event: {
        eventId: idOf(value) ?? `no-id:${type.name}:${subject ?? standIn(resource, written)}:${timeMs}`,
        type,
        timeMs,
        subjectId: subject ?? null,
        resource,
        createdMs: createdBy(timeMs, details.value.timeCreated),
        expiresMs: expiryIn(details.value),
        sizeBytes: sizeIn(detail),
        result: sharedResult(result),
        traits: sharedTraits(readTraits(type, details.value)),
        message: message?.slice(0, maxMessage) ?? null,
        condition,
        principal: isCaused ? auditPrincipal(written) : null,
        settings: readSettings(type, written),
      },
    };
  };
}

/** Databases' own audit events: they are for another kind of report. */
function ofDataSafe(value: JsonObject): ParsedEvent {
  return { kind: 'ignored', eventType: dataSafeTypeOf(value), names: null };
}

function typeOf(value: JsonObject): string {
  const type = value['eventType'] ?? value['type'];
  return typeof type === 'string' ? type : '';
}

/** A call for a backup that was refused began none. */
function isCallFor({ action, phase }: EventType): boolean {
  return phase === 'begin' && (action === 'backup' || action === 'copy');
}

function refusedBy({ status }: AuditRefusal): EventResult {
  return { status: 'FAILED', state: status };
}

function rejected(reason: string): ParsedEvent {
  return { kind: 'rejected', reason };
}

function rejectedField(field: string): ParsedEvent {
  return rejected(reasonWords('fieldNotScalar', { field }));
}

/** A time that cannot be is no knowledge, but what the event tells of is not lost by it. */
function createdBy(timeMs: number, created: Scalar): number | null {
  const createdMs = parseInstant(created);
  return createdMs !== undefined && canHaveHappened(createdMs, timeMs) ? createdMs : null;
}

/** Audit records carry the state in stateChange.current; connectors write nested objects as JSON text. */
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

/** What an event without an id and a subject is told apart by: where it names nothing, its content. */
function standIn(resource: ResourceRef, data: JsonObject): string {
  return isUnknown(resource)
    ? `${resource.resourceId}:${sha256Hex(JSON.stringify(data))}`
    : resource.resourceId;
}

/** Each envelope spells it differently. */
function idOf(value: JsonObject): string | undefined {
  return textIn(value['eventID']) ?? textIn(value['eventId']) ?? textIn(value['id']);
}
