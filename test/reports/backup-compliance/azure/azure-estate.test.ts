import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../../src/ports/inventory.js';
import { defaultPolicy } from '../../../../src/reports/backup-compliance/rules/default-policy.js';
import { type Settings, judge, judgeDays } from '../../../support/judge-day.js';
import {
  asAnswer,
  asDiagnostics,
  asLogLine,
  asRead,
  itemId,
  jobRow,
  stateRow,
  type TableRow,
} from '../../../support/azure-rows.js';
import { volumeEvent } from '../../../support/raw-event.js';

const date = '2026-11-18';
const item = (more: TableRow = {}, generated = '2026-11-18T05:00:00Z'): TableRow =>
  stateRow('CoreAzureBackup', 'BackupItem', {
    TimeGenerated: generated,
    BackupItemUniqueId: itemId('vm-app01'),
    BackupItemFriendlyName: 'APP01',
    BackupItemType: 'VM',
    BackupManagementType: 'IaaSVM',
    BackupItemProtectionState: 'Protected',
    PolicyUniqueId: 'p-1',
    ...more,
  });
const association = stateRow('CoreAzureBackup', 'BackupItemAssociation', {
  BackupItemUniqueId: itemId('vm-app01'),
  PolicyUniqueId: 'P-1',
});
const policy = stateRow('AddonAzureBackupPolicy', 'Policy', {
  PolicyUniqueId: 'p-1',
  PolicyName: 'daily-30',
  DailyRetentionDuration: '30',
});
const point = (latest: string, generated = '2026-11-18T05:00:00Z'): TableRow =>
  stateRow('CoreAzureBackup', 'RecoveryPoint', {
    TimeGenerated: generated,
    BackupItemUniqueId: itemId('vm-app01'),
    LatestRecoveryPointTime: latest,
  });
const completed = jobRow('1');
const keptFor30Days: Settings = {
  rules: { policies: [{ ...defaultPolicy, name: 'kept', match: {}, minRetentionMs: 30 * 86_400_000 }] },
};

async function resourceOf(rows: readonly TableRow[], over: Settings = {}) {
  const { report } = await judge(rows.map(asRead), date, over);
  return report.resources[0];
}

describe('a backup item', () => {
  it('is expected although no job of it was seen', async () => {
    const resource = await resourceOf([item()]);
    expect(resource).toMatchObject({
      resourceId: 'westeurope;900001;vm-app01',
      resourceName: 'APP01',
      resourceType: 'azure-vm',
      compartmentName: 'rsv-demo',
      outcome: 'MISSED',
    });
  });

  it('gives its name to the jobs of its id', async () => {
    const { jobs } = await judge([asRead(completed), asRead(item())], date);
    expect(jobs.map(({ resourceName, resourceType }) => [resourceName, resourceType])).toEqual([
      ['APP01', 'azure-vm'],
    ]);
  });

  it('keeps its name on a day on which no row tells it', async () => {
    const ofDay: Record<string, readonly TableRow[]> = {
      '2026-11-18': [completed, item()],
      '2026-11-19': [jobRow('2', { start: '2026-11-19T01:30:00Z', generated: '2026-11-19T02:00:00Z' })],
    };
    const reports = await judgeDays(Object.keys(ofDay), (each) => ({
      records: ofDay[each]?.map(asRead) ?? [],
    }));
    expect(reports.map(({ report }) => report.resources.map(({ resourceName }) => resourceName))).toEqual([
      ['APP01'],
      ['APP01'],
    ]);
  });

  it.each<[string, readonly TableRow[], string]>([
    ['Protected', [completed, item()], 'COMPLIANT'],
    ['IRPending', [completed, item({ BackupItemProtectionState: 'IRPending' })], 'COMPLIANT'],
    [
      'ProtectionStopped',
      [completed, item({ BackupItemProtectionState: 'ProtectionStopped' })],
      'NON_COMPLIANT',
    ],
    [
      'BackupsSuspended',
      [completed, item({ BackupItemProtectionState: 'BackupsSuspended' })],
      'NON_COMPLIANT',
    ],
    ['ProtectionError', [completed, item({ BackupItemProtectionState: 'ProtectionError' })], 'UNKNOWN'],
    ['a word that nobody knows', [completed, item({ BackupItemProtectionState: 'Dreaming' })], 'UNKNOWN'],
    [
      'the newest of two rows',
      [completed, item({ BackupItemProtectionState: 'ProtectionStopped' }, '2026-11-18T20:00:00Z'), item()],
      'NON_COMPLIANT',
    ],
    [
      'a row of the day after does not count',
      [completed, item(), item({ BackupItemProtectionState: 'ProtectionStopped' }, '2026-11-19T01:00:00Z')],
      'COMPLIANT',
    ],
    [
      'one that is older than two days does not count',
      [completed, item({ BackupItemProtectionState: 'ProtectionStopped' }, '2026-11-09T01:00:00Z')],
      'NOT_APPLICABLE',
    ],
    [
      'DisableBackup after the row holds',
      [completed, item(), jobRow('2', { JobOperation: 'DisableBackup', start: '2026-11-18T10:00:00Z' })],
      'NON_COMPLIANT',
    ],
    [
      'a row after DisableBackup holds',
      [
        completed,
        jobRow('2', { JobOperation: 'DisableBackup', start: '2026-11-18T10:00:00Z' }),
        item({}, '2026-11-18T20:00:00Z'),
      ],
      'COMPLIANT',
    ],
  ])('protection-enabled: %s', async (_state, rows, verdict) => {
    expect((await resourceOf(rows))?.controls['protection-enabled'].verdict).toBe(verdict);
  });

  it.each<[string, readonly TableRow[], string]>([
    ['as its policy says', [completed, item(), policy], 'COMPLIANT'],
    [
      'the policy by an association',
      [completed, item({ PolicyUniqueId: null }), association, policy],
      'COMPLIANT',
    ],
    ['too short', [completed, item(), { ...policy, DailyRetentionDuration: '7' }], 'NON_COMPLIANT'],
    ['a policy that no row tells of', [completed, item()], 'UNKNOWN'],
    [
      'the policy of its own vault, where another has one of the same id',
      [
        completed,
        item({ VaultUniqueId: '900001' }),
        { ...policy, VaultUniqueId: '900001' },
        { ...policy, VaultUniqueId: '900002', DailyRetentionDuration: '7' },
      ],
      'COMPLIANT',
    ],
    [
      'two policies of one id, and no row says which vault is its own',
      [
        completed,
        item(),
        { ...policy, VaultUniqueId: '900001' },
        { ...policy, VaultUniqueId: '900002', DailyRetentionDuration: '7' },
      ],
      'UNKNOWN',
    ],
    [
      'a policy without daily backups',
      [completed, item(), { ...policy, DailyRetentionDuration: '' }],
      'UNKNOWN',
    ],
  ])('retention: %s', async (_words, rows, verdict) => {
    expect((await resourceOf(rows, keptFor30Days))?.controls.retention.verdict).toBe(verdict);
  });

  it.each<[string, readonly TableRow[], string, number | null]>([
    ['no job, and a recent point', [item(), point('2026-11-18T01:32:11Z')], 'COMPLIANT', 80_869],
    ['no job, and an old point', [item(), point('2026-11-10T01:32:11Z')], 'NON_COMPLIANT', 772_069],
    [
      'a job that is newer than the point',
      [completed, item(), point('2026-11-17T01:00:00Z')],
      'COMPLIANT',
      79_800,
    ],
    [
      'a point told before the data was deleted',
      [
        item(),
        point('2026-11-18T01:32:11Z'),
        jobRow('2', { JobOperation: 'DeleteBackupData', start: '2026-11-18T10:00:00Z' }),
      ],
      'NON_COMPLIANT',
      null,
    ],
  ])('recovery-point-age: %s', async (_words, rows, verdict, age) => {
    const resource = await resourceOf(rows);
    expect([resource?.controls['recovery-point-age'].verdict, resource?.recoveryPointAgeSeconds]).toEqual([
      verdict,
      age,
    ]);
  });
});

describe('an item that was deleted', () => {
  const gone = (day: string): TableRow => item({ State: 'Deleted' }, `${day}T05:00:00Z`);
  const days: Record<string, readonly TableRow[]> = {
    '2026-11-18': [completed, item()],
    '2026-11-19': [gone('2026-11-19')],
    '2026-11-20': [gone('2026-11-20')],
    '2026-11-21': [item({}, '2026-11-21T05:00:00Z')],
  };

  it('leaves on the day on which a row says so first, and is back when one says that it is active', async () => {
    const reports = await judgeDays(Object.keys(days), (each) => ({
      records: days[each]?.map(asRead) ?? [],
    }));
    expect(reports.map(({ report }) => report.resources.map(({ outcome }) => outcome))).toEqual([
      ['SUCCEEDED'],
      ['NOT_DUE'],
      [],
      ['MISSED'],
    ]);
    expect(reports[2]?.report.formerResources.map(({ resourceName }) => resourceName)).toEqual(['APP01']);
  });

  it('that nobody knew makes no resource', async () => {
    const { report } = await judge([asRead(gone(date))], date);
    expect([report.resources, report.changes]).toEqual([[], []]);
  });
});

const alert = (status: string, more: TableRow = {}): TableRow =>
  stateRow('AddonAzureBackupAlerts', 'Alert', {
    AlertUniqueId: 'a-1',
    AlertType: 'BackupFailure',
    AlertSeverity: 'Critical',
    AlertStatus: status,
    AlertOccurrenceDateTime: '2026-11-18T01:50:02Z',
    BackupItemUniqueId: itemId('vm-app01'),
    ...more,
  });

describe('an alert', () => {
  it.each<[string, readonly TableRow[], readonly string[], string]>([
    ['that is active is open', [completed, alert('Active')], ['open'], 'NON_COMPLIANT'],
    [
      'that is inactive by a later row is closed',
      [completed, alert('Active'), alert('Inactive', { TimeGenerated: '2026-11-18T06:00:00Z' })],
      ['cleared'],
      'NOT_APPLICABLE',
    ],
    ['that is not there proves nothing', [completed], [], 'NOT_APPLICABLE'],
    [
      'of restores is told, and no failure of backups',
      [completed, alert('Active', { AlertType: 'RestoreFailure' })],
      ['open'],
      'NOT_APPLICABLE',
    ],
  ])('%s', async (_words, rows, states, verdict) => {
    const { report } = await judge(rows.map(asRead), date);
    expect(report.incidents.map(({ state }) => state)).toEqual(states);
    expect(report.resources[0]?.controls['no-open-incident'].verdict).toBe(verdict);
  });

  it('that was opened and closed on one day tells both', async () => {
    const closed = alert('Inactive', { AlertTimeToResolveInMinutes: '30' });
    const { report } = await judge([asRead(closed)], date);
    expect(report.incidents[0]).toMatchObject({
      openedAt: '2026-11-18T01:50:02.000Z',
      clearedAt: '2026-11-18T02:20:02.000Z',
    });
  });
});

describe('an alert that is told on a later day', () => {
  it('is open where it was opened before anything was read', async () => {
    const opened = alert('Active', { AlertOccurrenceDateTime: '2026-11-01T01:50:02Z' });
    const { report } = await judge([completed, opened].map(asRead), date);
    expect(report.incidents).toMatchObject([{ state: 'open', openedAt: '2026-11-01T01:50:02.000Z' }]);
    expect(report.resources[0]?.controls['no-open-incident'].verdict).toBe('NON_COMPLIANT');
  });

  it('to be closed is closed, though it was on the day before', async () => {
    const closed = alert('Inactive', {
      TimeGenerated: '2026-11-19T06:00:00Z',
      AlertTimeToResolveInMinutes: '30',
    });
    const days: Record<string, readonly TableRow[]> = {
      '2026-11-18': [completed, alert('Active')],
      '2026-11-19': [closed],
      '2026-11-20': [],
    };
    const reports = await judgeDays(Object.keys(days), (day) => ({ records: days[day]?.map(asRead) ?? [] }));
    expect(reports.map(({ report }) => report.incidents.map(({ state }) => state))).toEqual([
      ['open'],
      ['cleared'],
      [],
    ]);
  });

  it('closed says nothing of another alert that is open', async () => {
    const first = { TimeGenerated: '2026-11-18T06:00:00Z' };
    const second = { AlertUniqueId: 'a-2', AlertOccurrenceDateTime: '2026-11-18T02:50:02Z' };
    const days: Record<string, readonly TableRow[]> = {
      '2026-11-18': [completed, alert('Inactive', first), alert('Active', second)],
      '2026-11-19': [alert('Inactive', { TimeGenerated: '2026-11-19T06:00:00Z' })],
    };
    const reports = await judgeDays(Object.keys(days), (day) => ({ records: days[day]?.map(asRead) ?? [] }));
    expect(reports.map(({ report }) => report.incidents.map(({ state }) => state))).toEqual([
      ['open', 'cleared'],
      ['open', 'cleared'],
    ]);
    expect(reports[0]?.report.resources[0]?.controls['no-open-incident'].verdict).toBe('NON_COMPLIANT');
  });
});

const named = (type: string): Inventory => ({
  type,
  description: type,
  expectedResources: async () => ({ resources: [], isNamed: true, faults: [], digest: '' }),
});

describe('an inventory that names resources itself', () => {
  it.each<[string, number, number]>([
    ['oci', 1, 0],
    ['file', 0, 1],
  ])('%s: %i judged, %i not in the inventory', async (type, judged, unlisted) => {
    const { report } = await judge([completed, item()].map(asRead), date, { inventory: named(type) });
    expect([report.resources.length, report.notInInventory.length]).toEqual([judged, unlisted]);
  });
});

it('a plan over both clouds balances, and gives the same verdicts from every form of its rows', async () => {
  const rows = [
    completed,
    jobRow('1', { status: 'InProgress', seconds: 0, generated: '2026-11-18T02:00:00Z' }),
    jobRow('2', { item: 'vm-app02', status: 'Failed' }),
    item(),
    policy,
    point('2026-11-18T01:32:11Z'),
    stateRow('CoreAzureBackup', 'Vault', { VaultName: 'rsv-demo' }),
  ];
  const ofOci = volumeEvent('end', '2026-11-18T03:00:00Z', { id: 'v' });
  const forms: readonly (readonly unknown[])[] = [
    rows.map(asRead),
    rows,
    [asAnswer(rows)],
    rows.map(asLogLine),
    rows.map((row) => asDiagnostics(row)),
  ];
  const reports = await Promise.all(forms.map((records) => judge([ofOci, ...records], date, keptFor30Days)));
  for (const { report } of reports) {
    expect(report.sources[0]?.controlTotals).toEqual({
      read: 8,
      used: 6,
      duplicate: 1,
      outside: 0,
      ignored: 1,
      rejected: 0,
    });
    expect(report.totals).toMatchObject({ expected: 3, compliant: 1 });
    const clouds = report.resources.map(({ resourceName, cloud }) => [resourceName, cloud]);
    expect(clouds).toEqual([
      ['vm-app02', 'azure'],
      [expect.any(String), 'oci'],
      ['APP01', 'azure'],
    ]);
    expect(report.resources).toEqual(reports[0]?.report.resources);
  }
});

it('resources tell their cloud where a report has one of Azure, and those of Azure where they are', async () => {
  const ofOci = volumeEvent('end', '2026-11-18T03:00:00Z', { id: 'v' });
  const { report } = await judge([asRead(completed), asRead(item()), ofOci], date);
  const clouds = report.resources.map(({ cloud, azure }) => [cloud, azure]);
  expect(clouds).toHaveLength(2);
  expect(clouds).toContainEqual(['oci', undefined]);
  expect(clouds).toContainEqual([
    'azure',
    {
      subscriptionId: '00000000-0000-0000-0000-00000000000a',
      resourceGroup: 'rg-demo',
      vault: 'rsv-demo',
      region: 'westeurope',
    },
  ]);

  const alone = await judge([ofOci], date);
  expect(alone.report.resources.map((resource) => 'cloud' in resource)).toEqual([false]);
});
