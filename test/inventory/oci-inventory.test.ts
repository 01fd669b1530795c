import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  InventoriedResource,
  OciInventoryReading,
} from '../../src/inventory/oci/inventoried-resource.js';
import { type OciInventoryOptions, createOciInventory } from '../../src/inventory/oci/oci-inventory.js';
import type { BackupSchedule } from '../../src/model/protected-resource.js';
import { type OciConnection, connect } from '../../src/oci/connection.js';
import type { Fault } from '../support/oci/faults.js';
import type { InventoryStore, StoredSchedule } from '../support/oci/inventory-store.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { sliceOf } from '../support/share-of.js';

const tenancy = 'ocid1.tenancy.oc1..standin';
const prod = 'ocid1.compartment.oc1..prod';
const finance = 'ocid1.compartment.oc1..finance';
const test = 'ocid1.compartment.oc1..test';
const goldPolicy = 'ocid1.volumebackuppolicy.oc1..gold';

const daySeconds = 86_400;

/** A schedule that does not say when it is due. */
const unscheduled = { dayOfWeek: null, dayOfMonth: null, month: null, hourOfDay: null, timeZone: null };

const attempts = 3;

let directory: string;
let iad: StandIn;
let phx: StandIn;
let connection: OciConnection;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oci-inventory-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  [iad, phx] = await Promise.all([startStandIn(), startStandIn()]);
  for (const { inventory } of [iad, phx]) {
    inventory.addCompartment(prod, 'production', tenancy);
    inventory.addCompartment(finance, 'finance', prod);
    inventory.addCompartment(test, 'test', tenancy);
    inventory.addPolicy(goldPolicy, 'gold', [
      { period: 'ONE_WEEK', backupType: 'INCREMENTAL', retentionSeconds: 28 * daySeconds },
      { period: 'ONE_DAY', backupType: 'INCREMENTAL', retentionSeconds: 7 * daySeconds },
    ]);
  }
  const file = await iad.writeConfigFile(directory);
  const http = { timeoutMs: 60_000, attempts, firstDelayMs: 1, deadlineMs: 600_000 };
  const log = { info: () => undefined, warn: () => undefined };
  connection = await connect({ type: 'config-file', file, profile: 'DEFAULT' }, directory, http, log);
});

afterEach(async () => {
  await Promise.all([iad.close(), phx.close()]);
});

function read(options: Partial<OciInventoryOptions> = {}): Promise<OciInventoryReading> {
  return createOciInventory(connection, {
    regions: [{ region: 'us-ashburn-1', endpoint: iad.url }],
    compartments: [prod],
    includeSubcompartments: true,
    ...options,
  }).read();
}

function byName({ resources }: OciInventoryReading): Record<string, InventoriedResource> {
  return Object.fromEntries(resources.map((each) => [each.resourceName, each]));
}

function names({ resources }: OciInventoryReading): readonly string[] {
  return resources.map(({ resourceName }) => resourceName);
}

function id(kind: string, name: string, region = 'iad'): string {
  return `ocid1.${kind}.oc1.${region}.${name}`;
}

/** Something of each kind in two compartments: more than a page of some. */
function fill(inventory: InventoryStore): void {
  const dbBackupConfig = {
    autoBackupEnabled: true,
    recoveryWindowInDays: 60,
    backupDestinationDetails: [{ type: 'OBJECT_STORE' }],
  };
  for (const name of ['sales', 'stock', 'hr']) {
    inventory.addDatabase({ id: id('database', name), compartmentId: prod, dbBackupConfig });
    inventory.addVolume({ id: id('volume', `data-${name}`), compartmentId: finance });
    inventory.assignments.set(id('volume', `data-${name}`), goldPolicy);
  }
  inventory.addAutonomousDatabase({
    id: id('autonomousdatabase', 'lake'),
    compartmentId: prod,
    backupRetentionPeriodInDays: 60,
  });
  inventory.addBootVolume({ id: id('bootvolume', 'boot-1'), compartmentId: prod });
}

describe('what exists', () => {
  it('comes back once, over pages, compartments and regions', async () => {
    fill(iad.inventory);
    phx.inventory.addVolume({ id: id('volume', 'copy', 'phx'), compartmentId: prod });
    iad.inventory.addVolume({ id: id('volume', 'elsewhere'), compartmentId: test });
    const reading = await read({
      regions: [
        { region: 'us-ashburn-1', endpoint: iad.url },
        { region: 'us-phoenix-1', endpoint: phx.url },
      ],
    });

    expect(
      reading.resources.map(({ resourceType, resourceName, region }) => [resourceType, resourceName, region]),
    ).toEqual([
      ['autonomous-database', 'lake', 'us-ashburn-1'],
      ['boot-volume', 'boot-1', 'us-ashburn-1'],
      ['database', 'HR_1', 'us-ashburn-1'],
      ['database', 'SALES_1', 'us-ashburn-1'],
      ['database', 'STOCK_1', 'us-ashburn-1'],
      ['volume', 'data-hr', 'us-ashburn-1'],
      ['volume', 'data-sales', 'us-ashburn-1'],
      ['volume', 'data-stock', 'us-ashburn-1'],
      ['volume', 'copy', 'us-phoenix-1'],
    ]);
    expect([reading.refused, reading.faults]).toEqual([[], []]);
  });

  it('is told in full', async () => {
    const key = 'ocid1.database.oc1.iad.Sales';
    iad.inventory.addDatabase({
      id: key,
      compartmentId: prod,
      dbName: 'SALES',
      dbUniqueName: 'SALES_iad1',
      freeformTags: { env: 'prod' },
      definedTags: { Organization: { ResourceOwner: 'dba@example.com' }, Org: { Team: 'core' } },
      dbBackupConfig: {
        autoBackupEnabled: true,
        recoveryWindowInDays: 65,
        backupDestinationDetails: [{ type: 'DBRS' }],
      },
    });

    expect((await read()).resources).toEqual([
      {
        resourceId: key.toLowerCase(),
        resourceType: 'database',
        resourceName: 'SALES_iad1',
        displayName: 'SALES',
        compartmentId: prod,
        compartmentName: 'production',
        owner: 'dba@example.com',
        tags: { env: 'prod', 'Org.Team': 'core', 'Organization.ResourceOwner': 'dba@example.com' },
        protection: { enabled: true, means: 'automatic backup', retentionDays: 65, destination: 'DBRS' },
        createdTime: '2026-01-02T03:04:05.678Z',
        lifecycleState: 'AVAILABLE',
        region: 'us-ashburn-1',
      },
    ]);
  });

  it('is told once where two places tell of it', async () => {
    fill(iad.inventory);
    const at = { region: 'us-ashburn-1', endpoint: iad.url };
    expect((await read({ regions: [at, at] })).digest).toBe((await read()).digest);
  });

  it('says when each was made, as its service does', async () => {
    fill(iad.inventory);
    const timeCreated = '2026-11-18T23:59:59.123+00:00';
    iad.inventory.addVolume({ id: id('volume', 'fresh'), compartmentId: prod, timeCreated });
    iad.inventory.addVolume({ id: id('volume', 'vague'), compartmentId: prod, timeCreated: 'lately' });
    iad.inventory.addBootVolume({ id: id('bootvolume', 'seen'), compartmentId: prod, timeCreated }, 'search');
    const { fresh, vague, seen, ...others } = byName(await read());

    expect([fresh?.createdTime, vague?.createdTime, seen?.createdTime]).toEqual([
      '2026-11-18T23:59:59.123Z',
      null,
      '2026-11-18T23:59:59.123Z',
    ]);
    const types = new Set(Object.values(others).map(({ resourceType }) => resourceType));
    expect([...types].sort()).toEqual(['autonomous-database', 'boot-volume', 'database', 'volume']);
    for (const { createdTime } of Object.values(others)) expect(createdTime).toBe('2026-01-02T03:04:05.678Z');
  });

  it('leaves out what is gone, also where the search is behind', async () => {
    for (const lifecycleState of ['TERMINATED', 'TERMINATING', 'FAULTY']) {
      iad.inventory.addVolume({ id: id('volume', lifecycleState), compartmentId: prod, lifecycleState });
    }
    const gone = { id: id('volume', 'late'), compartmentId: prod };
    iad.inventory.addVolume({ ...gone, lifecycleState: 'TERMINATED' }, 'service');
    iad.inventory.addVolume(gone, 'search');
    const reading = await read();

    expect([names(reading), reading.refused, reading.faults]).toEqual([['FAULTY'], [], []]);
  });

  it('includes what only the search or only a service knows', async () => {
    iad.inventory.addDatabase({ id: id('database', 'seen'), compartmentId: prod }, 'search');
    iad.inventory.addVolume({ id: id('volume', 'new'), compartmentId: prod }, 'service');
    const { SEEN, new: fresh } = byName(await read());

    expect(SEEN?.protection).toEqual({
      enabled: null,
      means: 'unknown',
      retentionDays: null,
      destination: null,
    });
    expect(fresh?.protection.enabled).toBe(false);
  });

  it('is asked for by the types that are wanted only', async () => {
    fill(iad.inventory);
    const reading = await read({ resourceTypes: ['boot-volume'] });

    expect(names(reading)).toEqual(['boot-1']);
    expect(iad.requests.filter(({ path }) => /dbHomes|autonomous|\/volumes\?/.test(path))).toEqual([]);
  });
});

describe('compartments', () => {
  beforeEach(() => {
    const { inventory } = iad;
    inventory.addCompartment('ocid1.compartment.oc1..deep', 'deep', finance);
    inventory.addCompartment('ocid1.compartment.oc1..old', 'old', prod, 'DELETED');
    for (const each of [tenancy, prod, finance, test, 'ocid1.compartment.oc1..deep']) {
      const name = each.slice(each.lastIndexOf('.') + 1);
      inventory.addVolume({ id: id('volume', name), compartmentId: each });
    }
  });

  it.each([
    ['one alone', [prod], false, ['production']],
    ['one and all levels below it', [prod], true, ['deep', 'finance', 'production']],
    ['the whole tenancy', [tenancy], true, ['deep', 'finance', 'production', 'standin-root', 'test']],
    ['one and another below it', [finance, prod], true, ['deep', 'finance', 'production']],
  ])('are read: %s', async (_words, compartments, includeSubcompartments, expected) => {
    const reading = await read({ compartments, includeSubcompartments });
    expect(reading.resources.map(({ compartmentName }) => compartmentName).sort()).toEqual(expected);
    expect([reading.refused, reading.faults]).toEqual([[], []]);
  });

  it('are asked for in queries of bounded length', async () => {
    const many = Array.from({ length: 51 }, (_each, index) => `ocid1.compartment.oc1..many${index}`);
    for (const each of many) iad.inventory.addCompartment(each, each, prod);
    iad.inventory.addVolume({ id: id('volume', 'last'), compartmentId: many.at(-1) ?? '' }, 'search');
    iad.inventory.pageSize = 1000;

    const choice = { compartments: many, includeSubcompartments: false };
    expect(names(await read({ ...choice, resourceTypes: ['volume'] }))).toContain('last');
    expect(iad.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});

describe('protection', () => {
  it('of a database is its automatic backup', async () => {
    const settings = [
      ['on', { autoBackupEnabled: true, recoveryWindowInDays: 30, backupDestinationDetails: null }],
      ['off', { autoBackupEnabled: false, recoveryWindowInDays: 30 }],
      ['unset', {}],
      ['missing', null],
    ] as const;
    for (const [name, dbBackupConfig] of settings) {
      iad.inventory.addDatabase({ id: id('database', name), compartmentId: prod, dbBackupConfig });
    }
    const found = byName(await read());

    expect(found['ON_1']?.protection).toEqual({
      enabled: true,
      means: 'automatic backup',
      retentionDays: 30,
      destination: null,
    });
    expect(found['OFF_1']?.protection).toEqual({
      enabled: false,
      means: 'none',
      retentionDays: null,
      destination: null,
    });
    expect(found['UNSET_1']?.protection.enabled).toBeNull();
    expect(found['MISSING_1']?.protection.enabled).toBeNull();
  });

  it('of an autonomous database is always on, but for a refreshable clone', async () => {
    const compartmentId = prod;
    iad.inventory.addAutonomousDatabase({
      id: id('autonomousdatabase', 'lake'),
      compartmentId,
      backupRetentionPeriodInDays: 60,
    });
    iad.inventory.addAutonomousDatabase({
      id: id('autonomousdatabase', 'clone'),
      compartmentId,
      isRefreshableClone: true,
    });
    const { lake, clone } = byName(await read());

    expect([lake?.protection.enabled, lake?.protection.retentionDays]).toEqual([true, 60]);
    expect([clone?.protection.enabled, clone?.protection.means]).toEqual([
      false,
      'none: a refreshable clone',
    ]);
  });

  it('of a volume is its policy, or that of its group', async () => {
    const { inventory } = iad;
    const group = id('volumegroup', 'group');
    const idle = 'ocid1.volumebackuppolicy.oc1..idle';
    inventory.addPolicy(idle, 'idle', []);
    for (const name of ['own', 'none', 'empty']) {
      inventory.addVolume({ id: id('volume', name), compartmentId: prod });
    }
    inventory.addBootVolume({ id: id('bootvolume', 'grouped'), compartmentId: prod, volumeGroupId: group });
    inventory.assignments.set(id('volume', 'own'), goldPolicy);
    inventory.assignments.set(id('volume', 'empty'), idle);
    inventory.assignments.set(group, goldPolicy);
    const found = byName(await read());

    const gold = {
      enabled: true,
      means: 'backup policy gold',
      retentionDays: 7,
      destination: null,
      policyId: goldPolicy,
      schedules: [
        { ...unscheduled, period: 'ONE_DAY', backupType: 'INCREMENTAL', retentionSeconds: 7 * daySeconds },
        { ...unscheduled, period: 'ONE_WEEK', backupType: 'INCREMENTAL', retentionSeconds: 28 * daySeconds },
      ],
    };
    expect(found['own']?.protection).toEqual(gold);
    expect(found['grouped']?.protection).toEqual({
      ...gold,
      means: 'backup policy gold of its volume group',
    });
    expect(found['none']?.protection).toEqual({
      enabled: false,
      means: 'none',
      retentionDays: null,
      destination: null,
    });
    expect(found['empty']?.protection).toMatchObject({
      enabled: false,
      means: 'backup policy idle, which has no schedule',
    });
    expect(iad.requests.filter(({ path }) => path.includes('/volumeBackupPolicies/')).length).toBe(2);
  });
});

const memberships = ({ resources }: OciInventoryReading) =>
  resources.map(
    ({ resourceName, memberOf, isMembershipUnknown }) =>
      `${resourceName}: ${memberOf ?? (isMembershipUnknown === true ? 'unknown' : 'none')}`,
  );

describe('volume groups', () => {
  const erp = id('volumegroup', 'ERP');
  function fillGroups(): void {
    const { inventory } = iad;
    for (const name of ['a', 'b', 'c', 'z']) {
      inventory.addVolume({ id: id('volume', name), compartmentId: name === 'c' ? finance : prod });
    }
    inventory.addBootVolume({ id: id('bootvolume', 'boot'), compartmentId: prod, volumeGroupId: erp });
    // A page has two.
    for (const name of ['1', '2']) {
      const group = { id: id('volumegroup', name), compartmentId: prod, volumeIds: [] };
      inventory.addVolumeGroup(group);
    }
    const volumeIds = [id('volume', 'a'), id('volume', 'c').toUpperCase()];
    inventory.addVolumeGroup({ id: erp, compartmentId: prod, volumeIds });
    inventory.addVolumeGroup({
      id: id('volumegroup', 'gone'),
      compartmentId: prod,
      volumeIds: [id('volume', 'z')],
      lifecycleState: 'TERMINATED',
    });
  }

  it('say who is in them, over pages and compartments; volumes say it, too', async () => {
    fillGroups();
    const reading = await read();
    const group = erp.toLowerCase();
    expect(memberships(reading)).toEqual([
      `boot: ${group}`,
      `a: ${group}`,
      'b: none',
      `c: ${group}`,
      'z: none',
    ]);
    expect([reading.refused, reading.faults]).toEqual([[], []]);
  });

  it('hand their policy to members that do not name them', async () => {
    fillGroups();
    iad.inventory.assignments.set(erp, goldPolicy);
    const found = byName(await read());
    expect(found['a']?.protection.means).toBe('backup policy gold of its volume group');
    expect(found['b']?.protection.means).toBe('none');
  });

  it.each([
    ['refused', { status: 404 }, 1, 0],
    ['failing', { status: 400 }, 0, 1],
  ] as const)(
    'that are %s leave the membership of others unknown, and the inventory says so',
    async (_name, fault, refusals, faults) => {
      fillGroups();
      iad.faults.next('GET /20160918/volumeGroups', fault);
      const reading = await read({ compartments: [prod], includeSubcompartments: false });
      expect(memberships(reading)).toEqual([
        `boot: ${erp.toLowerCase()}`,
        'a: unknown',
        'b: unknown',
        'z: unknown',
      ]);
      expect([reading.refused.length, reading.faults.length]).toEqual([refusals, faults]);
      const told = [...reading.refused.map(({ reason }) => reason), ...reading.faults];
      expect(told).toEqual([expect.stringContaining('Blockstorage listVolumeGroups answered ')]);
    },
  );

  it('are not asked for where no volumes are wanted', async () => {
    fillGroups();
    await read({ resourceTypes: ['database'] });
    expect(iad.requests.filter(({ path }) => path.endsWith('/volumeGroups'))).toEqual([]);
  });
});

/** What the inventory tells of a schedule that the policy of a volume has. */
async function scheduleOf(schedule: StoredSchedule): Promise<BackupSchedule | undefined> {
  const policy = 'ocid1.volumebackuppolicy.oc1..own';
  iad.inventory.addPolicy(policy, 'own', [schedule]);
  iad.inventory.addVolume({ id: id('volume', 'data'), compartmentId: prod });
  iad.inventory.assignments.set(id('volume', 'data'), policy);
  return byName(await read())['data']?.protection.schedules?.[0];
}

describe('schedules', () => {
  const yearly = { period: 'ONE_YEAR', backupType: 'FULL', retentionSeconds: 5 * 365 * daySeconds };
  const when = { dayOfWeek: 'SUNDAY', dayOfMonth: 28, month: 'DECEMBER', hourOfDay: 23 };

  it('say on which day and at which hour they are due', async () => {
    const timeZone = 'REGIONAL_DATA_CENTER_TIME';
    expect(await scheduleOf({ ...yearly, ...when, offsetType: 'STRUCTURED', timeZone })).toEqual({
      ...yearly,
      ...when,
      timeZone,
    });
  });

  it('that count seconds from the start of their period say no day, whatever stands there', async () => {
    const offset = { offsetType: 'NUMERIC_SECONDS', offsetSeconds: 3600 };
    expect(await scheduleOf({ ...yearly, ...when, ...offset, timeZone: 'UTC' })).toEqual({
      ...unscheduled,
      ...yearly,
      timeZone: 'UTC',
    });
  });
});

describe('rights that are missing', () => {
  it('name the compartment, and its siblings are read', async () => {
    fill(iad.inventory);
    iad.inventory.addVolume({ id: id('volume', 'other'), compartmentId: test });
    iad.inventory.denied.add(finance);
    const reading = await read({ compartments: [tenancy] });

    expect(reading.refused).toEqual([
      {
        compartmentId: finance,
        region: 'us-ashburn-1',
        reason: expect.stringContaining('Database listDbHomes answered 404 NotAuthorizedOrNotFound: '),
      },
    ]);
    expect(reading.faults).toEqual([]);
    expect(names(reading)).toEqual(['lake', 'boot-1', 'HR_1', 'SALES_1', 'STOCK_1', 'other']);
  });

  it('to one service leave what others tell', async () => {
    fill(iad.inventory);
    iad.faults.next('GET /20160918/volumes', { status: 404 });
    const reading = await read({ compartments: [finance] });

    expect(reading.refused.map(({ compartmentId }) => compartmentId)).toEqual([finance]);
    expect(reading.resources.map(({ protection }) => protection.enabled)).toEqual([null, null, null]);
  });

  it('to a policy leave the settings of all its volumes open', async () => {
    fill(iad.inventory);
    iad.inventory.policies.clear();
    const reading = await read({ compartments: [finance], resourceTypes: ['volume'] });

    expect(reading.refused).toHaveLength(1);
    expect(reading.refused[0]?.reason).toMatch(/getVolumeBackupPolicy answered 404 .+, and 2 more like it$/);
    expect(reading.resources.map(({ protection }) => protection.enabled)).toEqual([null, null, null]);
  });

  it('to list what is below a compartment make the inventory incomplete, too', async () => {
    iad.inventory.denied.add(finance);
    const { refused, faults } = await read();

    expect(refused.map(({ compartmentId }) => compartmentId)).toEqual([finance]);
    expect(faults).toEqual([
      expect.stringContaining(`${finance}: Identity listCompartments answered 404 NotAuthorizedOrNotFound`),
    ]);
  });

  it('to a chosen compartment itself count in every region', async () => {
    iad.faults.next(`GET /20160918/compartments/${prod}`, { status: 404 });
    const { refused } = await read({
      regions: [
        { region: 'us-ashburn-1', endpoint: iad.url },
        { region: 'us-phoenix-1', endpoint: phx.url },
      ],
    });
    expect(refused.map(({ compartmentId, region }) => [compartmentId, region])).toEqual([
      [prod, 'us-ashburn-1'],
      [prod, 'us-phoenix-1'],
    ]);
  });
});

describe('faults', () => {
  const passing: readonly [string, Fault][] = [
    ['too many requests', { status: 429, retryAfterSeconds: 0 }],
    ['an error of the service', { status: 500 }],
    ['a torn answer', { kind: 'torn' }],
    ['a reset', { kind: 'reset' }],
  ];

  it.each(sliceOf(passing))('that pass give the same reading: %s', async (_words, fault) => {
    fill(iad.inventory);
    const untroubled = await read();
    const paths = [
      'POST /20180409/resources',
      '/compartments',
      '/databases',
      '/volumes',
      'Assignments',
      'Policies/',
    ];
    for (const path of paths) iad.faults.next(path, fault);

    expect(await read()).toEqual(untroubled);
    expect(iad.faults.pending()).toBe(0);
  });

  it('that stay are told in words, and what came before them is given', async () => {
    fill(iad.inventory);
    iad.faults.next('GET /20160918/autonomousDatabases', { status: 500 }, 2 * attempts);
    iad.faults.next(({ target }) => /\/volumes\?.*page=/.test(target), { status: 503 }, attempts);
    const reading = await read();

    expect(names(reading)).toHaveLength(8);
    expect(byName(reading)['lake']?.protection.enabled).toBeNull();
    expect(reading.refused).toEqual([]);
    expect(reading.faults).toEqual([
      expect.stringMatching(
        /^us-ashburn-1, compartment \S+finance: Blockstorage listVolumes answered 503 ServiceUnavailable: A planned fault/,
      ),
      expect.stringMatching(
        /^us-ashburn-1, compartment \S+finance: Database listAutonomousDatabases answered 500/,
      ),
      expect.stringMatching(
        /^us-ashburn-1, compartment \S+prod: Database listAutonomousDatabases answered 500/,
      ),
    ]);
    const volumes = reading.resources.filter(({ resourceType }) => resourceType === 'volume');
    expect(volumes.map(({ protection }) => protection.enabled)).toEqual([null, true, true]);
  });

  it('of the search are told, and of Identity too', async () => {
    fill(iad.inventory);
    const untroubled = await read();
    iad.faults.next('POST /20180409/resources', { status: 500 }, attempts);
    iad.faults.next('GET /20160918/compartments?', { status: 500 }, 2 * attempts);
    const reading = await read({ compartments: [prod, finance] });

    expect(reading.faults).toEqual([
      expect.stringContaining('finance: Identity listCompartments answered 500'),
      expect.stringContaining('prod: Identity listCompartments answered 500'),
      expect.stringContaining('us-ashburn-1: ResourceSearch searchResources answered 500'),
    ]);
    expect(reading.digest).toBe(untroubled.digest);
  });

  it('of a page that names itself as the next one end the list', async () => {
    fill(iad.inventory);
    iad.inventory.pageSize = 0;
    const { faults } = await read({ resourceTypes: ['volume'] });
    expect(faults.join('\n')).toContain(
      'listCompartments failed: it names a page as the next one that was read already',
    );
  });

  it('of an item that cannot be understood name its field', async () => {
    iad.inventory.addVolume({ id: '', compartmentId: prod }, 'service');
    iad.inventory.addVolume({ id: id('volume', 'good'), compartmentId: prod });
    const reading = await read();

    expect(names(reading)).toEqual(['good']);
    expect(reading.faults).toEqual([
      expect.stringContaining('Blockstorage listVolumes: an item cannot be understood: id '),
    ]);
  });
});

describe('the digest', () => {
  it('does not depend on the order of answers', async () => {
    fill(iad.inventory);
    const first = await read();
    iad.inventory.isReversed = true;
    const second = await read();

    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toEqual(first);
  });

  it('changes with a setting', async () => {
    fill(iad.inventory);
    const { digest } = await read();
    iad.inventory.assignments.delete(id('volume', 'data-hr'));
    expect((await read()).digest).not.toBe(digest);
  });
});

describe('usage', () => {
  it.each([
    [{ compartments: [] }, 'the inventory names no compartment'],
    [{ compartments: ["production' || x = '"] }, 'the inventory names what is no OCID of a compartment'],
    [{ regions: [] }, 'the inventory names no region'],
    [{ regions: [{ region: 'mars-north-1' }] }, 'the region mars-north-1 is not known'],
  ])('is refused: %j', (options, words) => {
    const all = { regions: [{}], compartments: [prod], includeSubcompartments: false, ...options };
    expect(() => createOciInventory(connection, all)).toThrow(words);
  });

  it('says what is listed and where', () => {
    const inventory = createOciInventory(connection, {
      regions: [{}],
      compartments: [prod],
      includeSubcompartments: true,
      resourceTypes: ['volume'],
    });
    expect([inventory.type, inventory.description]).toEqual([
      'oci',
      `volume resources that OCI lists in ${prod} and below, in us-ashburn-1`,
    ]);
  });

  it('is what credentials are that OCI does not accept', async () => {
    iad.faults.next('GET', { status: 401 }, attempts);
    await expect(read()).rejects.toMatchObject({ kind: 'usage' });
  });
});
