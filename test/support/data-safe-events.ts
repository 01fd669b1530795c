import type { StoredEvent } from './oci/data-safe.js';

/** An audit event of Data Safe as the API gives it: a login of APP that failed, collected 18 hours late. */
export function dataSafeEvent(fields: Readonly<Record<string, unknown>> = {}): StoredEvent {
  return {
    id: 'ocid1.datasafeauditevent.oc1..demo1',
    compartmentId: 'ocid1.compartment.oc1..prod',
    dbUserName: 'APP',
    targetId: 'ocid1.datasafetargetdatabase.oc1..erp',
    targetName: 'erp-prod',
    databaseType: 'DATABASE_CLOUD_SERVICE',
    auditEventTime: '2026-11-18T08:00:00.001Z',
    timeCollected: '2026-11-19T02:10:00.000Z',
    operation: 'LOGON',
    operationStatus: 'FAILURE',
    eventName: 'LOGON',
    errorCode: '1017',
    auditType: 'STANDARD',
    auditLocation: 'AUDIT_TABLE',
    isAlerted: false,
    ...fields,
  };
}

/** The same as the command line writes it: hyphens, microseconds, `+00:00`, and null for what is not there. */
export function asCommandLine(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries<unknown>({
    commandText: null,
    objectName: null,
    definedTags: null,
    ...event,
  });
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      typeof value === 'string' && /^\d{4}-.*Z$/.test(value) ? value.replace('Z', '000+00:00') : value,
    ]),
  );
}
