import fc from 'fast-check';
import { dayMs, minuteMs } from '../../src/base/time-units.js';
import type { ProtectedResource, Protection } from '../../src/model/protected-resource.js';
import { type RawEvent, conditionEvent, rawEvent } from './raw-event.js';

/** The reports are of these days, in UTC. */
export const estateDates = ['2026-11-19', '2026-11-20'] as const;

const firstMs = Date.parse(`${estateDates[0]}T00:00:00Z`);

/** What happens to one resource. */
interface Happening {
  readonly resource: number;
  /** From the first report's day. */
  readonly day: number;
  readonly minute: number;
  readonly what:
    | 'backup'
    | 'failure'
    | 'begin'
    | 'copy'
    | 'restore'
    | 'notice'
    | 'clearing'
    | 'deletion'
    | 'termination'
    | 'nameless'
    /** A backup that names its database by its unique name alone. */
    | 'named';
}

export interface Estate {
  readonly records: readonly RawEvent[];
  /** By date; null: what was observed is what is expected. */
  readonly inventories: Readonly<Record<string, readonly ProtectedResource[]>> | null;
  /** Resources that were backed up, copied or restored, or had a notice of a failure, by the end of each day. */
  readonly seen: Readonly<Record<string, ReadonlySet<string>>>;
  readonly terminated: Readonly<Record<string, ReadonlySet<string>>>;
}

interface EstateResource {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentName: string;
  readonly tags: Readonly<Record<string, string>>;
}

function resourceOf(
  resourceType: string,
  resourceName: string,
  compartmentName: string,
  tags: Record<string, string>,
): EstateResource {
  const kind = resourceType.replaceAll('-', '');
  return {
    resourceId: `ocid1.${kind}.oc1.iad.${resourceName.toLowerCase()}`,
    resourceType,
    resourceName,
    compartmentName,
    tags,
  };
}

const pool = [
  resourceOf('database', 'ERP_PROD', 'root/prod/db', { env: 'prod', tier: 'gold' }),
  resourceOf('database', 'ERP_TEST', 'test', { Env: 'test' }),
  resourceOf('database', 'LEGACY_1', 'root/prod/db', {}),
  resourceOf('database', 'crm', 'prod', { env: 'prod' }),
  resourceOf('volume', 'data01', 'root/prod/disks', { ENV: 'prod' }),
  resourceOf('volume', 'data02', 'test', {}),
  resourceOf('autonomous-database', 'ADW_TEST', 'test', { env: 'test', tier: 'gold' }),
] as const;

const happening: fc.Arbitrary<Happening> = fc.record({
  resource: fc.nat(pool.length - 1),
  day: fc.integer({ min: -6, max: 1 }),
  minute: fc.nat(24 * 60 - 1),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('backup' as const) },
    { weight: 2, arbitrary: fc.constantFrom('failure' as const, 'begin' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('copy' as const, 'restore' as const, 'notice' as const, 'clearing' as const),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'deletion' as const,
        'termination' as const,
        'nameless' as const,
        'named' as const,
      ),
    },
  ),
});

const protection = fc.constantFrom<Protection | undefined>(
  undefined,
  undefined,
  { enabled: true, means: 'automatic backup', retentionDays: 30, destination: null },
  { enabled: false, means: 'none', retentionDays: null, destination: null },
  { enabled: null, means: 'unknown', retentionDays: null, destination: null },
  {
    enabled: true,
    means: 'backup policy bronze',
    retentionDays: 365,
    destination: null,
    schedules: [{ period: 'ONE_MONTH', backupType: 'INCREMENTAL', retentionSeconds: null }],
  },
);

const inventory = fc
  .tuple(
    fc.subarray([...pool]),
    fc.constantFrom(null, 'ann@example.com', 'team storage'),
    fc.constantFrom(null, '2026-11-01T00:00:00Z', '2026-11-19T12:00:00Z'),
    protection,
  )
  .map(([resources, owner, createdTime, how]) =>
    resources.map((each, index): ProtectedResource => ({
      ...each,
      compartmentId: null,
      owner: index % 2 === 0 ? owner : null,
      createdTime: index % 3 === 0 ? createdTime : null,
      ...(how !== undefined && index % 2 === 1 ? { protection: how } : {}),
    })),
  );

const inventories = fc.option(
  fc
    .tuple(inventory, inventory)
    .map(([first, second]) => ({ [estateDates[0]]: first, [estateDates[1]]: second })),
  { freq: 2 },
);

/** Two report days and the look-back before them, in all their disorder. */
export const randomEstate: fc.Arbitrary<Estate> = fc
  .tuple(fc.array(happening, { minLength: 5, maxLength: 40 }), inventories)
  .map(([happenings, named]) => ({
    records: happenings.map(recordOf),
    inventories: named,
    seen: byDate(
      happenings.filter(({ what }) => !['deletion', 'termination', 'nameless', 'named'].includes(what)),
    ),
    terminated: byDate(happenings.filter(({ what }) => what === 'termination')),
  }));

/** The resources that these happened to by the end of each day. */
function byDate(happenings: readonly Happening[]): Readonly<Record<string, ReadonlySet<string>>> {
  const sets = estateDates.map((date, lastDay) => {
    const before = happenings.filter(({ day }) => day <= lastDay);
    return [date, new Set(before.map(({ resource }) => poolAt(resource).resourceId))] as const;
  });
  return Object.fromEntries(sets);
}

function poolAt(index: number): EstateResource {
  const resource = pool[index];
  if (resource === undefined) throw new Error(`no resource ${index}`);
  return resource;
}

const databaseTypes = {
  backup: 'databaseservice.automaticbackupdatabase',
  restore: 'databaseservice.restoredatabase',
  deletion: 'databaseservice.deletebackup',
} as const;

const typesOf = {
  database: databaseTypes,
  volume: {
    backup: 'blockvolumes.createvolumebackup',
    restore: 'blockvolumes.createvolumebackup',
    deletion: 'blockvolumes.deletevolumebackup',
  },
  'autonomous-database': {
    backup: 'databaseservice.automaticbackupautonomousdatabase',
    restore: 'databaseservice.autonomous.database.restore',
    deletion: 'databaseservice.deleteautonomousdatabasebackup',
  },
} as const;

function recordOf({ resource: index, day, minute, what }: Happening, number: number): RawEvent {
  const resource = poolAt(index);
  const { resourceId, resourceName, compartmentName, tags } = resource;
  const time = new Date(firstMs + day * dayMs + minute * minuteMs + number * 1000).toISOString();
  const data = { compartmentName, freeformTags: tags };
  if (what === 'notice' || what === 'clearing') {
    const suffix = what === 'clearing' ? '_CLEARED' : '';
    const over = { resourceId, resourceName, data };
    return conditionEvent(
      what === 'notice' ? 'critical' : 'information',
      `X.BACKUP_FAILURE${suffix}`,
      time,
      over,
    );
  }
  const own = what === 'termination' ? resourceId : `ocid1.backup.oc1.iad.b${number}`;
  return rawEvent({
    type: typeOf(resource, what),
    time,
    resourceId: own,
    data,
    details: {
      ...(what === 'nameless' || what === 'named' ? {} : namesOf(resource)),
      ...(what === 'named' ? { dbUniqueName: resource.resourceName } : {}),
      lifecycleState: what === 'failure' ? 'FAILED' : 'ACTIVE',
      timeCreated: new Date(Date.parse(time) - 90 * minuteMs).toISOString(),
    },
  });
}

function typeOf({ resourceType }: EstateResource, what: Happening['what']): string {
  const types = typesOf[resourceType as keyof typeof typesOf];
  switch (what) {
    case 'begin':
      return `${types.backup}.begin`;
    case 'copy':
      return 'blockvolumes.copyvolumebackup.end';
    case 'restore':
      return `${types.restore}.end`;
    case 'deletion':
      return `${types.deletion}.end`;
    case 'termination':
      return 'databaseservice.database.terminate.end';
    default:
      return `${types.backup}.end`;
  }
}

/** Whatever the family of the event, one of these is where its resource stands. */
function namesOf({ resourceId, resourceName }: EstateResource): Record<string, string> {
  return {
    databaseId: resourceId,
    autonomousDatabaseId: resourceId,
    volumeId: resourceId,
    dbUniqueName: resourceName,
    dbName: resourceName,
    volumeName: resourceName,
  };
}
