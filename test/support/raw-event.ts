let serial = 0;

/** Each suite begins with the same ids, whichever ran before in its process. */
export function restartIds(): void {
  serial = 0;
}

/** Parts of an event in Oracle's shape; everything else is filled in. */
export interface RawEventParts {
  readonly type: string;
  readonly time: string;
  readonly id?: string;
  readonly resourceId?: string | null;
  readonly resourceName?: string;
  readonly data?: Record<string, unknown>;
  readonly details?: Record<string, unknown>;
}

export type RawEvent = Record<string, unknown> & { data: Record<string, unknown> };

/** An OCI event (CloudEvents 0.1) as Events rules deliver it. `type` is without `com.oraclecloud.`. */
export function rawEvent(parts: RawEventParts): RawEvent {
  serial += 1;
  const { type, time, id, resourceId, resourceName, data, details } = parts;
  return {
    eventType: `com.oraclecloud.${type}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: 'DatabaseService',
    eventTime: time,
    contentType: 'application/json',
    data: {
      compartmentId: 'ocid1.compartment.oc1..prod',
      compartmentName: 'prod',
      resourceName: resourceName ?? 'Automatic Backup',
      ...(resourceId === null ? {} : { resourceId: resourceId ?? 'ocid1.dbbackup.oc1.iad.b1' }),
      additionalDetails: details ?? {},
      ...data,
    },
    eventID: id ?? `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    extensions: { compartmentId: 'ocid1.compartment.oc1..prod' },
  };
}

/** A database backup event of `ERPPRD` unless told otherwise. */
export function databaseEvent(
  phase: 'begin' | 'end',
  time: string,
  over: Partial<RawEventParts> = {},
): RawEvent {
  return rawEvent({
    type: `databaseservice.automaticbackupdatabase.${phase}`,
    time,
    ...over,
    details: {
      databaseId: 'ocid1.database.oc1.iad.erpprd',
      dbUniqueName: 'ERPPRD_iad1kq',
      lifecycleState: phase === 'begin' ? 'CREATING' : 'ACTIVE',
      autoBackupsEnabled: 'true',
      recoveryWindow: '30',
      backupType: 'Incremental',
      ...over.details,
    },
  });
}

/** A volume backup event of `data01` unless told otherwise. */
export function volumeEvent(
  phase: 'begin' | 'end',
  time: string,
  over: Partial<RawEventParts> = {},
): RawEvent {
  return rawEvent({
    type: `blockvolumes.createvolumebackup.${phase}`,
    time,
    resourceId: 'ocid1.volumebackup.oc1.iad.v1',
    ...over,
    details: {
      volumeId: 'ocid1.volume.oc1.iad.data01',
      volumeName: 'data01',
      ...(phase === 'end' ? { status: 'operationSucceed', backupState: 'AVAILABLE' } : {}),
      ...over.details,
    },
  });
}

/** A condition event on ERPPRD: critical, or information for a clearing. */
export function conditionEvent(
  severity: 'critical' | 'information',
  eventName: string,
  time: string,
  over: Partial<RawEventParts> = {},
): RawEvent {
  return rawEvent({
    type: `databaseservice.database.${severity}`,
    time,
    resourceId: 'ocid1.database.oc1.iad.erpprd',
    resourceName: 'ERPPRD_iad1kq',
    ...over,
    details: { dbName: 'erpprd_iad1kq', eventName, description: `told of ${eventName}`, ...over.details },
  });
}

/** Parts of an OCI Audit record; `type` is without `com.oraclecloud.`, in whatever case. */
export interface AuditParts {
  readonly type: string;
  readonly time: string;
  readonly id?: string;
  readonly resourceId?: string | null;
  readonly resourceName?: string;
  readonly identity?: unknown;
  readonly response?: unknown;
  readonly details?: Record<string, unknown>;
}

/** An OCI Audit record of what jane did, with parts that must not be kept. */
export function auditEvent(parts: AuditParts): RawEvent {
  const { identity, response, type, ...rest } = parts;
  const operation = type
    .replace(/\.(?:begin|end)$/, '')
    .split('.')
    .at(-1);
  const { eventID, ...event } = rawEvent({
    ...rest,
    type,
    data: {
      eventName: operation,
      identity: identity ?? {
        principalName: 'jane@example.com',
        principalId: 'ocid1.user.oc1..jane',
        callerName: null,
        ipAddress: '192.0.2.7',
        credentials: 'secret-credentials',
      },
      request: { action: 'DELETE', headers: { authorization: ['secret-header'] } },
      response: response ?? { status: '204', headers: {} },
    },
  });
  return { ...event, data: event.data, eventId: eventID };
}
