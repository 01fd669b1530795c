import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../../src/base/time-units.js';
import { objectIn } from '../../../../src/records/json.js';
import type { Protection } from '../../../../src/model/protected-resource.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { type Settings, fixedInventory, judgeDays, languageOf } from '../../../support/judge-day.js';
import {
  type RawEvent,
  auditEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';
import { policyRule, protectionOf } from '../../../support/rules.js';

const date = '2026-11-19';
const next = '2026-11-20';
const database = 'ocid1.database.oc1.iad.erpprd';
const volume = 'ocid1.volume.oc1.iad.data01';
const autonomous = 'ocid1.autonomousdatabase.oc1.iad.adb';
const mysql = 'ocid1.mysqldbsystem.oc1.iad.shop';
const postgres = 'ocid1.postgresqldbsystem.oc1.iad.pg';
const goldPolicy = 'ocid1.volumebackuppolicy.oc1..gold';
const protectionPolicy = 'ocid1.recoveryservicepolicy.oc1..bronze';
const protectedDatabase = 'ocid1.recoveryserviceprotecteddatabase.oc1.iad.p';

const rules = { policies: [policyRule({ minRetentionMs: 14 * dayMs })] };

type Days = readonly [DailyReport, DailyReport];

/** A backup of the resource in the night of each day, so that it is known and nothing is missing. */
function nightly(resourceId: string, day: string, tells = true): RawEvent {
  const time = `${day}T02:00:00Z`;
  const id = `.${day}.${resourceId.split('.').at(-1)}`;
  if (resourceId === database) {
    const untold = { autoBackupsEnabled: null, recoveryWindow: null };
    return databaseEvent('end', time, {
      resourceId: `ocid1.dbbackup.oc1.iad${id}`,
      details: tells ? {} : untold,
    });
  }
  if (resourceId === volume)
    return volumeEvent('end', time, { resourceId: `ocid1.volumebackup.oc1.iad${id}` });
  if (resourceId === autonomous) {
    const type = 'databaseservice.automaticbackupautonomousdatabase.end';
    const details = { autonomousDatabaseId: autonomous, dbName: 'ADB', lifecycleState: 'ACTIVE' };
    return rawEvent({ type, time, resourceId: `ocid1.autonomousdatabasebackup.oc1.iad${id}`, details });
  }
  const service = resourceId === mysql ? 'mysqlaas' : 'postgresql';
  const details = { dbSystemId: resourceId, lifecycleState: 'ACTIVE' };
  return rawEvent({
    type: `${service}.createbackup.end`,
    time,
    resourceId: `ocid1.backup.oc1.iad${id}`,
    details,
  });
}

interface Story {
  readonly of: string;
  readonly events: readonly RawEvent[];
  /** On the day after. */
  readonly later?: readonly RawEvent[];
  readonly protection?: Protection;
  readonly settings?: Partial<Settings>;
}

async function told({ of, events, later = [], protection, settings = {} }: Story): Promise<Days> {
  const inventory = protection && fixedInventory([{ resourceId: of, resourceName: 'LISTED', protection }]);
  const records: Readonly<Record<string, readonly RawEvent[]>> = {
    [date]: [nightly(of, date), ...events],
    [next]: [nightly(of, next, false), ...later],
  };
  const [first, second] = await judgeDays([date, next], (day) => ({
    rules,
    records: records[day] ?? [],
    ...(inventory === undefined ? {} : { inventory }),
    ...settings,
  }));
  if (first === undefined || second === undefined) throw new Error('two days are judged');
  return [first.report, second.report];
}

/** Verdicts of protection-enabled and retention on both days. */
function verdicts(days: Days) {
  return days.map(({ resources }) => {
    expect(resources).toHaveLength(1);
    const { retention, 'protection-enabled': protection } = resources[0]?.controls ?? {};
    return `${protection?.verdict} ${retention?.verdict}`;
  });
}

const at = `${date}T15:00:00Z`;

const changes = {
  'automatic backup off': [
    database,
    rawEvent({
      type: 'databaseservice.updatedatabase.end',
      time: at,
      resourceId: database,
      details: { databaseId: database, autoBackupsEnabled: 'false', lifecycleState: 'AVAILABLE' },
    }),
    'NON_COMPLIANT COMPLIANT',
  ],
  'automatic backup off, told by Audit': [
    database,
    changed(database, 'DatabaseService.UpdateDatabase.End', {
      previous: { Database: { dbBackupConfig: { autoBackupEnabled: true, recoveryWindowInDays: 30 } } },
      current: { Database: { dbBackupConfig: { autoBackupEnabled: false } } },
    }),
    'NON_COMPLIANT COMPLIANT',
  ],
  'a smaller recovery window': [
    database,
    rawEvent({
      type: 'databaseservice.updatedatabase.end',
      time: at,
      resourceId: database,
      details: { databaseId: database, recoveryWindow: '7', lifecycleState: 'AVAILABLE' },
    }),
    'COMPLIANT NON_COMPLIANT',
  ],
  'a smaller recovery window, as JSON text': [
    database,
    changed(database, 'DatabaseService.UpdateDatabase', {
      previous: 'None',
      current: '{"Database": {"dbBackupConfig": {"recoveryWindowInDays": 7}}}',
    }),
    'COMPLIANT NON_COMPLIANT',
  ],
  'a shorter retention of an autonomous database': [
    autonomous,
    rawEvent({
      type: 'databaseservice.updateautonomousdatabase.end',
      time: at,
      resourceId: autonomous,
      details: { backupRetentionPeriodInDays: 7, lifecycleState: 'AVAILABLE' },
    }),
    'NOT_APPLICABLE NON_COMPLIANT',
  ],
  'the operation on the retention alone': [
    autonomous,
    rawEvent({
      type: 'databaseservice.updateautonomousdatabasebackupretentionperiod.end',
      time: at,
      resourceId: autonomous.toUpperCase(),
      details: { retentionPeriodInDays: '60' },
    }),
    'NOT_APPLICABLE COMPLIANT',
  ],
  'a policy unassigned': [
    volume,
    assignment('DeleteVolumeBackupPolicyAssignment', { assetId: volume }),
    'NON_COMPLIANT UNKNOWN',
  ],
  'a policy assigned': [
    volume,
    assignment('CreateVolumeBackupPolicyAssignment', { assetId: volume, policyId: goldPolicy }),
    'COMPLIANT UNKNOWN',
  ],
  'a protected database deleted': [
    database,
    recovery('deleteprotecteddatabase.end', { databaseId: database, lifecycleState: 'DELETED' }),
    'NON_COMPLIANT UNKNOWN',
  ],
  'a deletion scheduled': [
    database,
    recovery('scheduleprotecteddatabasedeletion.end', { databaseId: database }),
    'NON_COMPLIANT UNKNOWN',
  ],
  'a protected database created': [
    database,
    recovery('createprotecteddatabase.end', { databaseId: database, lifecycleState: 'ACTIVE' }),
    'COMPLIANT COMPLIANT',
  ],
  'a protected database under another policy': [
    database,
    recovery('updateprotecteddatabase.end', { databaseId: database, protectionPolicyId: protectionPolicy }),
    'COMPLIANT UNKNOWN',
  ],
  'backups of a MySQL system off': [
    mysql,
    rawEvent({
      type: 'mysqlaas.updatedbsystem.end',
      time: at,
      resourceId: mysql,
      details: { backupPolicy: { isEnabled: false, retentionInDays: 3 }, lifecycleState: 'ACTIVE' },
    }),
    'NON_COMPLIANT NON_COMPLIANT',
  ],
  'backups of a PostgreSQL system off': [
    postgres,
    rawEvent({
      type: 'postgresql.updatedbsystem.end',
      time: at,
      resourceId: postgres,
      details: { managementPolicy: { backupPolicy: { kind: 'NONE', retentionDays: 30 } } },
    }),
    'NON_COMPLIANT COMPLIANT',
  ],
} as const satisfies Record<string, readonly [string, RawEvent, string]>;

function changed(resourceId: string, type: string, stateChange: object): RawEvent {
  const event = auditEvent({ type, time: at, resourceId, details: {} });
  return { ...event, data: { ...event.data, stateChange } };
}

function assignment(operation: string, details: Record<string, unknown>): RawEvent {
  const resourceId = 'ocid1.volumebackuppolicyassignment.oc1.iad.a1';
  return auditEvent({ type: `BlockVolumes.${operation}`, time: at, resourceId, details });
}

function recovery(operation: string, details: Record<string, unknown>, time = at): RawEvent {
  const type = `autonomousrecoveryservice.${operation}`;
  return rawEvent({ type, time, resourceId: protectedDatabase, resourceName: 'protected', details });
}

function withDetails(event: RawEvent, details: Record<string, unknown>): RawEvent {
  const before = objectIn(event.data['additionalDetails']);
  return { ...event, data: { ...event.data, additionalDetails: { ...before, ...details } } };
}

function beginOf(event: RawEvent): RawEvent {
  const type = String(event['eventType']).replace(/\.end$/i, '');
  return { ...event, eventType: `${type}.begin` };
}

const rows = Object.entries(changes);

describe('a change of settings', () => {
  it.each(rows)('holds from its day on: %s', async (_words, [of, event, expected]) => {
    const days = await told({ of, events: [event] });
    expect(verdicts(days)).toEqual([expected, expected]);
    const isChange = days[0].changes[0]?.to !== undefined;
    const time = isChange ? '2026-11-19T15:00:00.000Z' : '2026-11-19T02:00:00.000Z';
    expect(days.map(({ resources }) => resources[0]?.lastKnown.told)).toEqual([time, time]);
    expect(days[0].findings).toEqual([]);
    expect(days[0].changes).toMatchObject([{ resourceId: of }]);
  });

  it.each(rows)('changes nothing where it failed: %s', async (_words, [of, event]) => {
    const untouched = verdicts(await told({ of, events: [] }));
    const failures = [{ lifecycleState: 'FAILED' }, { status: 'operationFailed' }];
    for (const failure of failures) {
      const days = await told({ of, events: [withDetails(event, failure)] });
      expect(verdicts(days)).toEqual(untouched);
      expect(days[0].changes).toHaveLength(1);
      expect(days[0].changes[0]).not.toHaveProperty('to');
      expect(days[0].findings).toEqual([]);
    }
  });

  it.each(rows)('changes nothing where only its begin was seen: %s', async (_words, [of, event]) => {
    const days = await told({ of, events: [beginOf(event)] });
    expect(verdicts(days)).toEqual(verdicts(await told({ of, events: [] })));
    expect(days[0].changes[0]).not.toHaveProperty('to');
  });

  it.each(rows)(
    'makes no resource, and is a finding where nobody knows it: %s',
    async (_words, [, event]) => {
      const other = 'ocid1.database.oc1.iad.other';
      const stranger = ofOther(event, other);
      const days = await told({ of: mysql, events: [stranger] });
      expect(days[0].resources).toHaveLength(1);
      expect(days[0].notInInventory).toEqual([]);
      expect(days[0].findings).toMatchObject([{ kind: 'setting-unmatched' }]);
      expect(days[1].findings).toEqual([]);
    },
  );

  it('counts on the day on which it ended', async () => {
    const begin = rawEvent({
      type: 'databaseservice.updatedatabase.begin',
      time: `${date}T23:59:00Z`,
      resourceId: database,
      details: { databaseId: database },
    });
    const [, end] = changes['automatic backup off'];
    const later = [{ ...end, eventTime: `${next}T00:01:00Z` }];
    const days = await told({ of: database, events: [begin], later });
    expect(verdicts(days)).toEqual(['COMPLIANT COMPLIANT', 'NON_COMPLIANT COMPLIANT']);
  });

  it('has the values of its call where its end tells none', async () => {
    const call = auditEvent({ type: 'DatabaseService.UpdateDatabase', time: at, resourceId: database });
    const payload = { databaseEdition: null, dbBackupConfig: { autoBackupEnabled: false } };
    const asked = { ...call, data: { ...call.data, request: { action: 'PUT', payload } } };
    const details = { databaseId: database, lifecycleState: 'AVAILABLE' };
    const type = 'databaseservice.updatedatabase.end';
    const end = rawEvent({ type, time: `${date}T15:05:00Z`, resourceId: database, details });
    expect(verdicts(await told({ of: database, events: [asked, end] }))[0]).toBe('NON_COMPLIANT COMPLIANT');
  });

  it('is one fact where two routes tell it, whichever comes first', async () => {
    const [, event] = changes['automatic backup off'];
    const bare = { ...event, eventID: 'zz', data: { ...event.data, additionalDetails: {} } };
    for (const events of [
      [event, bare],
      [bare, event],
    ]) {
      const days = await told({ of: database, events });
      expect(verdicts(days)).toEqual(['NON_COMPLIANT COMPLIANT', 'NON_COMPLIANT COMPLIANT']);
      expect(days[0].changes).toHaveLength(1);
    }
  });
});

/** The event as one of another resource. */
function ofOther(event: RawEvent, other: string): RawEvent {
  const text = JSON.stringify(event);
  const known = [database, volume, autonomous, mysql, postgres];
  return JSON.parse(
    known.reduce((read, id) => read.replaceAll(id, other).replaceAll(id.toUpperCase(), other), text),
  );
}

describe('an update and the inventory, which is read after the cut-off', () => {
  const off = changes['automatic backup off'][1];
  const on = withDetails(off, { autoBackupsEnabled: 'true', recoveryWindow: '30' });
  const listedOn = protectionOf({ retentionDays: 30 });
  const listedOff = protectionOf({ enabled: false, means: 'none' });
  const unlisted = protectionOf({ enabled: null, means: 'unknown' });

  it.each<[string, RawEvent, Protection, string]>([
    ['off, the inventory says on', off, listedOn, 'NON_COMPLIANT COMPLIANT'],
    ['off, the inventory says so, too', off, listedOff, 'NON_COMPLIANT COMPLIANT'],
    ['off, the inventory does not know', off, unlisted, 'NON_COMPLIANT COMPLIANT'],
    ['on, the inventory says off', on, listedOff, 'COMPLIANT COMPLIANT'],
    ['on, the inventory says so, too', on, listedOn, 'COMPLIANT COMPLIANT'],
    [
      'a window that the inventory has otherwise',
      withDetails(on, { recoveryWindow: 7 }),
      listedOn,
      'COMPLIANT NON_COMPLIANT',
    ],
  ])('%s', async (_words, event, protection, expected) => {
    expect(verdicts(await told({ of: database, events: [event], protection }))).toEqual([expected, expected]);
  });

  it.each<[string, string, RawEvent, string]>([
    [
      'a protected database deleted',
      database,
      recovery('deleteprotecteddatabase.end', { databaseId: database, lifecycleState: 'CANCELED' }),
      'NON_COMPLIANT UNKNOWN',
    ],
    [
      'a policy unassigned',
      volume,
      rawEvent({
        type: 'blockvolumes.deletevolumebackuppolicyassignment.end',
        time: at,
        resourceId: 'ocid1.volumebackuppolicyassignment.oc1.iad.a',
        details: { assetId: volume, lifecycleState: 'CANCELED' },
      }),
      'NON_COMPLIANT UNKNOWN',
    ],
    [
      'but not an update that was canceled',
      database,
      withDetails(off, { lifecycleState: 'CANCELED' }),
      'COMPLIANT COMPLIANT',
    ],
  ])('holds where services call what is gone CANCELED: %s', async (_words, of, event, expected) => {
    expect(verdicts(await told({ of, events: [event] }))).toEqual([expected, expected]);
  });

  it('holds for a resource that only the inventory knows', async () => {
    const inventory = fixedInventory([{ resourceId: volume, resourceType: 'volume', protection: listedOn }]);
    const [report] = await judgeDays([date], () => ({
      rules,
      inventory,
      records: [changes['a policy unassigned'][1]],
    }));
    expect(report?.report.resources[0]?.controls['protection-enabled']).toMatchObject({
      verdict: 'NON_COMPLIANT',
      reason: 'the backup policy was unassigned at 2026-11-19 15:00 UTC',
    });
    expect(report?.report.findings.filter(({ kind }) => kind === 'setting-unmatched')).toEqual([]);
  });
});

function backupThatTells(day: string, begun: string, ended: string, enabled: string): readonly RawEvent[] {
  const resourceId = `ocid1.dbbackup.oc1.iad.x${day}${begun}`;
  const details = { autoBackupsEnabled: enabled };
  return [
    databaseEvent('begin', `${day}T${begun}:00Z`, { resourceId, details }),
    databaseEvent('end', `${day}T${ended}:00Z`, { resourceId, details }),
  ];
}

describe('what ends an update', () => {
  const off = changes['automatic backup off'][1];

  it.each<[string, readonly RawEvent[], readonly RawEvent[], readonly string[]]>([
    [
      'a backup begun after it that says on',
      [...backupThatTells(date, '16:00', '17:00', 'true')],
      [],
      ['COMPLIANT', 'COMPLIANT'],
    ],
    [
      'not a backup begun before it',
      [...backupThatTells(date, '14:00', '16:00', 'true')],
      [],
      ['NON_COMPLIANT', 'NON_COMPLIANT'],
    ],
    [
      'not a backup that says off, too',
      [...backupThatTells(date, '16:00', '17:00', 'false')],
      [],
      ['NON_COMPLIANT', 'NON_COMPLIANT'],
    ],
    [
      'a backup of the day after',
      [],
      backupThatTells(next, '03:00', '04:00', 'true'),
      ['NON_COMPLIANT', 'COMPLIANT'],
    ],
    [
      'a later update',
      [],
      [{ ...withDetails(off, { autoBackupsEnabled: true }), eventTime: `${next}T08:00:00Z` }],
      ['NON_COMPLIANT', 'COMPLIANT'],
    ],
    [
      'not an earlier update, in whatever order they are read',
      [{ ...withDetails(off, { autoBackupsEnabled: true }), eventTime: `${date}T14:00:00Z` }],
      [],
      ['NON_COMPLIANT', 'NON_COMPLIANT'],
    ],
  ])('%s', async (_words, events, later, expected) => {
    for (const order of [
      [off, ...events],
      [...events, off],
    ]) {
      const days = await told({ of: database, events: order, later });
      expect(verdicts(days).map((each) => each.split(' ')[0])).toEqual(expected);
    }
  });

  it('of a scheduled deletion: that it is canceled, and then the retention is known again', async () => {
    const scheduled = changes['a deletion scheduled'][1];
    const details = { databaseId: database };
    const canceled = recovery('cancelprotecteddatabasedeletion.end', details, `${next}T09:00:00Z`);
    const days = await told({ of: database, events: [scheduled], later: [canceled] });
    expect(verdicts(days)).toEqual(['NON_COMPLIANT UNKNOWN', 'COMPLIANT COMPLIANT']);
    expect(days[1].changes[0]?.consequence).toBe('backups will be made again');
  });
});

describe('a policy that changed', () => {
  const moved = recovery('updateprotecteddatabase.end', {
    databaseId: database,
    protectionPolicyId: protectionPolicy,
  });
  const policyOf = (time: string, days: number) =>
    rawEvent({
      type: 'autonomousrecoveryservice.updateprotectionpolicy.end',
      time,
      resourceId: protectionPolicy,
      resourceName: 'bronze',
      details: { backupRetentionPeriodInDays: days, lifecycleState: 'ACTIVE' },
    });

  it('reaches the databases that are known to have it, on the same day and later ones', async () => {
    const events = [moved, policyOf(`${date}T16:00:00Z`, 20)];
    const days = await told({ of: database, events, later: [policyOf(`${next}T16:00:00Z`, 10)] });
    expect(verdicts(days)).toEqual(['COMPLIANT COMPLIANT', 'COMPLIANT NON_COMPLIANT']);
    expect(days[1].changes).toMatchObject([
      {
        from: { retentionDays: 20 },
        to: { retentionDays: 10 },
        consequence: 'backups are kept 10 days instead of 20; 1 resource has this policy',
      },
    ]);
  });

  it('is a finding where nobody is known to have it', async () => {
    const days = await told({ of: database, events: [policyOf(at, 7)] });
    expect(verdicts(days)).toEqual(['COMPLIANT COMPLIANT', 'COMPLIANT COMPLIANT']);
    expect(days[0].findings).toMatchObject([{ kind: 'setting-unmatched', subject: 'bronze' }]);
  });

  it('reaches the volumes that the inventory lists under it', async () => {
    const event = auditEvent({
      type: 'BlockVolumes.UpdateVolumeBackupPolicy',
      time: at,
      resourceId: goldPolicy,
      details: { schedules: [{ retentionSeconds: 604_800 }, { retentionSeconds: 2_592_000 }] },
    });
    const protection = protectionOf({ retentionDays: 30, policyId: goldPolicy });
    const days = await told({ of: volume, events: [event], protection });
    expect(verdicts(days)).toEqual(['COMPLIANT NON_COMPLIANT', 'COMPLIANT NON_COMPLIANT']);
  });
});

describe('an update without what it is about', () => {
  it.each<[string, RawEvent]>([
    ['an assignment without asset', assignment('DeleteVolumeBackupPolicyAssignment', {})],
    ['a protected database without database', recovery('deleteprotecteddatabase.end', {})],
    ['an update of a protected database that tells nothing', recovery('updateprotecteddatabase.end', {})],
  ])('is a finding, never silence: %s', async (_words, event) => {
    const days = await told({ of: volume, events: [event] });
    expect(days[0].findings).toMatchObject([{ kind: 'setting-unmatched' }]);
    expect(days[0].changes).toHaveLength(1);
  });

  it('is that of another event of the day with the same protected database', async () => {
    const created = recovery('createprotecteddatabase.end', { databaseId: database }, `${date}T14:00:00Z`);
    const days = await told({ of: database, events: [created, recovery('deleteprotecteddatabase.end', {})] });
    expect(verdicts(days)[0]).toBe('NON_COMPLIANT UNKNOWN');
    expect(days[0].findings).toEqual([]);
  });

  it('is no finding where it tells nothing of backups', async () => {
    const type = 'mysqlaas.updatedbsystem.end';
    const event = rawEvent({ type, time: at, resourceId: mysql, details: { lifecycleState: 'ACTIVE' } });
    expect((await told({ of: volume, events: [event] }))[0].findings).toEqual([]);
  });
});

describe('what a change means', () => {
  it.each<[keyof typeof changes, string]>([
    ['automatic backup off', 'no backup will be made from then on'],
    ['a smaller recovery window', 'backups are kept 7 days instead of 30'],
    ['a policy unassigned', 'no backup will be made from then on'],
    [
      'a protected database under another policy',
      'how long backups are kept under the new policy is not known',
    ],
    ['backups of a MySQL system off', 'no backup will be made from then on; backups are kept 3 days'],
  ])('is told: %s', async (words, consequence) => {
    const [of, event] = changes[words];
    const [{ changes: listed }] = await told({ of, events: [event] });
    expect(listed.map((each) => each.consequence)).toEqual([consequence]);
  });

  it('has from, to and by whom', async () => {
    const [of, event] = changes['automatic backup off, told by Audit'];
    const [{ changes: listed }] = await told({ of, events: [event] });
    expect(listed).toMatchObject([
      {
        resourceName: 'ERPPRD_iad1kq',
        principal: 'jane@example.com',
        from: { enabled: true, retentionDays: null, policyId: null },
        to: { enabled: false, retentionDays: null, policyId: null },
      },
    ]);
  });

  it('is said in German, too', async () => {
    const [of, event] = changes['a smaller recovery window'];
    const settings = { language: await languageOf('de') };
    const [{ changes: listed }] = await told({ of, events: [event], settings });
    expect(listed[0]?.consequence).toBe('Backups werden 7 Tage statt 30 aufbewahrt');
  });

  it('is nothing where it sets what was set', async () => {
    const details = { databaseId: database, autoBackupsEnabled: 'true', recoveryWindow: '30' };
    const type = 'databaseservice.updatedatabase.end';
    const event = rawEvent({ type, time: at, resourceId: database, details });
    const [{ changes: listed }] = await told({ of: database, events: [event] });
    expect(listed[0]).not.toHaveProperty('consequence');
    expect(listed[0]).not.toHaveProperty('to');
  });
});
