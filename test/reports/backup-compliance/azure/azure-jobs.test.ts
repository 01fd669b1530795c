import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../../src/reports/backup-compliance/rules/default-policy.js';
import { judge, judgeDays } from '../../../support/judge-day.js';
import {
  asAnswer,
  asDiagnostics,
  asLogLine,
  asRead,
  jobRow,
  type TableRow,
} from '../../../support/azure-rows.js';

const date = '2026-11-18';
const running = jobRow('1', { status: 'InProgress', seconds: 0, generated: '2026-11-18T02:41:10.1234567Z' });
const completed = jobRow('1', { seconds: 5412.25 });

/** Disposition of every record, and the jobs of the day. */
async function told(records: readonly unknown[]) {
  const { jobs, evidence, report } = await judge(records, date);
  const byRecord = new Map(evidence.map((line) => [line['record'], line['disposition']]));
  const dispositions = [...byRecord.values()];
  return { dispositions, jobs: jobs.map(({ status, state, kind }) => `${kind} ${status} ${state}`), report };
}

describe('of the rows of one job', () => {
  const same = jobRow('1', { seconds: 5412.25 });
  const failed = jobRow('1', { status: 'Failed', seconds: 5412.25 });
  const laterFailed = jobRow('1', { status: 'Failed', seconds: 60, generated: '2026-11-18T04:00:00Z' });
  const asNew = jobRow('1', { status: 'InProgress', seconds: 0 });
  it.each<[string, readonly TableRow[], readonly string[], string]>([
    ['the newest counts', [running, completed], ['duplicate', 'used'], 'SUCCEEDED Completed'],
    ['in any order', [completed, running], ['used', 'duplicate'], 'SUCCEEDED Completed'],
    ['its status comes second', [completed, laterFailed], ['duplicate', 'used'], 'FAILED Failed'],
    ['two that are the same are one', [completed, same], ['used', 'duplicate'], 'SUCCEEDED Completed'],
    [
      'of equally new ones the ended one counts',
      [asNew, completed],
      ['duplicate', 'used'],
      'SUCCEEDED Completed',
    ],
    ['so it does if it comes first', [completed, asNew], ['used', 'duplicate'], 'SUCCEEDED Completed'],
    [
      'V1 beside V2 counts once',
      [asDiagnostics(laterFailed, 'V1'), completed],
      ['duplicate', 'used'],
      'SUCCEEDED Completed',
    ],
    [
      'both tables tell one job',
      [completed, asDiagnostics(completed)],
      ['used', 'duplicate'],
      'SUCCEEDED Completed',
    ],
    ['V1 alone counts', [asDiagnostics(completed, 'V1')], ['used'], 'SUCCEEDED Completed'],
    [
      'contradicting ones say nothing',
      [completed, failed],
      ['used', 'duplicate'],
      'UNKNOWN Completed / Failed',
    ],
  ])('%s', async (_rule, rows, dispositions, job) => {
    const result = await told(rows.map(asRead));
    expect(result.jobs).toEqual([`backup ${job}`]);
    expect(result.dispositions).toEqual(dispositions);
    const { read, used, duplicate } = result.report.sources[0]?.controlTotals ?? {};
    expect([read, used, duplicate]).toEqual([rows.length, 1, rows.length - 1]);
  });

  it('a contradiction is a finding', async () => {
    const { report } = await told([completed, failed].map(asRead));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ kind: 'job-conflict', words: expect.stringContaining('Completed, Failed') }),
    );
  });
});

describe('a status of Azure means', () => {
  it.each<[string, string]>([
    ['Completed', 'SUCCEEDED'],
    ['CompletedWithWarnings', 'SUCCEEDED_WITH_WARNINGS'],
    ['completedwithwarnings', 'SUCCEEDED_WITH_WARNINGS'],
    ['Failed', 'FAILED'],
    ['Cancelled', 'CANCELED'],
    ['Cancelling', 'UNKNOWN'],
    ['InProgress', 'UNKNOWN'],
    ['Invalid', 'UNKNOWN'],
    ['Suspended', 'UNKNOWN'],
  ])(
    '%s: %s (by the cut-off, a job that began 22 hours before has run too long)',
    async (status, expected) => {
      expect((await told([asRead(jobRow('1', { status }))])).jobs).toEqual([`backup ${expected} ${status}`]);
    },
  );

  it.each(['InProgress', 'Cancelling'])(
    '%s of a job that began shortly before: in progress',
    async (status) => {
      const row = jobRow('1', { status, start: '2026-11-18T20:00:00Z', seconds: 0 });
      expect((await told([asRead(row)])).jobs).toEqual([`backup IN_PROGRESS ${status}`]);
    },
  );

  it('Completed without a duration: it has not ended, as far as anybody knows', async () => {
    const row = jobRow('1', { seconds: null, start: '2026-11-18T20:00:00Z' });
    expect((await told([asRead(row)])).jobs).toEqual(['backup IN_PROGRESS Completed']);
  });
});

describe('an operation of Azure is', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['Restore', ['restore SUCCEEDED Completed'], ['restore']],
    ['CrossRegionRestore', ['restore SUCCEEDED Completed'], ['restore']],
    ['DisableBackup', [], ['settings']],
    ['ConfigureBackup', [], ['settings']],
    ['Undelete', [], ['settings']],
    ['DeleteBackupData', [], ['deletion']],
    ['Register', [], []],
    ['UpdateCustomerManagedKey', [], []],
    ['Invalid', ['unrecognised UNKNOWN Completed'], []],
    ['ArchiveBackup', ['unrecognised UNKNOWN Completed'], []],
  ])('%s', async (operation, jobs, changes) => {
    const { jobs: found, report } = await told([asRead(jobRow('1', { JobOperation: operation }))]);
    expect(found).toEqual(jobs);
    expect(report.changes.map(({ kind }) => kind)).toEqual(changes);
  });
});

describe('DeleteBackupData deletes every backup of its item', () => {
  const deletion = jobRow('2', {
    JobOperation: 'DeleteBackupData',
    start: '2026-11-18T10:58:00Z',
    seconds: 60,
  });
  const policies = [{ ...defaultPolicy, name: 'kept', match: {}, minRetentionMs: 7 * 86_400_000 }];
  it.each<[string, readonly TableRow[], string, string]>([
    [
      'known ones: none is left, and it was too early',
      [completed, deletion],
      'NON_COMPLIANT',
      'NON_COMPLIANT',
    ],
    [
      'unknown ones: nobody knows',
      [deletion, jobRow('3', { start: '2026-11-18T20:00:00Z' })],
      'COMPLIANT',
      'UNKNOWN',
    ],
    [
      'one that failed deletes nothing',
      [completed, { ...deletion, JobStatus: 'Failed' }],
      'COMPLIANT',
      'COMPLIANT',
    ],
  ])('%s', async (_words, rows, age, early) => {
    const { report } = await judge(rows.map(asRead), date, { rules: { policies } });
    const { controls } = report.resources[0] ?? {};
    expect([controls?.['recovery-point-age'].verdict, controls?.['no-early-deletion'].verdict]).toEqual([
      age,
      early,
    ]);
  });
});

describe('the day of a job is that of its end', () => {
  it.each<[string, TableRow, readonly string[]]>([
    ['begun the day before', jobRow('1', { start: '2026-11-17T23:50:00Z', seconds: 1500 }), ['used']],
    ['ended the day after', jobRow('1', { start: '2026-11-18T23:50:00Z', seconds: 1500 }), ['outside']],
    ['ended at the cut-off', jobRow('1', { start: '2026-11-18T23:50:00Z', seconds: 600 }), ['outside']],
    ['generated the day after', jobRow('1', { generated: '2026-11-19T05:00:00Z' }), ['used']],
  ])('%s', async (_words, row, dispositions) => {
    expect((await told([asRead(row)])).dispositions).toEqual(dispositions);
  });

  it('one that ran at the cut-off and ended after it was running, whatever it became', async () => {
    const row = jobRow('1', {
      start: '2026-11-18T23:00:00Z',
      seconds: 7200,
      generated: '2026-11-19T01:30:00Z',
    });
    const { report } = await judge([asRead(row), asRead(completedOfDayBefore)], date, {
      settleDelayMs: 6 * 3_600_000,
    });
    expect(report.resources.map(({ outcome }) => outcome)).toEqual(['IN_PROGRESS']);
  });
});

const completedOfDayBefore = jobRow('9', { start: '2026-11-17T01:30:00Z' });

it('one id in two vaults is two jobs: what failed in one is not made good by the other', async () => {
  const failed = jobRow('1', { status: 'Failed', generated: '2026-11-18T02:00:00Z' });
  const good = jobRow('1', { BackupItemUniqueId: 'westeurope;900002;vm-app01', VaultUniqueId: '2' });
  for (const rows of [
    [failed, good],
    [good, failed],
  ]) {
    const { report, dispositions } = await told(rows.map(asRead));
    expect(dispositions).toEqual(['used', 'used']);
    expect(report.resources.map(({ resourceId, outcome }) => [resourceId, outcome])).toEqual([
      ['westeurope;900001;vm-app01', 'FAILED'],
      ['westeurope;900002;vm-app01', 'SUCCEEDED'],
    ]);
  }
  const nameless = jobRow('1', { BackupItemUniqueId: undefined, generated: '2026-11-18T01:40:00Z' });
  expect((await told([nameless, failed].map(asRead))).dispositions).toEqual(['duplicate', 'used']);
});

it('of two rows within a millisecond the newer counts, whatever the order of reading', async () => {
  const failed = jobRow('1', { status: 'Failed', generated: '2026-11-18T03:20:40.7654329Z' });
  const good = jobRow('1', { generated: '2026-11-18T03:20:40.7654321Z' });
  for (const rows of [
    [failed, good],
    [good, failed],
  ]) {
    const { report } = await judge(rows.map(asRead), date);
    expect(report.resources.map(({ outcome }) => outcome)).toEqual(['FAILED']);
  }
});

it('what cannot be told from a row makes the report INCOMPLETE', async () => {
  const { report } = await judge(
    [
      asRead(jobRow('1', { start: 'soon' })),
      asRead(jobRow('', { JobUniqueId: undefined })),
      asRead(jobRow('1', { TimeGenerated: null })),
      asRead(jobRow('1', { start: '2099-01-01T00:00:00Z' })),
      { TimeGenerated: '2026-11-18T02:00:00Z', BackupItemUniqueId: 'i', JobStatus: 'Failed' },
    ],
    date,
  );
  expect(report.status).toBe('INCOMPLETE');
  expect(report.rejectedRecords.map(({ reason }) => reason).sort()).toEqual([
    expect.stringContaining('JobStartDateTime'),
    expect.stringContaining('(OperationName)'),
    expect.stringContaining('without TimeGenerated'),
    expect.stringContaining('(JobUniqueId)'),
    expect.stringContaining('no readable time'),
  ]);
});

it('a log sub-job is a log backup', async () => {
  const { jobs } = await judge([asRead(jobRow('1', { JobOperationSubType: 'Recovery point_Log' }))], date);
  expect(jobs.map(({ backupType }) => backupType)).toEqual(['Recovery point_Log']);
});

function log(job: string, start: string, status = 'Completed'): TableRow {
  return jobRow(job, {
    start,
    status,
    seconds: 60,
    JobOperationSubType: 'Log',
    BackupManagementType: 'AzureWorkload',
  });
}

function full(status: string): TableRow {
  return jobRow('1', { status, JobOperationSubType: 'Full' });
}

describe('log sub-jobs are judged by themselves', () => {
  const runs = jobRow('1', {
    status: 'InProgress',
    start: '2026-11-18T20:00:00Z',
    JobOperationSubType: 'Full',
  });
  it.each<[string, readonly TableRow[], string, string]>([
    [
      'a good one makes no failed backup good',
      [full('Failed'), log('2', '2026-11-18T09:00:00Z')],
      'FAILED',
      'NON_COMPLIANT',
    ],
    [
      'a good one is not the backup that is due',
      [log('2', '2026-11-18T09:00:00Z')],
      'MISSED',
      'NON_COMPLIANT',
    ],
    [
      'a good one does not make a running backup good',
      [runs, log('2', '2026-11-18T09:00:00Z')],
      'IN_PROGRESS',
      'UNKNOWN',
    ],
    [
      'a failed one is seen',
      [full('Completed'), log('2', '2026-11-18T09:00:00Z', 'Failed')],
      'FAILED',
      'NON_COMPLIANT',
    ],
    [
      'a good one makes a failed one good',
      [full('Completed'), log('2', '2026-11-18T09:00:00Z', 'Failed'), log('3', '2026-11-18T09:15:00Z')],
      'RECOVERED',
      'COMPLIANT',
    ],
  ])('%s', async (_rule, rows, outcome, verdict) => {
    const { report } = await judge(rows.map(asRead), date);
    const [resource] = report.resources;
    expect([resource?.outcome, resource?.controls['backup-succeeded'].verdict]).toEqual([outcome, verdict]);
  });
});

it('rows in every form give the same verdicts', async () => {
  const rows = [
    running,
    completed,
    jobRow('2', { item: 'vm-app02', status: 'Failed', JobFailureCode: 'UserErrorX' }),
  ];
  const forms: readonly (readonly unknown[])[] = [
    rows.map(asRead),
    rows,
    [asAnswer(rows)],
    rows.map(asLogLine),
    rows.map((row) => asDiagnostics(row)),
  ];
  const reports = await Promise.all(forms.map((records) => judge(records, date)));
  const [first, ...others] = reports.map(({ report }) => ({
    resources: report.resources,
    totals: report.totals,
  }));
  expect(first?.resources.map(({ resourceName, outcome }) => [resourceName, outcome])).toEqual([
    ['vm-app02', 'FAILED'],
    ['vm-app01', 'SUCCEEDED'],
  ]);
  for (const other of others) expect(other).toEqual(first);
});

it.each(['Backup', 'ArchiveBackup'])(
  'a job (%s) that runs at the end of a day is one job with its end of the day after',
  async (JobOperation) => {
    const start = '2026-11-18T20:00:00Z';
    const ofDay: Record<string, unknown> = {
      '2026-11-18': jobRow('1', { JobOperation, start, status: 'InProgress', seconds: 0 }),
      '2026-11-19': jobRow('1', { JobOperation, start, seconds: 21_600, generated: '2026-11-19T02:30:00Z' }),
    };
    const reports = await judgeDays(Object.keys(ofDay), (day) => ({
      records: [asRead(ofDay[day] as TableRow)],
    }));
    expect(reports.map(({ jobs }) => jobs.map(({ startTime, endTime }) => [startTime, endTime]))).toEqual([
      [['2026-11-18T20:00:00.000Z', null]],
      [['2026-11-18T20:00:00.000Z', '2026-11-19T02:00:00.000Z']],
    ]);
  },
);
