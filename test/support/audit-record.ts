/** Parts of a record of OCI Audit; everything else is filled in. */
export interface AuditRecordParts {
  readonly id: string;
  readonly time: string;
  readonly compartmentId?: string;
  readonly eventName?: string;
  readonly service?: string;
  readonly action?: string | null;
  readonly status?: string;
}

/** What must never be written anywhere: the values of credentials and headers of every record here. */
export const secretOfAudit = 'DROP-ME-a1b2c3';

export type AuditRecord = Readonly<Record<string, unknown>> & {
  readonly data: Readonly<Record<string, unknown>>;
};

/** A record as the service of Audit gives it: AuditEvent of its API, with a field that no SDK knows. */
export function auditRecord(parts: AuditRecordParts): AuditRecord {
  const { id, time, compartmentId = 'ocid1.compartment.oc1..prod' } = parts;
  const {
    eventName = 'DeleteBackup',
    service = 'DatabaseService',
    action = 'DELETE',
    status = '204',
  } = parts;
  return {
    eventType: `com.oraclecloud.${service}.${eventName}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: service,
    eventId: id,
    eventTime: time,
    contentType: 'application/json',
    data: {
      eventGroupingId: `csid/opc/${id}`,
      eventName,
      compartmentId,
      compartmentName: 'prod',
      resourceName: 'bk1',
      resourceId: 'ocid1.dbbackup.oc1..demo',
      availabilityDomain: 'AD1',
      freeformTags: { 'cost-center': '42' },
      definedTags: {},
      identity: {
        principalName: 'demo.user',
        principalId: 'ocid1.user.oc1..demo',
        authType: 'natv',
        callerName: null,
        callerId: null,
        tenantId: 'ocid1.tenancy.oc1..demo',
        ipAddress: '192.0.2.10',
        credentials: secretOfAudit,
        userAgent: 'demo',
        consoleSessionId: null,
      },
      request: {
        id: 'R1',
        path: '/20160918/backups/x',
        action,
        parameters: {},
        headers: { 'opc-principal': [secretOfAudit] },
      },
      response: {
        status,
        responseTime: time,
        headers: { 'opc-token': [secretOfAudit] },
        payload: {},
        message: null,
      },
      stateChange: { previous: { displayName: 'old' }, current: { displayName: 'new' } },
      additionalDetails: null,
      newerThanTheSdk: { kept: true },
    },
  };
}

/** The same as OCI Logging has it, as CloudEvents 1.0: the entry of a search, or an object of Connector Hub. */
export function loggedAuditRecord(parts: AuditRecordParts): Readonly<Record<string, unknown>> {
  const { eventType, eventId, eventTime, source, data } = auditRecord(parts);
  return {
    specversion: '1.0',
    id: eventId,
    time: eventTime,
    type: eventType,
    source,
    dataschema: '2.0',
    data,
    oracle: {
      compartmentid: data['compartmentId'],
      ingestedtime: eventTime,
      loggroupid: '_Audit',
      tenantid: 'ocid1.tenancy.oc1..demo',
    },
  };
}
