import { parseInstant } from '../../base/instants.js';
import { clip } from '../../base/text-safety.js';
import { readOcid } from '../../model/ocid.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { canHaveHappened } from '../event-times.js';
import { type JsonObject, isJsonObject, objectIn, textIn } from '../json.js';
import { secretFreeText } from '../secret-text.js';
import { type AuditAnswer, type AuditCaller, auditAnswer, auditCaller } from './audit-call.js';
import { type AuditOperation, operationOf } from './operation.js';
import { isReadOperation } from './read-operations.js';
import { type StateChange, stateChangeOf } from './state-change.js';

/** Longer texts are cut; the evidence has all of them. */
const maxText = 1000;

/**
 * One record of OCI Audit, or of the Events service, which says less: who did what, from where, when, and how it ended. It
 * has neither credentials nor headers.
 */
export interface AuditRecord extends AuditOperation, AuditCaller, AuditAnswer, StateChange {
  /** null: it has none. */
  readonly eventId: string | null;
  /** As the record has it. */
  readonly eventType: string;
  /** Epoch milliseconds. */
  readonly timeMs: number;
  /** Of HTTP, in upper case; null: the record has none. */
  readonly verb: string | null;
  readonly resourceId: string | null;
  readonly resourceName: string | null;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  /** `us-ashburn-1`; null: no OCID of the record tells. */
  readonly region: string | null;
  readonly requestId: string | null;
  /** What begin and end of one long operation have in common. */
  readonly groupingId: string | null;
}

export type ReadAuditRecord =
  | { readonly kind: 'change'; readonly record: AuditRecord }
  /** Only read: counted, and nothing of it is kept. */
  | { readonly kind: 'read'; readonly read: AuditRead }
  | { readonly kind: 'rejected'; readonly reason: string };

/** What is known of a call that only read. */
export interface AuditRead extends AuditOperation {
  readonly timeMs: number;
  readonly verb: string;
}

const noReadableTime = reasonWords('noReadableTime');

/**
 * Understands an event as an Audit record.
 *
 * @param event as unwrapped: OCI Audit (`eventId`), OCI Logging (CloudEvents 1.0), or an event of the Events service
 * @param cutOffMs counts how far ahead a time can be
 * @throws RepeatedField for JSON text within it that has a field twice
 */
export function readAuditRecord(event: JsonObject, cutOffMs: number): ReadAuditRecord {
  const timeMs = parseInstant(event['eventTime'] ?? event['time']);
  if (timeMs === undefined || !canHaveHappened(timeMs, cutOffMs)) {
    return { kind: 'rejected', reason: noReadableTime };
  }
  const data = event['data'];
  if (!isJsonObject(data)) return { kind: 'rejected', reason: reasonWords('noData') };
  const eventType = typeOf(event);
  const operation = operationOf(eventType, textOf(data['eventName']) ?? undefined);
  const request = objectIn(data['request']);
  const verb = textIn(request?.['action'])?.toUpperCase() ?? null;
  if (verb !== null && isReadOperation(verb, operation.eventName)) {
    return { kind: 'read', read: { ...operation, timeMs, verb } };
  }
  const resourceId = textOf(data['resourceId'])?.toLowerCase() ?? null;
  const compartmentId = textOf(data['compartmentId'])?.toLowerCase() ?? null;
  const caller = auditCaller(data) ?? nobody;
  const answer = auditAnswer(data);
  const change = stateChangeOf(data);
  return {
    kind: 'change',
    record: {
      eventId: textOf(event['eventID']) ?? textOf(event['eventId']) ?? textOf(event['id']),
      eventType,
      service: operation.service,
      eventName: operation.eventName,
      phase: operation.phase,
      timeMs,
      verb,
      resourceId,
      resourceName: textOf(data['resourceName']),
      compartmentId,
      compartmentName: textOf(data['compartmentName']),
      region: regionOf(resourceId) ?? regionOf(compartmentId),
      principalName: caller.principalName,
      principalId: caller.principalId,
      authType: caller.authType,
      ipAddress: caller.ipAddress,
      result: answer.result,
      status: answer.status,
      message: answer.message === null ? null : clip(secretFreeText(answer.message), maxText),
      requestId: textOf(request?.['id']),
      groupingId: textOf(data['eventGroupingId']),
      before: change.before,
      after: change.after,
    },
  };
}

const nobody: AuditCaller = { principalName: null, principalId: null, authType: null, ipAddress: null };

function typeOf(event: JsonObject): string {
  return textOf(event['eventType'] ?? event['type']) ?? '';
}

function textOf(value: unknown): string | null {
  const text = textIn(value);
  return text === undefined ? null : clip(text, maxText);
}

function regionOf(id: string | null): string | null {
  return id === null ? null : (readOcid(id)?.region ?? null);
}
