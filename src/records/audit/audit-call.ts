import { type JsonObject, objectIn, textIn } from '../json.js';
import { type AuditResult, resultOfStatus } from './audit-result.js';

/** Longer names are cut. */
const maxPrincipal = 256;

/** Who made a call, and from where. Nothing else of the identity is kept, because it also holds credentials. */
export interface AuditCaller {
  readonly principalName: string | null;
  /** An OCID. */
  readonly principalId: string | null;
  /** `natv`, `fed`, `instance` … */
  readonly authType: string | null;
  readonly ipAddress: string | null;
}

/** A call that a service refused or failed to carry out. */
export interface AuditRefusal {
  /** The HTTP status, 400 to 599, as text: `404`. */
  readonly status: string;
  readonly message: string | undefined;
}

/** How a call ended. */
export interface AuditAnswer {
  readonly result: AuditResult;
  /** The HTTP status as text; null: the record has none. */
  readonly status: string | null;
  readonly message: string | null;
}

/**
 * Who made the call; null where the event is not an Audit record.
 *
 * @param data of the event
 */
export function auditCaller(data: JsonObject): AuditCaller | null {
  const identity = objectIn(data['identity']);
  if (identity === undefined) return null;
  const { principalName, callerName, principalId, authType, ipAddress } = identity;
  const id = textIn(principalId);
  const name = textIn(principalName) ?? textIn(callerName) ?? id;
  return {
    principalName: name?.slice(0, maxPrincipal) ?? null,
    principalId: id?.slice(0, maxPrincipal) ?? null,
    authType: textIn(authType)?.slice(0, maxPrincipal) ?? null,
    ipAddress: textIn(ipAddress)?.slice(0, maxPrincipal) ?? null,
  };
}

/** The name of who made the call, else the id; null where the event is not an Audit record. */
export function auditPrincipal(data: JsonObject): string | null {
  return auditCaller(data)?.principalName ?? null;
}

/** How the call of an Audit record ended. Without a status nobody knows. */
export function auditAnswer(data: JsonObject): AuditAnswer {
  const response = objectIn(data['response']);
  const status = textIn(response?.['status']) ?? null;
  return { result: resultOfStatus(status), status, message: textIn(response?.['message']) ?? null };
}

/**
 * The refusal that an Audit record describes; null for everything else. Audit also records refused calls, which
 * changed nothing.
 *
 * @param data of the event
 */
export function auditRefusal(data: JsonObject): AuditRefusal | null {
  const { result, status, message } = auditAnswer(data);
  if (status === null || (result !== 'refused' && result !== 'failed')) return null;
  return { status, message: message ?? undefined };
}
