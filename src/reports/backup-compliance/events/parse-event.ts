import { parseInstant } from '../../../base/instants.js';
import { auditPrincipal, auditRefusal } from '../../../records/audit.js';
import { type JsonObject, isJsonObject, objectIn, scalarText, textIn } from '../../../records/json.js';
import type { BackupEvent, BackupTraits, EventResult } from '../model/backup-event.js';
import type { Action } from '../model/event-type.js';
import { createEventCatalogue } from './event-catalogue.js';
import { checkData, checkDetails, maxMessage } from './event-fields.js';
import { readCondition } from './read-condition.js';
import { createResourceReader } from './read-resource.js';
import { readResult } from './read-result.js';
import { readTraits, traitsKey } from './read-traits.js';
import { createValuePool } from './value-pool.js';

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: BackupEvent }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'rejected'; readonly reason: string };

const ignored: ParsedEvent = { kind: 'ignored' };

/** Done by a person or a program; backups are made by the service itself. */
const causedActions: ReadonlySet<Action> = new Set<Action>(['change', 'deletion', 'restore', 'termination']);

/**
 * Creates the event parser: OCI Events (CloudEvents 0.1), OCI Audit and OCI Logging (CloudEvents 1.0) in, one
 * normalised event out. Equal resources and traits share one object, so that a million events of a thousand resources
 * cost a thousand objects.
 */
export function createEventParser(): (value: JsonObject) => ParsedEvent {
  const catalogue = createEventCatalogue();
  const readResource = createResourceReader();
  const sharedTraits = createValuePool<BackupTraits>(traitsKey);
  const sharedResult = createValuePool<EventResult>(({ status, state }) => `${status}|${state}`);

  return (value) => {
    const typeText = value['eventType'] ?? value['type'];
    const lookup = catalogue(typeof typeText === 'string' ? typeText : '');
    if (!lookup.known) return rejected(lookup.reason);
    const { type } = lookup;
    if (type.action === 'unrelated') return ignored;

    const timeMs = parseInstant(value['eventTime'] ?? value['time']);
    if (timeMs === undefined) return rejected('the event has no readable time');
    const written = value['data'];
    if (!isJsonObject(written)) return rejected('the event has no data');
    const data = checkData(written);
    if (!data.ok) return rejectedField(`data.${data.field}`);
    const details = checkDetails(detailsOf(written));
    if (!details.ok) return rejectedField(`data.additionalDetails.${details.field}`);

    const condition = type.action === 'condition' ? readCondition(type, data.value, details.value) : null;
    if (condition === undefined) return ignored;

    const subject = scalarText(data.value.resourceId)?.toLowerCase();
    const resource = readResource(type, subject, data.value, details.value);
    const isCaused = causedActions.has(type.action);
    const refusal = isCaused ? auditRefusal(written) : null;
    const message = scalarText(details.value.lifecycleDetails) ?? refusal?.message;
    const result: EventResult =
      refusal === null
        ? readResult(type, data.value, details.value)
        : { status: 'FAILED', state: refusal.status };
    return {
      kind: 'event',
      event: {
        eventId: idOf(value) ?? `no-id:${type.name}:${subject ?? resource.resourceId}:${timeMs}`,
        type,
        timeMs,
        subjectId: subject ?? null,
        resource,
        createdMs: parseInstant(details.value.timeCreated) ?? null,
        result: sharedResult(result),
        traits: sharedTraits(readTraits(type, details.value)),
        message: message?.slice(0, maxMessage) ?? null,
        condition,
        principal: isCaused ? auditPrincipal(written) : null,
      },
    };
  };
}

function rejected(reason: string): ParsedEvent {
  return { kind: 'rejected', reason };
}

function rejectedField(field: string): ParsedEvent {
  return rejected(`the field ${field} is not text, a number or a boolean`);
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

/** Each envelope spells it differently. */
function idOf(value: JsonObject): string | undefined {
  return textIn(value['eventID']) ?? textIn(value['eventId']) ?? textIn(value['id']);
}
