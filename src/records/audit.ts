import { type JsonObject, objectIn, textIn } from './json.js';

/** Longest name that is kept. */
const maxPrincipal = 256;

/** A call that a service did not carry out. */
export interface AuditRefusal {
  /** The HTTP status, 400 to 599, as text: `404`. */
  readonly status: string;
  readonly message: string | undefined;
}

/**
 * Who made the call, where the event is an Audit record. Of the identity nothing else is kept: it holds credentials and
 * addresses, too.
 *
 * @param data of the event
 */
export function auditPrincipal(data: JsonObject): string | null {
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
export function auditRefusal(data: JsonObject): AuditRefusal | null {
  const response = objectIn(data['response']);
  const status = textIn(response?.['status']);
  if (response === undefined || status === undefined || !/^[45]\d\d$/.test(status)) return null;
  return { status, message: textIn(response['message']) };
}
