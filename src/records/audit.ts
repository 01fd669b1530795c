import { type JsonObject, objectIn, textIn } from './json.js';

/** Longer names are cut. */
const maxPrincipal = 256;

/** A call that a service refused or failed to carry out. */
export interface AuditRefusal {
  /** The HTTP status, 400 to 599, as text: `404`. */
  readonly status: string;
  readonly message: string | undefined;
}

/**
 * Who made the call; null where the event is not an Audit record. Nothing else of the identity is kept, because it
 * also holds credentials and addresses.
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
 * The refusal that an Audit record describes; null for everything else. Audit also records refused calls, which
 * changed nothing.
 *
 * @param data of the event
 */
export function auditRefusal(data: JsonObject): AuditRefusal | null {
  const response = objectIn(data['response']);
  const status = textIn(response?.['status']);
  if (response === undefined || status === undefined || !/^[45]\d\d$/.test(status)) return null;
  return { status, message: textIn(response['message']) };
}
