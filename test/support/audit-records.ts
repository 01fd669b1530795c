/** A record of OCI Audit in the service's own form, with what a test says of it. */
export interface AuditRecordParts {
  readonly eventId?: string | null;
  readonly time?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly phase?: 'begin' | 'end';
  /** null: request.action is null. */
  readonly verb?: string | null;
  readonly status?: string | null;
  readonly message?: string;
  readonly resourceId?: string | null;
  readonly resourceName?: string;
  readonly compartmentId?: string;
  readonly compartmentName?: string;
  readonly principal?: string | null;
  readonly principalId?: string | null;
  readonly ipAddress?: string;
  readonly groupingId?: string | null;
  readonly requestId?: string | null;
  readonly previous?: object | null;
  readonly current?: object | null;
}

let ids = 0;

export function auditRecord(parts: AuditRecordParts = {}) {
  ids += 1;
  const { operation = 'UpdateBucket', service = 'ObjectStorage', phase, principal = 'ana' } = parts;
  const time = parts.time ?? '2026-11-19T08:00:00.000Z';
  return {
    eventType: `com.oraclecloud.${service}.${operation}${phase === undefined ? '' : `.${phase}`}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: service,
    eventId: parts.eventId === undefined ? `00000000-0000-4000-8000-${hexOf(ids)}` : parts.eventId,
    eventTime: time,
    contentType: 'application/json',
    data: {
      eventGroupingId: parts.groupingId ?? null,
      eventName: operation,
      compartmentId: parts.compartmentId ?? 'ocid1.compartment.oc1..prod',
      compartmentName: parts.compartmentName ?? 'prod',
      resourceName: parts.resourceName ?? 'thing',
      resourceId: parts.resourceId === undefined ? 'ocid1.bucket.oc1.iad.thing' : parts.resourceId,
      availabilityDomain: null,
      freeformTags: {},
      definedTags: {},
      identity: {
        principalName: principal,
        principalId: parts.principalId === undefined ? `ocid1.user.oc1..${principal}` : parts.principalId,
        authType: 'natv',
        callerName: null,
        callerId: null,
        tenantId: 'ocid1.tenancy.oc1..t',
        ipAddress: parts.ipAddress ?? '192.0.2.10',
        credentials: 'DROP-ME-CREDENTIALS',
        userAgent: 'demo',
        consoleSessionId: null,
      },
      request: {
        id: parts.requestId === undefined ? `request-${ids}` : parts.requestId,
        path: '/20160918/things/x',
        action: parts.verb === undefined ? 'PUT' : parts.verb,
        parameters: {},
        headers: { 'opc-principal': ['DROP-ME-HEADER'] },
      },
      response: {
        status: parts.status === undefined ? '200' : parts.status,
        responseTime: time,
        headers: { 'x-secret': ['DROP-ME-ANSWER'] },
        payload: {},
        message: parts.message ?? null,
      },
      stateChange: { previous: parts.previous ?? null, current: parts.current ?? null },
      additionalDetails: null,
    },
  };
}

/** The same record as OCI Logging delivers it: CloudEvents 1.0. */
export function loggingForm({ eventId, eventType, eventTime, source, data }: ReturnType<typeof auditRecord>) {
  return { specversion: '1.0', id: eventId, type: eventType, time: eventTime, source, data };
}

function hexOf(number: number): string {
  return number.toString(16).padStart(12, '0');
}
