import { randomLetters, randomUuid } from './random.js';
import type { FleetResource } from './fleet.js';

/** One attempt of one resource, as the events of it will tell. Times in epoch milliseconds. */
export interface DemoAttempt {
  readonly resource: FleetResource;
  readonly startMs: number;
  /** null: it still runs. */
  readonly endMs: number | null;
  readonly failure: string | null;
  readonly manual: boolean;
}

export interface DemoEvent {
  readonly timeMs: number;
  readonly event: object;
}

const operations = {
  database: 'databaseservice.automaticbackupdatabase',
  'autonomous-database': 'databaseservice.automaticbackupautonomousdatabase',
  volume: 'blockvolumes.createvolumebackup',
  'boot-volume': 'blockvolumes.createbootvolumebackup',
  mysql: 'mysqlaas.createbackup',
} as const;

const backupKinds = {
  database: 'dbbackup',
  'autonomous-database': 'autonomousdbbackup',
  volume: 'volumebackup',
  'boot-volume': 'bootvolumebackup',
  mysql: 'mysqlbackup',
} as const;

const services = {
  database: 'DatabaseService',
  'autonomous-database': 'DatabaseService',
  volume: 'BlockVolumes',
  'boot-volume': 'BlockVolumes',
  mysql: 'Mysqlaas',
} as const;

/**
 * Autonomous databases whose backup events bear the database's own OCID as resourceId, not the backup's. Oracle's
 * documents leave open which it is, so the demo has both.
 */
const namedByDatabase = new Set(['CLAIMS', 'LOYALTY']);

/** Begin and end of one attempt, in the shape that Oracle's services give them. */
export function attemptEvents(attempt: DemoAttempt, random: () => number): DemoEvent[] {
  const { resource, startMs, endMs, manual } = attempt;
  const operation =
    resource.kind === 'database' && manual ? 'databaseservice.backupdatabase' : operations[resource.kind];
  const backupId = `ocid1.${backupKinds[resource.kind]}.oc1.iad.anuwcljr${randomLetters(random, 52)}`;
  const subjectId = namedByDatabase.has(resource.name) ? resource.id : backupId;
  const make = (phase: 'begin' | 'end', timeMs: number): DemoEvent => ({
    timeMs,
    event: envelope(`${operation}.${phase}`, timeMs, resource, subjectId, random, {
      resourceName: subjectId === resource.id ? resource.name : backupName(resource, startMs, manual),
      additionalDetails: detailsOf(attempt, phase, timeMs),
    }),
  });
  const begin = make('begin', startMs);
  return endMs === null ? [begin] : [begin, make('end', endMs)];
}

/** Begin and end of a copy of a volume's backup to another region. */
export function copyEvents(
  volume: FleetResource,
  { startMs, endMs, failure }: Pick<DemoAttempt, 'startMs' | 'failure'> & { readonly endMs: number },
  random: () => number,
): DemoEvent[] {
  const copyId = `ocid1.volumebackup.oc1.phx.anuwcljr${randomLetters(random, 52)}`;
  const make = (phase: 'begin' | 'end', timeMs: number): DemoEvent => ({
    timeMs,
    event: envelope(`blockvolumes.copyvolumebackup.${phase}`, timeMs, volume, copyId, random, {
      resourceName: `copy of ${volume.name}`,
      additionalDetails: {
        sourceType: 'MANUAL',
        backupType: 'INCREMENTAL',
        volumeId: volume.id,
        volumeName: volume.name,
        ...(phase === 'end' ? volumeResult(failure) : {}),
      },
    }),
  });
  return [make('begin', startMs), make('end', endMs)];
}

/** Begin and end of a new database system beside the given one: valid events that are not about backups. */
export function launchEvents(
  neighbour: FleetResource,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  random: () => number,
): DemoEvent[] {
  const systemId = `ocid1.dbsystem.oc1.iad.anuwcljr${randomLetters(random, 52)}`;
  const make = (phase: 'begin' | 'end', timeMs: number): DemoEvent => ({
    timeMs,
    event: envelope(`databaseservice.launchdbsystem.${phase}`, timeMs, neighbour, systemId, random, {
      resourceName: 'trial-system',
      additionalDetails: {
        cpuCoreCount: 1,
        dataStorageSizeInGBs: 256,
        licenseType: 'LICENSE_INCLUDED',
        lifecycleMessage: null,
        lifecycleState: phase === 'begin' ? 'PROVISIONING' : 'AVAILABLE',
        nsgIds: 'null',
      },
    }),
  });
  return [make('begin', startMs), make('end', endMs)];
}

/** A critical or information event about a database. */
export function conditionEvent(
  resource: FleetResource,
  severity: 'critical' | 'information',
  eventName: string,
  description: string,
  timeMs: number,
  random: () => number,
): DemoEvent {
  const event = envelope(`databaseservice.database.${severity}`, timeMs, resource, resource.id, random, {
    resourceName: resource.name,
    additionalDetails: {
      serviceType: 'dbcs',
      component: 'cdb',
      dbName: resource.name.toLowerCase(),
      eventName,
      description,
    },
  });
  return { timeMs, event: { ...event, source: 'DataPlane' } };
}

/** An event of the given operation about the resource's own OCID: restores, and what has nothing to do with backups. */
export function plainEvent(
  resource: FleetResource,
  type: string,
  lifecycleState: string,
  timeMs: number,
  random: () => number,
): DemoEvent {
  const details = { databaseId: resource.id, dbUniqueName: resource.name, lifecycleState };
  return {
    timeMs,
    event: envelope(type, timeMs, resource, resource.id, random, {
      resourceName: resource.name,
      additionalDetails: details,
    }),
  };
}

function envelope(
  type: string,
  timeMs: number,
  resource: FleetResource,
  resourceId: string,
  random: () => number,
  data: { readonly resourceName: string; readonly additionalDetails: object },
) {
  const { compartmentId, compartmentName, kind } = resource;
  return {
    eventType: `com.oraclecloud.${type}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: services[kind],
    eventTime: isoTime(timeMs, kind),
    contentType: 'application/json',
    data: {
      compartmentId,
      compartmentName,
      resourceName: data.resourceName,
      // Autonomous databases' events come with upper-case OCIDs.
      resourceId: kind === 'autonomous-database' ? resourceId.toUpperCase() : resourceId,
      availabilityDomain: 'uYkY:US-ASHBURN-AD-1',
      freeformTags: kind === 'volume' ? null : {},
      definedTags: { 'Oracle-Tags': { CreatedBy: 'backup-service' } },
      additionalDetails: data.additionalDetails,
    },
    eventID: randomUuid(random),
    extensions: { compartmentId },
  };
}

function detailsOf(attempt: DemoAttempt, phase: 'begin' | 'end', timeMs: number): object {
  const { resource, startMs, failure, manual } = attempt;
  const created = isoTime(startMs + 1000, 'database');
  const lifecycleState = phase === 'begin' ? 'CREATING' : failure === null ? 'ACTIVE' : 'FAILED';
  const common = {
    timeCreated: created,
    timeUpdated: isoTime(timeMs, 'database'),
    lifecycleState,
    ...(phase === 'end' && failure !== null ? { lifecycleDetails: failure } : {}),
  };
  switch (resource.kind) {
    case 'database':
      return {
        ...common,
        databaseId: resource.id,
        dbUniqueName: resource.name,
        dbVersion: '19.28.0.0.0',
        databaseEdition: 'ENTERPRISE_EDITION_HIGH_PERFORMANCE',
        autoBackupsEnabled: 'true',
        recoveryWindow: String(resource.recoveryWindowDays),
        backupDestinationType: 'DBRS',
        backupType: manual ? 'FULL' : 'Incremental',
        isCdb: true,
      };
    case 'autonomous-database':
      return {
        ...common,
        ...(namedByDatabase.has(resource.name) ? {} : { autonomousDatabaseId: resource.id }),
        dbName: resource.name,
        backupType: 'INCREMENTAL',
      };
    case 'mysql':
      return { ...common, dbSystemId: resource.id, dbSystemName: resource.name, backupType: 'INCREMENTAL' };
    default:
      return {
        sourceType: manual ? 'MANUAL' : 'SCHEDULED',
        backupType: 'INCREMENTAL',
        volumeId: resource.id,
        volumeName: resource.name,
        ...(phase === 'end' ? volumeResult(failure) : {}),
      };
  }
}

function volumeResult(failure: string | null): object {
  return failure === null
    ? { backupState: 'AVAILABLE', status: 'operationSucceed' }
    : { backupState: 'FAULTY', status: 'operationFailed', lifecycleDetails: failure };
}

function backupName({ kind, name }: FleetResource, startMs: number, manual: boolean): string {
  if (manual) return `before-change-${isoTime(startMs, 'database').slice(0, 10)}`;
  if (kind === 'volume' || kind === 'boot-volume') {
    return `Auto-backup for ${name} via policy: gold on ${isoTime(startMs, 'database').slice(0, 19).replace('T', ' ')}`;
  }
  return 'Automatic Backup';
}

/** Some services write milliseconds, some do not. */
function isoTime(ms: number, kind: string): string {
  const iso = new Date(ms).toISOString();
  return kind === 'volume' ? iso : iso.replace(/\.\d{3}Z$/, 'Z');
}
