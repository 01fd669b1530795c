import { type ActivityClass, type ActivityLine, type ActivityList } from '../model/activity.js';

/*
 * What an audit event did, by its name. Names are those of the actions of Oracle Database's unified audit trail, which Data
 * Safe gives as eventName, and in short as operation.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/refrn/UNIFIED_AUDIT_TRAIL.html
 */

const login = /^(?:LOGON|LOGIN|PROXY AUTHENTICATION ONLY|SESSION CREATION)$/;
const grant = /(?:^|\b)(?:GRANT|REVOKE)\b/;
const drop = /^(?:DROP|TRUNCATE|PURGE)\b/;
const auditOff = /^(?:NOAUDIT|DROP AUDIT POLICY|DISABLE AUDIT)\b|\bNOAUDIT\b/;

/** Whoever does one of these changes who may do what, what is audited, or the database as a whole. */
const privileged: readonly RegExp[] = [
  /^(?:CREATE|ALTER|DROP) (?:USER|ROLE|PROFILE|DATABASE LINK|PUBLIC DATABASE LINK|AUDIT POLICY|DIRECTORY)\b/,
  /^(?:CREATE|ALTER|DROP) (?:DATABASE|PLUGGABLE DATABASE|TABLESPACE|LOCKDOWN PROFILE|ROLLBACK SEG)\b/,
  /^(?:AUDIT|NOAUDIT|ALTER SYSTEM|ALTER RESOURCE COST|ADMINISTER KEY MANAGEMENT|CHANGE PASSWORD)\b/,
  /^(?:STARTUP|SHUTDOWN|FLASHBACK DATABASE|EXEMPT|BECOME USER|SYSDBA|SYSOPER)\b/,
  /\b(?:AUDIT|NOAUDIT)\b/,
];

/** Audit trails of features that only administrators have. */
const privilegedTypes: ReadonlySet<string> = new Set(['DATABASE_VAULT', 'LABEL_SECURITY']);

export function classifyActivity(line: ActivityLine): ActivityClass {
  const name = activityName(line);
  const result = resultOf(line['operationStatus']);
  const isFailedLogin = result !== 'succeeded' && login.test(name);
  const isGrant = grant.test(name);
  const isPrivileged =
    isGrant || privileged.some((each) => each.test(name)) || privilegedTypes.has(textOf(line['auditType']));
  const isDrop = drop.test(name);
  const isAuditingOff = result !== 'failed' && auditOff.test(name);
  const found = { result, isFailedLogin, isPrivileged, isGrant, isDrop, isAuditingOff };
  return { ...found, list: listOf(found) };
}

/** `ALTER USER`: the detailed name, else the short one with the kind of object. */
export function activityName({ eventName, operation, objectType }: ActivityLine): string {
  const name = textOf(eventName);
  const short = textOf(operation);
  if (name !== '' && (name.includes(' ') || name !== short)) return name;
  const type = textOf(objectType);
  return /^(?:CREATE|ALTER|DROP)$/.test(short) && type !== '' ? `${short} ${type}` : name || short;
}

function listOf(found: Omit<ActivityClass, 'list'>): ActivityList | null {
  if (found.isAuditingOff) return 'auditingOff';
  if (found.isFailedLogin) return 'failedLogins';
  if (found.isGrant) return 'grants';
  if (found.isPrivileged) return 'privileged';
  if (found.isDrop) return 'drops';
  return found.result === 'succeeded' ? null : 'failures';
}

function resultOf(status: unknown): ActivityClass['result'] {
  const word = textOf(status);
  return word === 'SUCCESS' ? 'succeeded' : word === 'FAILURE' ? 'failed' : 'unknown';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().toUpperCase() : '';
}
