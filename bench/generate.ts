import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { dayMs } from '../src/base/time-units.js';

/** The day that all generated events lie in, UTC. */
export const benchDate = '2026-11-19';

const startMs = Date.parse(`${benchDate}T00:00:00Z`);

/** One resource for so many events: 20,000 of a million. */
const eventsPerResource = 50;
/** One attempt of so many fails. */
const failureEvery = 50;

const kinds = ['database', 'volume', 'adb', 'mysql'] as const;

/**
 * Writes `events` events of one day as NDJSON.gz: half of them begins, half ends, in order of time as far as a
 * begin and its end lie close. The same bytes for the same numbers.
 *
 * @param jobs fewer than half of the events: each event is delivered again, every other time under another id, as by
 * another route
 */
export async function generateEvents(path: string, events: number, jobs = events / 2): Promise<void> {
  const resources = Math.max(1, Math.round((jobs * 2) / eventsPerResource));
  const times = Math.max(1, Math.round(events / jobs / 2));
  await writeEvents(path, function* lines() {
    for (let job = 0; job < jobs; job += 1) {
      const beginMs = startMs + Math.floor((job / jobs) * (dayMs - 30 * 60_000));
      const each = { job, resource: job % resources, beginMs };
      for (let copy = 0; copy < times; copy += 1) {
        const id = job + (copy % 2) * jobs;
        yield eventLine({ ...each, id }, 'begin');
        yield eventLine({ ...each, id }, 'end');
      }
    }
  });
}

/** Writes a night of backups, one of each resource, as NDJSON.gz. */
export async function generateNight(path: string, date: string, resources: number): Promise<void> {
  const night = Date.parse(`${date}T00:00:00Z`);
  const first = Math.round(night / dayMs) * resources;
  await writeEvents(path, function* lines() {
    for (let resource = 0; resource < resources; resource += 1) {
      const beginMs = night + Math.floor((resource / resources) * (dayMs / 4));
      const backup = { job: first + resource, id: first + resource, resource, beginMs };
      yield eventLine(backup, 'begin');
      yield eventLine(backup, 'end');
    }
  });
}

async function writeEvents(path: string, make: () => Iterable<string>): Promise<void> {
  const gzip = createGzip({ level: 6 });
  const file = createWriteStream(path);
  gzip.pipe(file);
  let lines: string[] = [];
  for (const line of make()) {
    lines.push(line);
    if (lines.length < 1000) continue;
    if (!gzip.write(`${lines.join('\n')}\n`)) await once(gzip, 'drain');
    lines = [];
  }
  gzip.end(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
  await finished(file);
}

interface GeneratedBackup {
  readonly job: number;
  /** What the ids of its events are made from. */
  readonly id: number;
  readonly resource: number;
  readonly beginMs: number;
}

function eventLine({ job, id, resource, beginMs }: GeneratedBackup, phase: 'begin' | 'end'): string {
  const kind = kinds[resource % kinds.length] ?? 'database';
  const endMs = beginMs + 60_000 + (job % 1500) * 1000;
  const timeMs = phase === 'begin' ? beginMs : endMs;
  const failed = phase === 'end' && job % failureEvery === 7;
  const serial = job.toString(36).padStart(52, '0');
  const compartment = `ocid1.compartment.oc1..${(resource % 97).toString(36).padStart(60, '0')}`;
  const event = {
    eventType: `com.oraclecloud.${operationOf(kind)}.${phase}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: 'BackupService',
    eventTime: new Date(timeMs).toISOString(),
    contentType: 'application/json',
    data: {
      compartmentId: compartment,
      compartmentName: `department-${resource % 97}`,
      resourceName: 'Automatic Backup',
      resourceId: `ocid1.${kind}backup.oc1.iad.anuwcljr${serial}`,
      availabilityDomain: 'uYkY:US-ASHBURN-AD-1',
      freeformTags: {},
      definedTags: tagsOf(resource, beginMs),
      additionalDetails: detailsOf(kind, resource, phase, failed, beginMs),
    },
    eventID: uuidOf(id * 2 + (phase === 'end' ? 1 : 0)),
    extensions: { compartmentId: compartment },
  };
  return JSON.stringify(event);
}

/** Tags as companies have them: they make up most of an event's 1.5 KB. */
function tagsOf(resource: number, beginMs: number): object {
  const owner = `team-${resource % 41}@example.com`;
  return {
    'Oracle-Tags': { CreatedBy: 'backup-service', CreatedOn: new Date(beginMs).toISOString() },
    Organization: {
      CostCenter: `CC-${10_000 + (resource % 613)}`,
      Department: `department-${resource % 97}`,
      Owner: owner,
    },
    Operations: {
      Environment: resource % 3 === 0 ? 'production' : 'staging',
      Tier: String(resource % 4),
      Criticality: 'high',
    },
    Compliance: {
      DataClass: 'confidential',
      RetentionClass: `R${resource % 7}`,
      Regulation: 'SOX',
      ReviewedOn: '2026-07-01',
      ReviewedBy: owner,
      Evidence: 'https://intranet.example.com/controls/backup-and-recovery',
    },
  };
}

function operationOf(kind: (typeof kinds)[number]): string {
  if (kind === 'database') return 'databaseservice.automaticbackupdatabase';
  if (kind === 'adb') return 'databaseservice.automaticbackupautonomousdatabase';
  return kind === 'mysql' ? 'mysqlaas.createbackup' : 'blockvolumes.createvolumebackup';
}

function detailsOf(
  kind: (typeof kinds)[number],
  resource: number,
  phase: 'begin' | 'end',
  failed: boolean,
  beginMs: number,
): object {
  const id = (type: string): string =>
    `ocid1.${type}.oc1.iad.anuwcljr${resource.toString(36).padStart(52, '0')}`;
  const state = phase === 'begin' ? 'CREATING' : failed ? 'FAILED' : 'ACTIVE';
  const common = {
    timeCreated: new Date(beginMs).toISOString(),
    lifecycleState: state,
    backupType: 'INCREMENTAL',
    ...(failed ? { lifecycleDetails: `The backup failed because its destination did not answer.` } : {}),
  };
  switch (kind) {
    case 'database':
      return {
        ...common,
        databaseId: id('database'),
        dbUniqueName: `DB${resource}_iad`,
        autoBackupsEnabled: 'true',
        recoveryWindow: '30',
      };
    case 'adb':
      return { ...common, autonomousDatabaseId: id('autonomousdatabase'), dbName: `ADB${resource}` };
    case 'mysql':
      return { ...common, dbSystemId: id('mysqldbsystem'), dbSystemName: `mysql${resource}` };
    case 'volume':
      return {
        volumeId: id('volume'),
        volumeName: `volume${resource}`,
        sourceType: 'SCHEDULED',
        backupType: 'INCREMENTAL',
        ...(phase === 'end' ? { status: failed ? 'operationFailed' : 'operationSucceed' } : {}),
      };
  }
}

/** Spread over all digits, so that it compresses as an id does. */
function uuidOf(number: number): string {
  const part = (factor: number): string =>
    (Math.imul(number + 1, factor) >>> 0).toString(16).padStart(8, '0');
  const [a, b, c, d] = [part(2_654_435_761), part(2_246_822_519), part(3_266_489_917), part(668_265_263)];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
