import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** An event as Events rules deliver it (CloudEvents 0.1). */
export type OciEvent = {
  eventType: string;
  cloudEventsVersion: '0.1';
  eventTypeVersion: '2.0';
  source: string;
  eventTime: string;
  contentType: 'application/json';
  data: Record<string, unknown> & {
    compartmentId: string;
    compartmentName: string;
    resourceName: string;
    resourceId: string;
    additionalDetails: Record<string, unknown>;
  };
  eventID: string;
  extensions: { compartmentId: string };
};

/** What every builder takes. `details` and `data` replace or add fields; undefined takes one out. */
export interface CommonParts {
  /** ISO 8601, with or without milliseconds; written as given. */
  readonly time: string;
  /** By default a UUID made of type, resource, condition and time: the same for the same fact. */
  readonly eventId?: string;
  readonly compartmentName?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type BeginOrEnd = 'begin' | 'end';

interface BackupParts extends CommonParts {
  readonly phase: BeginOrEnd;
  /** lifecycleState; by default CREATING at the begin, ACTIVE at the end. */
  readonly state?: string;
  /** lifecycleDetails: Oracle's reason. */
  readonly message?: string;
  /** timeCreated; by default the begin's own time, and absent at the end. */
  readonly created?: string;
}

/** Base and Exadata databases. `automatic` (the default) or a backup asked for by hand. */
export function databaseBackupEvent(
  parts: BackupParts & {
    readonly automatic?: boolean;
    readonly backupId: string;
    readonly databaseId: string;
    readonly uniqueName: string;
  },
): OciEvent {
  const { phase, automatic = true, backupId, databaseId, uniqueName } = parts;
  return build(parts, {
    type: `databaseservice.${automatic ? 'automaticbackupdatabase' : 'backupdatabase'}.${phase}`,
    source: 'DatabaseService',
    resourceId: backupId,
    resourceName: automatic ? 'Automatic Backup' : 'before-change',
    details: {
      ...lifecycle(parts),
      databaseId,
      dbUniqueName: uniqueName,
      dbVersion: '19.28.0.0.0',
      databaseEdition: 'ENTERPRISE_EDITION_HIGH_PERFORMANCE',
      autoBackupsEnabled: 'true',
      recoveryWindow: '65',
      backupDestinationType: 'DBRS',
      backupType: automatic ? 'Incremental' : 'FULL',
    },
  });
}

/**
 * Autonomous databases. With `backupId` it is the event's resourceId and the database stands in the details; without,
 * the resourceId is the database's own OCID, which is not unique among its backups. Both shapes may be met.
 */
export function autonomousBackupEvent(
  parts: BackupParts & {
    readonly automatic?: boolean;
    readonly backupId?: string;
    readonly databaseId: string;
    readonly name: string;
  },
): OciEvent {
  const { phase, automatic = true, backupId, databaseId, name } = parts;
  const operation = automatic ? 'automaticbackupautonomousdatabase' : 'autonomous.database.backup';
  const names = { dbName: name, backupType: 'INCREMENTAL' };
  return build(parts, {
    type: `databaseservice.${operation}.${phase}`,
    source: 'DatabaseService',
    resourceId: backupId ?? databaseId,
    resourceName: backupId === undefined ? name : 'Automatic Backup',
    details: {
      ...lifecycle(parts),
      ...(backupId === undefined ? names : { autonomousDatabaseId: databaseId, ...names }),
    },
  });
}

/** MySQL HeatWave. */
export function mysqlBackupEvent(
  parts: BackupParts & { readonly backupId: string; readonly dbSystemId: string; readonly name?: string },
): OciEvent {
  const { phase, backupId, dbSystemId, name } = parts;
  return build(parts, {
    type: `mysqlaas.createbackup.${phase}`,
    source: 'Mysqlaas',
    resourceId: backupId,
    resourceName: 'Automatic Backup',
    details: { ...lifecycle(parts), dbSystemId, ...(name === undefined ? {} : { dbSystemName: name }) },
  });
}

/** Block volumes, boot volumes and volume groups. Where the status stands differs in real events: `statusIn`. */
export function volumeBackupEvent(
  parts: CommonParts & {
    readonly kind: 'volume' | 'boot-volume' | 'volume-group';
    readonly phase: BeginOrEnd;
    readonly backupId: string;
    readonly volumeId: string;
    readonly volumeName: string;
    /** By default operationSucceed at the end, absent at the begin. */
    readonly status?: string;
    readonly backupState?: string;
    readonly message?: string;
    readonly statusIn?: 'details' | 'data';
  },
): OciEvent {
  const { kind, phase, time, backupId, volumeId, volumeName, backupState, message, statusIn } = parts;
  const status = parts.status ?? (phase === 'end' ? 'operationSucceed' : undefined);
  const state = backupState ?? (phase === 'end' ? stateOfStatus(status) : undefined);
  const group = kind === 'volume-group';
  const event = build(parts, {
    type: `blockvolumes.create${kind.replace('-', '')}backup.${phase}`,
    source: 'BlockVolumes',
    resourceId: backupId,
    resourceName: `Auto-backup for ${volumeName} via policy: gold on ${time.slice(0, 19).replace('T', ' ')}`,
    details: {
      // Of a boot volume, too, the field is volumeId.
      [group ? 'volumeGroupId' : 'volumeId']: volumeId,
      [group ? 'volumeGroupName' : 'volumeName']: volumeName,
      sourceType: 'SCHEDULED',
      backupType: 'INCREMENTAL',
      backupState: state,
      lifecycleDetails: message,
      status: statusIn === 'data' ? undefined : status,
    },
  });
  if (statusIn === 'data' && status !== undefined) event.data['status'] = status;
  return event;
}

/** A condition of a database: critical, or information for its clearing. The resourceId is the database's own. */
export function databaseConditionEvent(
  parts: CommonParts & {
    readonly severity: 'critical' | 'information';
    readonly eventName: string;
    readonly databaseId: string;
    readonly uniqueName: string;
    readonly description?: string;
  },
): OciEvent {
  const { severity, eventName, databaseId, uniqueName, description } = parts;
  return build(parts, {
    type: `databaseservice.database.${severity}`,
    source: 'DataPlane',
    resourceId: databaseId,
    resourceName: uniqueName,
    details: {
      serviceType: 'dbcs',
      component: 'cdb',
      dbName: uniqueName.toLowerCase(),
      eventName,
      description: description ?? `${uniqueName}: ${eventName}`,
    },
  });
}

/** A valid event that is not about backups: a database system being launched. */
export function noiseEvent(parts: CommonParts & { readonly resourceId?: string }): OciEvent {
  return build(parts, {
    type: 'databaseservice.launchdbsystem.begin',
    source: 'DatabaseService',
    resourceId: parts.resourceId ?? 'ocid1.dbsystem.oc1.iad.launched',
    resourceName: 'launched',
    details: { cpuCoreCount: 1, lifecycleState: 'PROVISIONING', lifecycleMessage: null, nsgIds: 'null' },
  });
}

function build(
  { time, eventId, compartmentName = 'prod', details = {}, data = {} }: CommonParts,
  event: {
    readonly type: string;
    readonly source: string;
    readonly resourceId: string;
    readonly resourceName: string;
    readonly details: Readonly<Record<string, unknown>>;
  },
): OciEvent {
  const compartmentId = `ocid1.compartment.oc1..${compartmentName}`;
  const additionalDetails = withoutUndefined({ ...event.details, ...details });
  const condition = String(additionalDetails['eventName'] ?? '');
  return {
    eventType: `com.oraclecloud.${event.type}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: event.source,
    eventTime: time,
    contentType: 'application/json',
    data: {
      compartmentId,
      compartmentName,
      resourceName: event.resourceName,
      resourceId: event.resourceId,
      availabilityDomain: 'uYkY:US-ASHBURN-AD-1',
      freeformTags: null,
      definedTags: {},
      ...data,
      additionalDetails,
    },
    eventID: eventId ?? uuidFrom([event.type, event.resourceId, condition, time]),
    extensions: { compartmentId },
  };
}

function lifecycle({ phase, time, state, message, created }: BackupParts): Record<string, unknown> {
  return {
    timeCreated: created ?? (phase === 'begin' ? time : undefined),
    timeUpdated: phase === 'end' ? time : undefined,
    lifecycleState: state ?? (phase === 'begin' ? 'CREATING' : 'ACTIVE'),
    lifecycleDetails: message,
  };
}

function stateOfStatus(status: string | undefined): string {
  return status === 'operationFailed' ? 'FAULTY' : 'AVAILABLE';
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** In the shape of a version 4 UUID, from the parts alone. */
function uuidFrom(parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** As OCI Audit records it: `eventId`, and the state in stateChange.current when `stateChange` is asked for. */
export function asAuditEvent(
  event: OciEvent,
  options: { readonly eventType?: string; readonly stateChange?: boolean } = {},
): Record<string, unknown> {
  const { eventID, extensions: _extensions, ...rest } = event;
  const { additionalDetails, ...data } = event.data;
  return {
    ...rest,
    // Audit writes types in mixed case: com.oraclecloud.BlockVolumes.CreateBootVolumeBackup.end
    eventType: options.eventType ?? event.eventType,
    eventId: eventID,
    data: {
      ...data,
      eventGroupingId: uuidFrom(['group', eventID]),
      eventName: event.eventType.split('.').at(-2),
      identity: { principalName: 'backup-service', authType: null },
      ...(options.stateChange === true
        ? { stateChange: { previous: null, current: additionalDetails }, additionalDetails: null }
        : { stateChange: null, additionalDetails }),
    },
  };
}

/** As OCI Logging keeps it (CloudEvents 1.0). */
export function asLoggingEvent(event: OciEvent): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: event.eventID,
    type: event.eventType,
    source: event.source,
    time: event.eventTime,
    datacontenttype: 'application/json',
    data: event.data,
    oracle: {
      compartmentid: event.data.compartmentId,
      ingestedtime: event.eventTime,
      loggroupid: 'ocid1.loggroup.oc1.iad.events',
      logid: 'ocid1.log.oc1.iad.events',
      tenantid: 'ocid1.tenancy.oc1..company',
    },
  };
}

/** A message of a stream around any of the others. */
export function asStreamMessage(
  content: object,
  place: { readonly partition?: string; readonly offset?: number; readonly key?: string } = {},
): Record<string, unknown> {
  return {
    stream: 'backup-events',
    partition: place.partition ?? '0',
    key: place.key === undefined ? null : Buffer.from(place.key).toString('base64'),
    value: Buffer.from(JSON.stringify(content)).toString('base64'),
    offset: place.offset ?? 0,
    timestamp: '2026-11-19T12:00:00.000Z',
  };
}

/**
 * A row of a Log Analytics query by display names. Its columns lack the backup's OCID and the reason; `content` is the
 * original log content: whole by default, cut off after so many characters, or not selected (null).
 */
export function asLogAnalyticsRow(
  event: OciEvent,
  { content = 'whole' }: { readonly content?: 'whole' | number | null } = {},
): Record<string, unknown> {
  const { data } = event;
  const details = data.additionalDetails;
  const text = JSON.stringify(event);
  return withoutUndefined({
    'Original Log Content':
      content === null ? undefined : text.slice(0, content === 'whole' ? undefined : content),
    'Event Type': event.eventType,
    Datasource: event.source,
    'Event Start Time': event.eventTime,
    'Event ID': event.eventID,
    'Compartment ID': data.compartmentId,
    'Compartment Name': data.compartmentName,
    'OCI Resource Name': data.resourceName,
    Status: details['status'],
    LifecycleState: details['lifecycleState'],
    timeCreated: details['timeCreated'],
    timeUpdated: details['timeUpdated'],
    DBUniqueName: details['dbUniqueName'],
    databaseId: details['databaseId'],
    dbSystemId: details['dbSystemId'],
    dbVersion: details['dbVersion'],
    DatabaseEdition: details['databaseEdition'],
    autoBackupEnabled: details['autoBackupsEnabled'],
    // The only column that the log source parses as an integer.
    recoveryWindowInDays:
      details['recoveryWindow'] === undefined ? undefined : Number(details['recoveryWindow']),
    BackupDestinationType: details['backupDestinationType'],
    backupType: details['backupType'],
    backupState: details['backupState'],
    sourceType: details['sourceType'],
    volumeName: details['volumeName'],
    volumeId: details['volumeId'],
  });
}

/** One record a line; text is written as it is, so that a test can cut a line off. */
export async function writeNdjson(
  path: string,
  records: Iterable<unknown>,
  { gzip = path.endsWith('.gz') }: { readonly gzip?: boolean } = {},
): Promise<void> {
  const lines = [...records].map(
    (record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`,
  );
  const text = lines.join('');
  await writeFile(path, gzip ? gzipSync(text) : text);
}
