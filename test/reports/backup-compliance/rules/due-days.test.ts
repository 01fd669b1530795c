import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/base/civil-dates.js';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../../../src/reports/backup-compliance/model/resource-compliance.js';
import { fixedInventory, judge, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, databaseEvent, volumeEvent } from '../../../support/raw-event.js';
import { type PolicyParts, policyRule, protectionOf, silver } from '../../../support/rules.js';

const database = { resourceId: 'ocid1.database.oc1.iad.erpprd', resourceName: 'ERPPRD_iad1kq' };
const volume = { resourceId: 'ocid1.volume.oc1.iad.data01', resourceName: 'data01', resourceType: 'volume' };

/** @param time an instant with its offset: `2026-11-01T00:30:00-04:00` */
function backupAt(time: string): RawEvent {
  return databaseEvent('end', time, { resourceId: `ocid1.dbbackup.oc1.iad.${time}` });
}

function volumeBackupAt(time: string, details: Record<string, unknown> = {}): RawEvent {
  return volumeEvent('end', time, { resourceId: `ocid1.volumebackup.oc1.iad.${time}`, details });
}

function only(report: DailyReport): ResourceCompliance {
  const [resource] = report.resources;
  if (resource === undefined || report.resources.length !== 1) throw new Error('one resource is expected');
  return resource;
}

/** Judges the database, which an inventory names, as the plan's first report: 40 days before it are read. */
async function judgedOn(
  date: string,
  policy: PolicyParts,
  events: readonly unknown[],
  { timezone = 'UTC', ...resource }: Partial<ProtectedResource> & { readonly timezone?: string } = {},
): Promise<ResourceCompliance> {
  const { report } = await judge(events, date, {
    timezone,
    lookbackDays: 40,
    rules: { policies: [policyRule(policy)] },
    inventory: fixedInventory([{ ...database, ...resource }]),
  });
  return only(report);
}

/** What each day says, one report going on from the other. */
async function judgedFrom(
  first: string,
  days: number,
  { resource, policy = {}, events }: Estate,
): Promise<readonly ResourceCompliance[]> {
  const dates = Array.from({ length: days }, (_, index) => addDays(first, index));
  const reports = await judgeDays(dates, () => ({
    records: events,
    rules: { policies: policy === null ? [] : [policyRule(policy)] },
    inventory: fixedInventory([resource]),
  }));
  return reports.map(({ report }) => only(report));
}

interface Estate {
  readonly resource: Partial<ProtectedResource>;
  readonly policy?: PolicyParts | null;
  readonly events: readonly unknown[];
}

describe('a cadence', () => {
  // 2026-11-16 is a Monday. The last backup, the day that is judged, and what it comes to without another one.
  it.each<[cadence: string, lastBackup: string, date: string, outcome: string, sentence: string]>([
    [
      'daily',
      '2026-11-18',
      '2026-11-19',
      'MISSED',
      'a backup was due on 2026-11-19 and none was seen (daily',
    ],
    ['daily', '2026-11-19', '2026-11-19', 'SUCCEEDED', '1 attempt on 2026-11-19, succeeded'],
    [
      'weekdays',
      '2026-11-19',
      '2026-11-20',
      'MISSED',
      'a backup was due on 2026-11-20 and none was seen (weekdays',
    ],
    ['weekdays', '2026-11-20', '2026-11-21', 'NOT_DUE', 'no backup was due on 2026-11-21 (weekdays'],
    ['weekdays', '2026-11-20', '2026-11-22', 'NOT_DUE', 'no backup was due on 2026-11-22 (weekdays'],
    ['weekdays', '2026-11-19', '2026-11-21', 'LATE', 'the backup due on 2026-11-20 has not been made yet'],
    [
      'weekdays',
      '2026-11-20',
      '2026-11-23',
      'MISSED',
      'a backup was due on 2026-11-23 and none was seen (weekdays',
    ],
    [
      'weekdays:MON,THU',
      '2026-11-16',
      '2026-11-18',
      'NOT_DUE',
      'no backup was due on 2026-11-18 (weekdays:MON,THU',
    ],
    [
      'weekdays:MON,THU',
      '2026-11-16',
      '2026-11-19',
      'MISSED',
      'a backup was due on 2026-11-19 and none was seen',
    ],
    [
      'weekly:SUN',
      '2026-11-08',
      '2026-11-15',
      'MISSED',
      'a backup was due on 2026-11-15 and none was seen (weekly:SUN',
    ],
    ['weekly:SUN', '2026-11-15', '2026-11-17', 'NOT_DUE', 'no backup was due on 2026-11-17 (weekly:SUN'],
    ['weekly:SUN', '2026-11-14', '2026-11-17', 'LATE', 'the backup due on 2026-11-15 has not been made yet'],
    ['weekly:SUN', '2026-11-17', '2026-11-18', 'NOT_DUE', 'no backup was due on 2026-11-18 (weekly:SUN'],
    ['monthly:1', '2026-11-01', '2026-11-30', 'NOT_DUE', 'no backup was due on 2026-11-30 (monthly:1'],
    [
      'monthly:1',
      '2026-11-01',
      '2026-12-01',
      'MISSED',
      'a backup was due on 2026-12-01 and none was seen (monthly:1',
    ],
    ['monthly:1', '2026-11-01', '2026-12-02', 'LATE', 'the backup due on 2026-12-01 has not been made yet'],
    // A day that the month does not have is its last one.
    ['monthly:31', '2027-01-31', '2027-02-27', 'NOT_DUE', 'no backup was due on 2027-02-27 (monthly:last'],
    [
      'monthly:31',
      '2027-01-31',
      '2027-02-28',
      'MISSED',
      'a backup was due on 2027-02-28 and none was seen (monthly:last',
    ],
    ['monthly:31', '2027-02-28', '2027-03-01', 'NOT_DUE', 'no backup was due on 2027-03-01 (monthly:last'],
    ['monthly:31', '2027-01-31', '2027-03-01', 'LATE', 'the backup due on 2027-02-28 has not been made yet'],
    ['monthly:31', '2028-01-31', '2028-02-28', 'NOT_DUE', 'no backup was due on 2028-02-28 (monthly:last'],
    [
      'monthly:31',
      '2028-01-31',
      '2028-02-29',
      'MISSED',
      'a backup was due on 2028-02-29 and none was seen (monthly:last',
    ],
    [
      'monthly:30',
      '2028-01-30',
      '2028-02-29',
      'MISSED',
      'a backup was due on 2028-02-29 and none was seen (monthly:30',
    ],
    ['monthly:30', '2028-02-29', '2028-03-29', 'NOT_DUE', 'no backup was due on 2028-03-29 (monthly:30'],
    [
      'monthly:29',
      '2027-01-29',
      '2027-02-28',
      'MISSED',
      'a backup was due on 2027-02-28 and none was seen (monthly:29',
    ],
    [
      'monthly:last',
      '2026-03-31',
      '2026-04-30',
      'MISSED',
      'a backup was due on 2026-04-30 and none was seen',
    ],
  ])('%s, last backup on %s: %s is %s', async (cadence, lastBackup, date, outcome, sentence) => {
    const resource = await judgedOn(date, { cadence }, [backupAt(`${lastBackup}T12:00:00Z`)]);
    expect(resource.outcome).toBe(outcome);
    expect(resource.controls['backup-succeeded'].reason).toContain(sentence);
  });

  it('makes nobody late for a backup that was due before anything is known', async () => {
    const { report } = await judge([backupAt('2026-11-18T12:00:00Z')], '2026-11-19', {
      lookbackDays: 3,
      rules: { policies: [policyRule({ cadence: 'weekly:SUN' })] },
      inventory: fixedInventory([{ ...database, resourceId: 'ocid1.database.oc1.iad.other' }]),
    });
    expect(only(report)).toMatchObject({ outcome: 'NOT_DUE', compliance: 'UNKNOWN' });
  });
});

/** Sundays on which clocks change: their first and last second. */
const changes: readonly [timezone: string, date: string, first: string, last: string][] = [
  ['America/New_York', '2026-03-08', '2026-03-08T00:00:00-05:00', '2026-03-08T23:59:59-04:00'],
  ['America/New_York', '2026-11-01', '2026-11-01T00:00:00-04:00', '2026-11-01T23:59:59-05:00'],
  ['Europe/Berlin', '2026-03-29', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00'],
  ['Europe/Berlin', '2026-10-25', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59+01:00'],
  ['Australia/Lord_Howe', '2026-04-05', '2026-04-05T00:00:00+11:00', '2026-04-05T23:59:59+10:30'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-10-04T00:00:00+10:30', '2026-10-04T23:59:59+11:00'],
];

/** The outcomes of databases under one weekly policy, each with one backup, at these instants. */
async function outcomesWith(times: readonly string[], date: string, timezone: string): Promise<string[]> {
  const ids = times.map((_, index) => `${database.resourceId}${index}`);
  const events = times.map((time, index) =>
    databaseEvent('end', time, {
      resourceId: `ocid1.dbbackup.oc1.iad.b${index}`,
      details: { databaseId: ids[index] },
    }),
  );
  const { report } = await judge(events, date, {
    timezone,
    rules: { policies: [policyRule({ cadence: 'weekly:SUN' })] },
    inventory: fixedInventory(ids.map((resourceId) => ({ resourceId }))),
  });
  const outcomes = new Map(report.resources.map(({ resourceId, outcome }) => [resourceId, outcome]));
  return ids.map((id) => outcomes.get(id) ?? 'not judged');
}

describe('a day on which clocks change', () => {
  it.each(changes)('%s, %s: its backup is due from the first second to the last', async (...change) => {
    const [timezone, date, first, last] = change;
    const before = new Date(Date.parse(first) - 1000).toISOString();
    const after = new Date(Date.parse(last) + 1000).toISOString();
    const times = [before, first, last, after];
    expect({
      onTheDay: await outcomesWith(times, date, timezone),
      onTheNext: await outcomesWith(times, addDays(date, 1), timezone),
    }).toEqual({
      onTheDay: ['MISSED', 'SUCCEEDED', 'SUCCEEDED', 'MISSED'],
      onTheNext: ['LATE', 'NOT_DUE', 'NOT_DUE', 'SUCCEEDED'],
    });
  });

  // A daily backup half an hour after midnight is older at the end of a longer day.
  it.each<[timezone: string, time: string, date: string, age: string]>([
    [
      'America/New_York',
      '2026-03-08T00:30:00-05:00',
      '2026-03-08',
      '2026-03-08 00:30 EST, 22 h 30 min before the cut-off',
    ],
    [
      'Europe/Berlin',
      '2026-10-25T00:30:00+02:00',
      '2026-10-25',
      '2026-10-25 00:30 GMT+2, 24 h 30 min before the cut-off',
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-05T00:30:00+11:00',
      '2026-04-05',
      '2026-04-05 00:30 GMT+11, 24 h before the cut-off',
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-04T00:30:00+10:30',
      '2026-10-04',
      '2026-10-04 00:30 GMT+10:30, 23 h before the cut-off',
    ],
  ])('%s, %s: ages are true hours', async (timezone, time, date, age) => {
    const { controls, outcome } = await judgedOn(date, {}, [backupAt(time)], { timezone });
    expect([outcome, controls['recovery-point-age'].reason]).toEqual([
      'SUCCEEDED',
      `last successful backup ${age}; policy production-databases allows 26 h`,
    ]);
  });
});

describe('a schedule that OCI has assigned', () => {
  const assigned: PolicyParts = { name: 'volumes', cadence: 'assigned' };
  const underSilver = { ...volume, protection: silver };

  it('makes nothing due on a Tuesday after a Sunday that has its backup', async () => {
    const events = [volumeBackupAt('2026-11-15T00:40:00Z')];
    const days = await judgedFrom('2026-11-15', 3, { resource: underSilver, policy: assigned, events });
    expect(days.map(({ outcome }) => outcome)).toEqual(['SUCCEEDED', 'NOT_DUE', 'NOT_DUE']);
    expect(days[2]?.compliance).toBe('COMPLIANT');
    expect(days[2]?.controls['backup-succeeded']).toMatchObject({
      verdict: 'NOT_APPLICABLE',
      reason: 'no backup was due on 2026-11-17 (weekly:SUN + monthly:1, as assigned in OCI)',
    });
    expect(days[2]?.controls['recovery-point-age']).toMatchObject({
      verdict: 'COMPLIANT',
      threshold: '7 d 2 h',
      demandedBy: 'policy volumes',
    });
  });

  it('is missed on the day after a Sunday without a backup, then late until one is made', async () => {
    const events = [volumeBackupAt('2026-11-08T00:40:00Z'), volumeBackupAt('2026-11-19T09:00:00Z')];
    const days = await judgedFrom('2026-11-14', 7, { resource: underSilver, policy: assigned, events });
    expect(days.map(({ outcome }) => outcome)).toEqual([
      'NOT_DUE',
      'NOT_DUE',
      'MISSED',
      'LATE',
      'LATE',
      'SUCCEEDED',
      'NOT_DUE',
    ]);
    expect(days[2]?.controls['backup-succeeded'].reason).toBe(
      'a backup was due on 2026-11-15 and none was seen (weekly:SUN + monthly:1, as assigned in OCI)',
    );
    expect(days[4]?.controls['backup-succeeded'].reason).toBe(
      'the backup due on 2026-11-15 has not been made yet (weekly:SUN + monthly:1, as assigned in OCI)',
    );
    expect(days.map(({ findings }) => findings)).toEqual([
      [],
      [],
      [],
      [],
      [],
      ['made up for the backup due on 2026-11-15'],
      [],
    ]);
  });

  // It begins by another clock, hours late at times.
  it.each([
    ['2026-11-14T13:00:00Z', 'NOT_DUE'],
    ['2026-11-15T23:59:59Z', 'NOT_DUE'],
    ['2026-11-16T04:00:00Z', 'SUCCEEDED'],
  ])('is kept by a backup at %s: Monday is %s', async (time, outcome) => {
    const { report } = await judge([volumeBackupAt(time)], '2026-11-16', {
      rules: { policies: [policyRule(assigned)] },
      inventory: fixedInventory([underSilver]),
    });
    expect(only(report)).toMatchObject({ outcome, compliance: 'COMPLIANT', findings: [] });
  });

  it('is due on the first of the month, too', async () => {
    const sundays = [volumeBackupAt('2026-11-29T00:40:00Z')];
    const days = await judgedFrom('2026-11-30', 4, {
      resource: underSilver,
      policy: assigned,
      events: sundays,
    });
    expect(days.map(({ outcome }) => outcome)).toEqual(['NOT_DUE', 'NOT_DUE', 'MISSED', 'LATE']);
  });

  it('is kept to by the default policy, which demands its own age all the same', async () => {
    const events = [volumeBackupAt('2026-11-15T00:40:00Z')];
    const days = await judgedFrom('2026-11-15', 3, { resource: underSilver, policy: null, events });
    expect(days.map(({ outcome, compliance }) => [outcome, compliance])).toEqual([
      ['SUCCEEDED', 'COMPLIANT'],
      ['NOT_DUE', 'NON_COMPLIANT'],
      ['NOT_DUE', 'NON_COMPLIANT'],
    ]);
    expect(days[2]?.controls['recovery-point-age'].reason).toBe(
      'last successful backup 2026-11-15 00:40 UTC, 2 d 23 h before the cut-off; the default policy allows 26 h',
    );
  });

  it('is nothing to a policy with a cadence of its own', async () => {
    const events = [volumeBackupAt('2026-11-15T00:40:00Z')];
    const days = await judgedFrom('2026-11-15', 2, { resource: underSilver, policy: {}, events });
    expect(days.map(({ outcome }) => outcome)).toEqual(['SUCCEEDED', 'MISSED']);
    expect(days[1]?.controls['backup-succeeded'].reason).toBe(
      'a backup was due on 2026-11-16 and none was seen (daily, policy production-databases)',
    );
  });

  it.each([
    ['without schedules', protectionOf()],
    ['with a yearly one only', protectionOf({ schedules: (silver.schedules ?? []).slice(2) })],
  ])('%s is daily', async (_words, protection) => {
    const resource = { ...volume, protection };
    const events = [volumeBackupAt('2026-11-15T00:40:00Z')];
    const days = await judgedFrom('2026-11-15', 2, { resource, policy: assigned, events });
    expect(days.map(({ outcome }) => outcome)).toEqual(['SUCCEEDED', 'MISSED']);
    expect(days[1]?.controls['backup-succeeded'].reason).toBe(
      'a backup was due on 2026-11-16 and none was seen (daily, policy volumes)',
    );
  });
});

describe('a backup that is made up for', () => {
  const weekly: PolicyParts = { cadence: 'weekly:SUN' };

  it('is told of on the day that it is made, and on no other', async () => {
    const events = [backupAt('2026-11-08T02:00:00Z'), backupAt('2026-11-17T02:00:00Z')];
    const days = await judgedFrom('2026-11-14', 5, { resource: database, policy: weekly, events });
    expect(days.map(({ outcome, findings }) => [outcome, findings])).toEqual([
      ['NOT_DUE', []],
      ['MISSED', []],
      ['LATE', []],
      ['SUCCEEDED', ['made up for the backup due on 2026-11-15']],
      ['NOT_DUE', []],
    ]);
  });

  it('counts its bad days until then', async () => {
    const events = [backupAt('2026-11-08T02:00:00Z'), backupAt('2026-11-17T02:00:00Z')];
    const days = await judgedFrom('2026-11-14', 4, { resource: database, policy: weekly, events });
    expect(days.map(({ consecutiveBadDays, badSince }) => [consecutiveBadDays, badSince])).toEqual([
      [0, null],
      [1, '2026-11-15'],
      [2, '2026-11-15'],
      [0, null],
    ]);
  });
});

describe('a resource that was created on the day', () => {
  it('is due for nothing, and says why', async () => {
    const resource = await judgedOn('2026-11-19', {}, [], { createdTime: '2026-11-19T10:00:00Z' });
    expect(resource.outcome).toBe('NOT_DUE');
    expect(resource.controls['backup-succeeded']).toEqual({
      verdict: 'NOT_APPLICABLE',
      reason: 'created at 2026-11-19 10:00 UTC, no backup is due yet',
      measured: null,
      threshold: 'every due backup succeeds',
      measuredSeconds: null,
      thresholdSeconds: null,
      demandedBy: 'policy production-databases',
    });
  });

  it.each<[timezone: string, createdTime: string, outcome: string]>([
    // 2026-11-19 in New York begins at 05:00 UTC.
    ['America/New_York', '2026-11-19T04:59:59Z', 'MISSED'],
    ['America/New_York', '2026-11-19T05:00:00Z', 'NOT_DUE'],
    ['UTC', '2026-11-18T23:59:59Z', 'MISSED'],
    ['UTC', '2026-11-19T00:00:00Z', 'NOT_DUE'],
  ])('in %s at %s: %s', async (timezone, createdTime, outcome) => {
    expect((await judgedOn('2026-11-19', {}, [], { timezone, createdTime })).outcome).toBe(outcome);
  });

  it('is judged by the backups that it has all the same', async () => {
    const failed = databaseEvent('end', '2026-11-19T12:00:00Z', { details: { lifecycleState: 'FAILED' } });
    const resource = await judgedOn('2026-11-19', {}, [failed], { createdTime: '2026-11-19T10:00:00Z' });
    expect(resource.outcome).toBe('FAILED');
  });

  it('is missed on the next day', async () => {
    const resource = { ...database, createdTime: '2026-11-18T10:00:00Z' };
    const days = await judgedFrom('2026-11-18', 2, { resource, events: [] });
    expect(days.map(({ outcome }) => outcome)).toEqual(['NOT_DUE', 'MISSED']);
  });

  it('is not late for what was due before it was there', async () => {
    const resource = { ...database, createdTime: '2026-11-18T10:00:00Z' };
    const policy = { cadence: 'weekly:SUN' };
    const days = await judgedFrom('2026-11-18', 5, { resource, policy, events: [] });
    expect(days.map(({ outcome }) => outcome)).toEqual([
      'NOT_DUE',
      'NOT_DUE',
      'NOT_DUE',
      'NOT_DUE',
      'MISSED',
    ]);
    expect(days[1]?.controls['backup-succeeded'].reason).toBe(
      'no backup was due on 2026-11-19 (weekly:SUN, policy production-databases)',
    );
  });
});
