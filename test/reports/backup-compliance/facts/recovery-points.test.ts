import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/base/civil-dates.js';
import type { ResourceCompliance } from '../../../../src/reports/backup-compliance/model/resource-compliance.js';
import { type JudgedReport, type Settings, fixedInventory, judgeDays } from '../../../support/judge-day.js';
import { memorySource } from '../../../support/memory-source.js';
import {
  auditEvent,
  databaseEvent,
  rawEvent,
  type RawEventParts,
  volumeEvent,
} from '../../../support/raw-event.js';
import { policyRule as policy } from '../../../support/rules.js';

const volume = 'ocid1.volume.oc1.iad.data01';
const idOf = (name: string): string => `ocid1.volumebackup.oc1.iad.${name}`;

/** The report day; records of earlier days make the memory, a day at a time. */
const today = '2026-11-20';

/** What may be told of a backup of `data01`. Times are those of the day, in UTC. */
const made = (name: string, time: string, over: Partial<RawEventParts> = {}) =>
  volumeEvent('end', time, { resourceId: idOf(name), ...over });

const failed = (name: string, time: string) =>
  made(name, time, { details: { status: 'operationFailed', backupState: 'FAULTY' } });

const deleted = (name: string, time: string, details: Record<string, unknown> = {}) =>
  rawEvent({
    type: 'blockvolumes.deletevolumebackup.end',
    time,
    resourceId: idOf(name),
    details: { backupState: 'TERMINATED', ...details },
  });

const quiesced = (name: string, time: string) =>
  made(name, time, { details: { status: 'QUIESCED', backupState: 'QUIESCED' } });

const ofVolume = { volumeId: volume, volumeName: 'data01' };

interface Row {
  readonly name: string;
  readonly records: readonly unknown[];
  /** Days without a report before the last one. */
  readonly bridged?: readonly string[];
  readonly settings?: Settings;
  readonly expected: {
    readonly age?: string;
    /** In hours; null: none is left. */
    readonly hours?: number | null;
    readonly deletion?: string;
    readonly count?: number;
    /** Of the newest. */
    readonly bytes?: number | null;
    readonly lastSuccess?: string | null;
    readonly outcome?: string;
    readonly findings?: readonly string[];
  };
}

const month = 30 * 24 * 3_600_000;
const demanding: Settings = { rules: { policies: [policy({ name: 'keep', minRetentionMs: month })] } };

/** A backup on each of the three days before, named after its date: b17, b18, b19. */
const three = ['17', '18', '19'].map((day) => made(`b${day}`, `2026-11-${day}T02:00:00Z`));

const rows: readonly Row[] = [
  {
    name: 'nothing was deleted',
    records: three,
    expected: { hours: 46, age: 'NON_COMPLIANT', deletion: 'COMPLIANT', count: 3, findings: [] },
  },
  {
    name: 'the newest was deleted by its id alone: the age is that of the one before',
    records: [...three, deleted('b19', '2026-11-20T10:00:00Z')],
    expected: {
      hours: 70,
      deletion: 'NON_COMPLIANT',
      count: 2,
      lastSuccess: '2026-11-19T02:00:00.000Z',
      findings: [],
    },
  },
  {
    name: 'two were deleted by their ids alone',
    records: [...three, deleted('b18', '2026-11-20T10:00:00Z'), deleted('b19', '2026-11-20T10:01:00Z')],
    expected: { hours: 94, deletion: 'NON_COMPLIANT', count: 1, findings: [] },
  },
  {
    name: 'all were deleted, and memory reaches back further than the maximum age',
    records: [...three, ...['b17', 'b18', 'b19'].map((name) => deleted(name, '2026-11-20T10:00:00Z'))],
    expected: { hours: null, age: 'NON_COMPLIANT', count: 0, lastSuccess: '2026-11-19T02:00:00.000Z' },
  },
  {
    name: 'all were deleted, and an older one may be young enough',
    records: [...three, ...['b17', 'b18', 'b19'].map((name) => deleted(name, '2026-11-20T10:00:00Z'))],
    settings: { rules: { policies: [policy({ name: 'keep', minRetentionMs: month, maxAgeMs: month })] } },
    expected: { hours: null, age: 'UNKNOWN', deletion: 'NON_COMPLIANT', count: 0 },
  },
  {
    name: 'deleted and made again on one day: lateness and backup-succeeded do not look at deletions',
    records: [...three, deleted('b19', '2026-11-20T01:00:00Z'), made('b20', '2026-11-20T02:00:00Z')],
    expected: { hours: 22, age: 'COMPLIANT', outcome: 'SUCCEEDED', deletion: 'NON_COMPLIANT', count: 3 },
  },
  {
    name: 'made and deleted on one day',
    records: [...three, made('b20', '2026-11-20T02:00:00Z'), deleted('b20', '2026-11-20T03:00:00Z')],
    expected: {
      hours: 46,
      outcome: 'SUCCEEDED',
      deletion: 'NON_COMPLIANT',
      count: 3,
      lastSuccess: '2026-11-20T02:00:00.000Z',
    },
  },
  {
    name: 'deleted before its end is told',
    records: [...three, deleted('b20', '2026-11-20T01:00:00Z'), made('b20', '2026-11-20T02:00:00Z')],
    expected: { hours: 46, outcome: 'SUCCEEDED', deletion: 'NON_COMPLIANT', count: 3 },
  },
  {
    name: 'deleted on the day before its end is told',
    records: [
      ...three,
      deleted('b20', '2026-11-19T23:59:00Z', ofVolume),
      made('b20', '2026-11-20T00:30:00Z'),
    ],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3 },
  },
  {
    name: 'deleted by its id alone on the day before its end is told',
    records: [...three, deleted('b20', '2026-11-19T23:59:00Z'), made('b20', '2026-11-20T00:30:00Z')],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3, findings: [] },
  },
  {
    name: 'expired: its own record says so',
    records: [
      made('b18', '2026-11-18T02:00:00Z'),
      made('b19', '2026-11-19T02:00:00Z', { details: { expirationTime: '2026-11-20T12:00:00Z' } }),
    ],
    expected: { hours: 70, deletion: 'COMPLIANT', count: 1 },
  },
  {
    name: 'expires after the cut-off',
    records: [
      made('b19', '2026-11-19T02:00:00Z', { details: { timeExpiryScheduled: '2026-11-21T00:00:01Z' } }),
    ],
    expected: { hours: 46, count: 1 },
  },
  ...[
    { status: 'operationFailed' },
    { backupState: 'AVAILABLE' },
    { lifecycleState: 'ACTIVE', status: 'operationSucceed' },
  ].map((details): Row => ({
    name: `a deletion that ended ${JSON.stringify(details)} deleted nothing`,
    records: [...three, deleted('b19', '2026-11-20T10:00:00Z', { backupState: undefined, ...details })],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3, findings: [] },
  })),
  {
    name: 'a deletion that began and did not end deleted nothing yet',
    records: [
      ...three,
      rawEvent({
        type: 'blockvolumes.deletevolumebackup.begin',
        time: '2026-11-20T10:00:00Z',
        resourceId: idOf('b19'),
      }),
    ],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3 },
  },
  {
    name: 'a call that was accepted, and whose deletion then failed',
    records: [
      ...three,
      auditEvent({
        type: 'BlockVolumes.DeleteVolumeBackup',
        time: '2026-11-20T10:00:00Z',
        resourceId: idOf('b19'),
      }),
      deleted('b19', '2026-11-20T10:01:00Z', { backupState: 'FAULTY' }),
    ],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3 },
  },
  {
    name: 'a deletion that was told by Audit and by Events is one',
    records: [
      ...three,
      auditEvent({
        type: 'BlockVolumes.DeleteVolumeBackup',
        time: '2026-11-20T10:00:00Z',
        resourceId: idOf('b19'),
      }),
      deleted('b19', '2026-11-20T10:01:00Z'),
    ],
    expected: { hours: 70, deletion: 'NON_COMPLIANT', count: 2 },
  },
  {
    name: 'a deletion that is told again on the next day is no deletion of that day',
    records: [...three, deleted('b18', '2026-11-19T10:00:00Z'), deleted('b18', '2026-11-20T10:00:00Z')],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 2 },
  },
  {
    name: 'a success that is told again after the deletion changes nothing',
    records: [...three, deleted('b19', '2026-11-19T10:00:00Z'), made('b19', '2026-11-20T02:00:00Z')],
    expected: { hours: 70, count: 2 },
  },
  {
    name: 'a deletion of a backup that nobody knows, and that names no resource, is a finding',
    records: [...three, deleted('strange', '2026-11-20T10:00:00Z')],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3, findings: ['deletion-unmatched'] },
  },
  {
    name: 'a deletion of a backup that nobody knows, of a resource: its age is not known',
    records: [...three, deleted('strange', '2026-11-20T10:00:00Z', ofVolume)],
    expected: { hours: 46, deletion: 'UNKNOWN', count: 3, findings: [] },
  },
  {
    name: 'a deletion of an unknown backup of the resource tells its creation: it was in time',
    records: [
      ...three,
      deleted('old', '2026-11-20T10:00:00Z', { ...ofVolume, timeCreated: '2026-10-01T02:00:00Z' }),
    ],
    expected: { hours: 46, deletion: 'COMPLIANT' },
  },
  {
    name: 'a deletion that names the resource and no backup: which one it was is not known',
    records: [
      ...three,
      rawEvent({
        type: 'blockvolumes.deletevolumebackup.end',
        time: '2026-11-20T10:00:00Z',
        resourceId: volume,
        details: { ...ofVolume, timeCreated: '2026-10-01T02:00:00Z' },
      }),
    ],
    expected: { hours: 46, deletion: 'UNKNOWN', count: 3 },
  },
  {
    name: 'a backup that had failed is not judged by its deletion',
    records: [
      ...three,
      failed('bad', '2026-11-19T05:00:00Z'),
      deleted('bad', '2026-11-20T10:00:00Z', { timeCreated: '2026-11-19T04:00:00Z' }),
    ],
    expected: { hours: 46, deletion: 'COMPLIANT', count: 3, findings: [] },
  },
  {
    name: 'a backup of which nobody can say how it ended may have been one: deleted early, it is UNKNOWN',
    records: [...three, quiesced('odd', '2026-11-19T03:00:00Z'), deleted('odd', `${today}T09:00:00Z`)],
    settings: demanding,
    expected: { deletion: 'UNKNOWN', count: 3 },
  },
  {
    name: 'a backup of which nobody can say how it ended, deleted after its time, is in time',
    records: [...three, quiesced('odd', '2026-11-19T03:00:00Z'), deleted('odd', `${today}T09:00:00Z`)],
    settings: { rules: { policies: [policy({ name: 'keep', minRetentionMs: 24 * 3_600_000 })] } },
    expected: { deletion: 'COMPLIANT', count: 3 },
  },
  {
    name: 'the creation decides, not the end: 30 days after one and not after the other',
    records: [
      made('b19', '2026-10-21T14:00:00Z', { details: { timeCreated: '2026-10-21T09:00:00Z' } }),
      deleted('b19', '2026-11-20T10:00:00Z'),
    ],
    settings: { lookbackDays: 40 },
    expected: { deletion: 'COMPLIANT', hours: null },
  },
  {
    name: 'without a creation its end decides',
    records: [made('b19', '2026-10-21T14:00:00Z'), deleted('b19', '2026-11-20T10:00:00Z')],
    settings: { lookbackDays: 40 },
    expected: { deletion: 'NON_COMPLIANT', hours: null },
  },
  {
    name: 'the size of the newest is remembered with it',
    records: [...three, made('big', '2026-11-19T03:00:00Z', { details: { uniqueSizeInGBs: 2 } })],
    expected: { count: 4, bytes: 2 * 1024 ** 3 },
  },
  {
    name: 'the size that only the begin told is remembered, too',
    records: [
      volumeEvent('begin', '2026-11-19T03:00:00Z', { resourceId: idOf('big'), details: { sizeInGBs: 3 } }),
      made('big', '2026-11-19T03:10:00Z'),
    ],
    expected: { count: 1, bytes: 3 * 1024 ** 3 },
  },
  {
    name: 'of an older one the size is not shown for the newest',
    records: [
      made('big', '2026-11-18T03:00:00Z', { details: { uniqueSizeInGBs: 2 } }),
      made('b20', '2026-11-20T03:00:00Z'),
    ],
    expected: { count: 2, bytes: null },
  },
  {
    name: 'without a retention no deletion is judged, but the point is gone',
    records: [...three, deleted('b19', '2026-11-20T10:00:00Z')],
    settings: { rules: {} },
    expected: { deletion: 'NOT_APPLICABLE', hours: 70 },
  },
  {
    name: 'days without a report are bridged with their deletions',
    records: [...three, deleted('b19', '2026-11-19T10:00:00Z')],
    bridged: ['2026-11-19'],
    expected: { hours: 70, deletion: 'COMPLIANT', count: 2 },
  },
  {
    name: 'a copy is no recovery point',
    records: [
      made('b18', '2026-11-18T02:00:00Z'),
      rawEvent({
        type: 'blockvolumes.copyvolumebackup.end',
        time: '2026-11-20T03:00:00Z',
        resourceId: idOf('copy'),
        details: { ...ofVolume, status: 'operationSucceed', backupState: 'AVAILABLE' },
      }),
    ],
    expected: { hours: 70, count: 1 },
  },
  {
    name: 'backups of logs restore nothing where all others are gone',
    records: [
      ...three,
      made('log', '2026-11-20T05:00:00Z', { details: { backupType: 'ARCHIVELOG' } }),
      ...['b17', 'b18', 'b19'].map((name) => deleted(name, '2026-11-20T10:00:00Z')),
    ],
    expected: { hours: null, age: 'NON_COMPLIANT', count: 0 },
  },
  {
    name: 'backups of logs are not counted beside others, and are the newest all the same',
    records: [...three, made('log', '2026-11-20T05:00:00Z', { details: { backupType: 'ARCHIVELOG' } })],
    expected: { hours: 19, age: 'COMPLIANT', count: 3 },
  },
];

describe('a recovery point', () => {
  it.each(rows)('$name', async ({ records, bridged, settings, expected }) => {
    const report = await lastOf(records, { ...demanding, ...settings }, bridged);
    const resource = ofReport(report, volume);
    const { controls, recoveryPointAgeSeconds: age, lastSuccessTime, outcome } = resource;
    const found = {
      age: controls['recovery-point-age'].verdict,
      hours: age === null ? null : age / 3600,
      deletion: controls['no-early-deletion'].verdict,
      count: resource.recoveryPoints?.count,
      bytes: resource.recoveryPoints?.newestBytes ?? null,
      lastSuccess: lastSuccessTime,
      outcome,
      findings: report.report.findings
        .map(({ kind }) => kind)
        .filter((kind) => kind === 'deletion-unmatched'),
    };
    expect(found).toMatchObject(expected);
  });
});

/** Every day from the 18th to the 20th, but for those that are bridged. */
async function lastOf(
  records: readonly unknown[],
  settings: Settings,
  bridged: readonly string[] = [],
): Promise<JudgedReport> {
  const dates = [0, 1, 2]
    .map((days) => addDays('2026-11-18', days))
    .filter((date) => !bridged.includes(date));
  const reports = await judgeDays(dates, () => ({ ...settings, records }));
  const last = reports.at(-1);
  if (last === undefined) throw new Error('there is no report');
  expect(last.report.reportDay.date).toBe(today);
  return last;
}

function ofReport({ report }: JudgedReport, id: string): ResourceCompliance {
  const resource = report.resources.find(({ resourceId }) => resourceId === id);
  if (resource === undefined) throw new Error(`the report has no ${id}`);
  return resource;
}

const database = 'ocid1.database.oc1.iad.erpprd';

/** As rows of Log Analytics tell it where the server pairs: without the backup's own id. */
const paired = (time: string, details: Record<string, unknown> = {}) =>
  databaseEvent('end', time, { resourceId: null, details });

const deletedDatabaseBackup = (
  details: Record<string, unknown>,
  resourceId: string | null = 'ocid1.dbbackup.oc1.iad.b1',
) =>
  rawEvent({
    type: 'databaseservice.deletebackup.end',
    time: '2026-11-20T10:00:00Z',
    resourceId,
    details: { lifecycleState: 'DELETED', ...details },
  });

const ofDatabase = { databaseId: database, dbUniqueName: 'ERPPRD_iad1kq' };
const two = [
  paired('2026-11-18T02:00:00Z', { timeCreated: '2026-11-18T01:00:00Z' }),
  paired('2026-11-19T02:00:00Z', { timeCreated: '2026-11-19T01:00:00Z' }),
];

describe('a backup whose own id is not known', () => {
  it.each([
    [
      'a deletion by an id that names no resource may be its own',
      two,
      deletedDatabaseBackup({}),
      'UNKNOWN',
      46,
    ],
    [
      'a deletion of the database by an id that nobody knows',
      two,
      deletedDatabaseBackup(ofDatabase),
      'UNKNOWN',
      46,
    ],
    [
      'a deletion that tells the creation is of the backup with that creation',
      two,
      deletedDatabaseBackup({ ...ofDatabase, timeCreated: '2026-11-19T01:00:00Z' }),
      'NON_COMPLIANT',
      70,
    ],
    [
      'a deletion that tells a creation that none has is not of them',
      two,
      deletedDatabaseBackup({ timeCreated: '2026-09-01T01:00:00Z' }),
      'COMPLIANT',
      46,
    ],
    [
      'a deletion of another sort of backup is not of them',
      two,
      deleted('strange', '2026-11-20T10:00:00Z'),
      'COMPLIANT',
      46,
    ],
    [
      'a deletion in another region is not of them',
      two,
      deletedDatabaseBackup({}, 'ocid1.dbbackup.oc1.phx.b1'),
      'COMPLIANT',
      46,
    ],
  ])('%s', async (_, records, deletion, verdict, hours) => {
    const resource = ofReport(await lastOf([...records, deletion], demanding), database);
    expect(resource.controls['no-early-deletion'].verdict).toBe(verdict);
    expect((resource.recoveryPointAgeSeconds ?? 0) / 3600).toBe(hours);
    expect(resource.recoveryPoints?.count).toBe(hours === 46 ? 2 : 1);
  });
});

describe('a resource without any recovery point', () => {
  const week = 7 * 24 * 3_600_000;
  const weekly = policy({ name: 'weekly', cadence: 'weekly:SUN', maxAgeMs: 2 * week });
  const daily = policy({ name: 'daily', maxAgeMs: week });
  it.each([
    ['created today, nothing attempted', '2026-11-20T10:00:00Z', daily, [], 'NOT_APPLICABLE'],
    [
      'created today, and an attempt failed',
      '2026-11-20T10:00:00Z',
      daily,
      [failed('bad', '2026-11-20T11:00:00Z')],
      'NON_COMPLIANT',
    ],
    ['created yesterday, and a backup was due since', '2026-11-19T10:00:00Z', daily, [], 'NON_COMPLIANT'],
    ['created yesterday, and none was due since', '2026-11-19T10:00:00Z', weekly, [], 'NOT_APPLICABLE'],
    [
      'created yesterday, none due since, and an attempt failed',
      '2026-11-19T10:00:00Z',
      weekly,
      [failed('bad', '2026-11-19T11:00:00Z')],
      'NON_COMPLIANT',
    ],
    [
      'created before anything is known',
      '2026-11-10T23:00:00Z',
      policy({ name: 'long', maxAgeMs: 3 * week }),
      [],
      'UNKNOWN',
    ],
    ['of unknown creation', undefined, policy({ name: 'long', maxAgeMs: 3 * week }), [], 'UNKNOWN'],
    [
      'of unknown creation, and memory reaches back further than the maximum age',
      undefined,
      daily,
      [],
      'NON_COMPLIANT',
    ],
  ])('%s', async (_, createdTime, rule, records, verdict) => {
    const resource = { resourceId: volume, resourceType: 'volume', resourceName: 'data01' };
    const inventory = fixedInventory([createdTime === undefined ? resource : { ...resource, createdTime }]);
    const report = await lastOf(records, { inventory, rules: { policies: [rule] } });
    expect(ofReport(report, volume).controls['recovery-point-age'].verdict).toBe(verdict);
  });
});

describe('a deletion by the id of the backup alone', () => {
  it('is listed with the resource that the backup was made of, and with who did it', async () => {
    const { report } = await lastOf(
      [
        ...three,
        auditEvent({
          type: 'BlockVolumes.DeleteVolumeBackup',
          time: '2026-11-20T10:00:00Z',
          resourceId: idOf('b19'),
        }),
      ],
      demanding,
    );
    expect(report.changes).toMatchObject([
      {
        kind: 'deletion',
        resourceId: volume,
        resourceName: 'data01',
        subjectId: idOf('b19'),
        principal: 'jane@example.com',
      },
    ]);
  });

  it('is listed under the name that it tells itself, where it tells whose the backup was', async () => {
    const renamed = volumeEvent('end', '2026-11-20T10:00:00Z', {
      type: 'blockvolumes.deletevolumebackup.end',
      resourceId: idOf('b19'),
      details: { volumeName: 'data01-old' },
    });
    const { report } = await lastOf([...three, renamed], demanding);
    expect(report.changes).toMatchObject([{ resourceId: volume, resourceName: 'data01-old' }]);
  });

  it('is listed with its resource when that has been terminated', async () => {
    const terminated = rawEvent({
      type: 'blockvolumes.deletevolume.end',
      time: '2026-11-18T10:00:00Z',
      resourceId: volume,
      details: { status: 'operationSucceed' },
    });
    const { report } = await lastOf(
      [...three.slice(0, 2), terminated, deleted('b17', '2026-11-20T10:00:00Z')],
      demanding,
    );
    expect(report.resources).toEqual([]);
    expect(report.changes).toMatchObject([{ kind: 'deletion', resourceId: volume, resourceName: 'data01' }]);
    expect(report.findings.filter(({ kind }) => kind === 'deletion-unmatched')).toEqual([]);
  });
});

it('says of no resource that nothing was deleted on a day on which somebody deleted something', async () => {
  const silent = {
    resourceId: 'ocid1.volume.oc1.iad.data02',
    resourceType: 'volume',
    resourceName: 'data02',
  };
  const inventory = fixedInventory([{ ...silent, resourceId: volume, resourceName: 'data01' }, silent]);
  const report = await lastOf([...three, deleted('strange', '2026-11-20T10:00:00Z')], { inventory });
  expect(report.report.resources).toHaveLength(2);
  for (const { controls } of report.report.resources) {
    expect(controls['no-early-deletion'].reason).toMatch(/not known whose they were$/);
  }
});

it('a day whose events are read again counts its backups once', async () => {
  const records = [...three, paired('2026-11-19T02:00:00Z')];
  const reports = await judgeDays(['2026-11-18', '2026-11-19', today], (date) => ({
    ...demanding,
    sources: [memorySource(records, date === '2026-11-19' ? ['the connection broke'] : [])],
  }));
  const last = reports.at(-1);
  if (last === undefined) throw new Error('there is no report');
  expect(ofReport(last, volume).recoveryPoints).toEqual({
    count: 3,
    newest: '2026-11-19T02:00:00.000Z',
    oldest: '2026-11-17T02:00:00.000Z',
  });
  expect(ofReport(last, database).recoveryPoints?.count).toBe(1);
});
