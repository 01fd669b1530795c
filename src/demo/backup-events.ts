import { type DemoEvent, demoEvent, eventTime } from './demo-event.js';
import type { FleetResource } from './fleet.js';
import { randomLetters } from './random.js';

/** One attempt of one resource, from which its events are made. Times in epoch milliseconds. */
export interface DemoAttempt {
  readonly resource: FleetResource;
  readonly startMs: number;
  /** null: it is still running. */
  readonly endMs: number | null;
  readonly failure: string | null;
  readonly manual: boolean;
  /** Once a week; on all other days what has changed since. */
  readonly full: boolean;
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

/**
 * Autonomous databases whose backup events carry the database's own OCID as resourceId, not the backup's. Oracle's
 * documentation leaves this open, so the demo has both.
 */
const namedByDatabase = new Set(['CLAIMS', 'LOYALTY']);

/** Begin and end of one attempt, in the format of Oracle's services. */
export function attemptEvents(attempt: DemoAttempt, random: () => number): DemoEvent[] {
  const { resource, startMs, endMs, manual } = attempt;
  const operation =
    resource.kind === 'database' && manual ? 'databaseservice.backupdatabase' : operations[resource.kind];
  const backupId = `ocid1.${backupKinds[resource.kind]}.oc1.iad.anuwcljr${randomLetters(random, 52)}`;
  const subjectId = namedByDatabase.has(resource.name) ? resource.id : backupId;
  const make = (phase: 'begin' | 'end', timeMs: number): DemoEvent =>
    demoEvent(
      {
        type: `${operation}.${phase}`,
        timeMs,
        resource,
        resourceId: subjectId,
        resourceName: subjectId === resource.id ? resource.name : backupName(resource, startMs, manual),
        additionalDetails: attemptDetails(attempt, phase, timeMs),
      },
      random,
    );
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
  const make = (phase: 'begin' | 'end', timeMs: number): DemoEvent =>
    demoEvent(
      {
        type: `blockvolumes.copyvolumebackup.${phase}`,
        timeMs,
        resource: volume,
        resourceId: copyId,
        resourceName: `copy of ${volume.name}`,
        additionalDetails: {
          sourceType: 'MANUAL',
          backupType: 'INCREMENTAL',
          volumeId: volume.id,
          volumeName: volume.name,
          ...(phase === 'end' ? volumeResult(failure) : {}),
        },
      },
      random,
    );
  return [make('begin', startMs), make('end', endMs)];
}

function attemptDetails(attempt: DemoAttempt, phase: 'begin' | 'end', timeMs: number): object {
  const { resource, startMs, failure, manual, full } = attempt;
  const created = eventTime(startMs + 1000, 'database');
  const lifecycleState = phase === 'begin' ? 'CREATING' : failure === null ? 'ACTIVE' : 'FAILED';
  const common = {
    timeCreated: created,
    timeUpdated: eventTime(timeMs, 'database'),
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
        backupType: manual || full ? 'FULL' : 'Incremental',
        isCdb: true,
      };
    case 'autonomous-database':
      return {
        ...common,
        ...(namedByDatabase.has(resource.name) ? {} : { autonomousDatabaseId: resource.id }),
        dbName: resource.name,
        backupType: full ? 'FULL' : 'INCREMENTAL',
      };
    case 'mysql':
      return {
        ...common,
        dbSystemId: resource.id,
        dbSystemName: resource.name,
        backupType: full ? 'FULL' : 'INCREMENTAL',
      };
    default:
      return {
        sourceType: manual ? 'MANUAL' : 'SCHEDULED',
        backupType: full ? 'FULL' : 'INCREMENTAL',
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
  if (manual) return `before-change-${eventTime(startMs, 'database').slice(0, 10)}`;
  if (kind === 'volume' || kind === 'boot-volume') {
    return `Auto-backup for ${name} via policy: gold on ${eventTime(startMs, 'database').slice(0, 19).replace('T', ' ')}`;
  }
  return 'Automatic Backup';
}
