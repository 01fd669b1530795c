import type { EventResult } from '../reports/backup-compliance/model/backup-event.js';
import type { Action } from '../reports/backup-compliance/model/event-type.js';
import { objectIn, textIn } from './event-schema.js';
import type { JsonObject } from './unwrap-record.js';

/** What a person or a program does; backups are made by the service itself. */
const causedActions: ReadonlySet<Action> = new Set<Action>(['change', 'deletion', 'restore', 'termination']);

/** Longest name that is kept. */
const maxPrincipal = 256;

/** A call that a service did not carry out. */
export interface AuditRefusal {
  /** Its state is the HTTP status: `404`. */
  readonly result: EventResult;
  readonly message: string | undefined;
}

/**
 * Who caused the event, where it is an Audit record of a change, a deletion, a restore or a termination. Of the identity
 * nothing else is kept: it holds credentials and addresses, too.
 *
 * @param data of the event
 */
export function principalOf(action: Action, data: JsonObject): string | null {
  if (!causedActions.has(action)) return null;
  const identity = objectIn(data['identity']);
  if (identity === undefined) return null;
  const { principalName, callerName, principalId } = identity;
  const name = textIn(principalName) ?? textIn(callerName) ?? textIn(principalId);
  return name?.slice(0, maxPrincipal) ?? null;
}

/**
 * Audit records calls that were refused, too: nothing was changed or deleted then. Null for everything else.
 *
 * @param data of the event
 */
export function refusalOf(action: Action, data: JsonObject): AuditRefusal | null {
  if (!causedActions.has(action)) return null;
  const response = objectIn(data['response']);
  const status = textIn(response?.['status']);
  if (response === undefined || status === undefined || !/^[45]\d\d$/.test(status)) return null;
  return { result: { status: 'FAILED', state: status }, message: textIn(response['message']) };
}
