import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from '../../../support/judge-day.js';
import {
  asDiagnostics,
  asLogLine,
  asRead,
  itemId,
  jobRow,
  stateRow,
  type TableRow,
} from '../../../support/azure-rows.js';

const date = '2026-11-18';
const time = fc
  .integer({ min: Date.parse('2026-11-09T00:00:00Z'), max: Date.parse('2026-11-20T00:00:00Z') })
  .map((ms) => new Date(ms - (ms % 900_000)).toISOString());
const name = fc.constantFrom('vm-app01', 'vm-app02', 'sqldb-erp');

const job = fc
  .record({
    number: fc.integer({ min: 1, max: 6 }),
    item: name,
    start: time,
    generated: time,
    seconds: fc.constantFrom(0, 60, 5412.25, 90_000, null, -1),
    status: fc.constantFrom(
      'Completed',
      'CompletedWithWarnings',
      'Failed',
      'Cancelled',
      'InProgress',
      'Suspended',
      '',
    ),
    operation: fc.constantFrom('Backup', 'Restore', 'DisableBackup', 'DeleteBackupData', 'Register', 'Dream'),
    subType: fc.constantFrom('', 'Full', 'Log'),
  })
  .map(({ number, operation, subType, ...more }) =>
    jobRow(String(number), { ...more, JobOperation: operation, JobOperationSubType: subType }),
  );

const state = fc
  .record({
    of: fc.constantFrom(
      ['CoreAzureBackup', 'BackupItem'],
      ['CoreAzureBackup', 'RecoveryPoint'],
      ['CoreAzureBackup', 'Vault'],
      ['AddonAzureBackupPolicy', 'Policy'],
      ['AddonAzureBackupAlerts', 'Alert'],
      ['AddonAzureBackupStorage', 'StorageAssociation'],
    ),
    item: name,
    generated: time,
    standing: fc.constantFrom('Active', 'Deleted'),
    protection: fc.constantFrom('Protected', 'ProtectionStopped', 'Dreaming', null),
    number: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ of: [table = '', operation = ''], item, generated, standing, protection, number }) =>
    stateRow(table, operation, {
      TimeGenerated: generated,
      State: standing,
      BackupItemUniqueId: itemId(item),
      BackupItemProtectionState: protection,
      LatestRecoveryPointTime: generated,
      PolicyUniqueId: `p-${number}`,
      DailyRetentionDuration: '30',
      AlertUniqueId: `a-${number}`,
      AlertStatus: standing === 'Active' ? 'Active' : 'Inactive',
      AlertOccurrenceDateTime: generated,
      StorageConsumedInMBs: String(number * 1024),
    }),
  );

const written: fc.Arbitrary<(row: TableRow) => unknown> = fc.constantFrom(
  asRead,
  (row: TableRow) => row,
  asLogLine,
  (row: TableRow) => asDiagnostics(row, 'V1'),
  (row: TableRow) => asDiagnostics(row),
);

const record = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.oneof(job, state), written).map(([row, write]) => write(row)) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('{"broken":', { table: 'CoreAzureBackup', row: {} }, 7) },
);

/** What a report says of a day; when each record was read is not a part of it. */
const saidBy = ({ report, jobs }: Awaited<ReturnType<typeof judge>>) => ({
  resources: report.resources,
  totals: report.totals,
  incidents: report.incidents,
  changes: report.changes,
  findings: report.findings,
  controlTotals: report.controlTotals,
  jobs,
});

it('whatever rows a day of Azure has, each has one disposition, totals balance, and their order does not matter', async () => {
  const day = fc.array(record, { maxLength: 30 });
  const shuffled = day.chain((records) =>
    fc.tuple(
      fc.constant(records),
      fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([records, mixed]) => {
      const judged = await judge(records, date);
      const { report, evidence } = judged;
      const { read, used, duplicate, outside, ignored, rejected } = report.controlTotals;
      expect([read, used + duplicate + outside + ignored + rejected]).toEqual([
        records.length,
        records.length,
      ]);
      const last = new Map(evidence.map((line) => [line['record'], line['disposition']]));
      const of = (wanted: string): number => [...last.values()].filter((each) => each === wanted).length;
      expect([last.size, of('used'), of('duplicate'), of('rejected')]).toEqual([
        read,
        used,
        duplicate,
        rejected,
      ]);
      const { expected, compliant, nonCompliant, unknown, notApplicable } = report.totals;
      expect(compliant + nonCompliant + unknown + notApplicable).toBe(expected);
      expect(saidBy(await judge(mixed, date))).toEqual(saidBy(judged));
    }),
    { numRuns: 40 },
  );
});
