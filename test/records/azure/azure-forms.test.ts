import { describe, expect, it } from 'vitest';
import { azureRowOf, isAzureRow } from '../../../src/records/azure/azure-row.js';
import { describeItems } from '../../../src/records/envelopes/describe-envelope.js';
import { unwrapRecord } from '../../../src/records/envelopes/unwrap-record.js';
import {
  asAnswer,
  asDiagnostics,
  asLogLine,
  asPrinted,
  asRead,
  jobRow,
  type TableRow,
} from '../../support/azure-rows.js';

const row = jobRow('1');
const otherCase: TableRow = Object.fromEntries(
  Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]),
);
const kebab: TableRow = Object.fromEntries(
  Object.entries(row).map(([name, value]) => [
    name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(),
    value,
  ]),
);
const { Type: _type, Category: _category, ...bare } = row;
const logLine = asLogLine(row) as Readonly<Record<string, unknown>>;
const logLineAsText = { ...logLine, properties: JSON.stringify(logLine['properties']) };

/** What a job row says, from a record. */
function toldBy(record: unknown): unknown[] {
  return unwrapRecord(record).found.map((found) => {
    if (!found.ok) return found.reason;
    const { operation, columns, schema } = azureRowOf(found.event);
    const at = (name: string): string | undefined => columns.get(name);
    const start = at('jobstartdatetime')?.replace(' ', 'T');
    return [operation, schema, at('jobuniqueid'), at('jobstatus'), start, Number(at('jobdurationinsecs'))];
  });
}

describe('a row of Azure Backup says the same in every form', () => {
  const told = ['Job', 'V2', row['JobUniqueId'], 'Completed', '2026-11-18T01:30:00Z', 1200];
  it.each<[string, unknown, number]>([
    ['read from a workspace', asRead(row), 1],
    ['exported', row, 1],
    ['with names in another case', otherCase, 1],
    ['with names of another form', kebab, 1],
    ['without the columns that name its table', bare, 1],
    ['a list of exported rows', [row, row], 2],
    ['printed by the command line', [asPrinted(row)], 1],
    ['an answer of the query API', asAnswer([row, row]), 2],
    ['the table of diagnostics', asDiagnostics(row), 1],
    ['the table of diagnostics, read from a workspace', asRead(asDiagnostics(row)), 1],
    ['a line of a diagnostic log', asLogLine(row), 1],
    ['a line whose properties are JSON text', logLineAsText, 1],
    ['a line with its keys in another case', withCapitals(logLineAsText), 1],
    ['lines in a message of an event hub', { records: [asLogLine(row), asLogLine(row)] }, 2],
    ['as JSON text in a forwarded record', { message: JSON.stringify(asLogLine(row)), host: 'f1' }, 1],
  ])('%s', (_form, record, count) => {
    expect(toldBy(record)).toEqual(Array.from({ length: count }, () => told));
  });
});

function withCapitals(value: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [`${key.slice(0, 1).toUpperCase()}${key.slice(1)}`, field]),
  );
}

describe('what a row tells of that names neither its table nor its operation', () => {
  it.each<[string, TableRow, string]>([
    ['a job', { JobUniqueId: 'j', BackupItemUniqueId: 'i' }, 'Job'],
    ['an alert', { AlertUniqueId: 'a', BackupItemUniqueId: 'i' }, 'Alert'],
    [
      'recovery points',
      { BackupItemUniqueId: 'i', LatestRecoveryPointTime: '2026-11-18T01:00:00Z' },
      'RecoveryPoint',
    ],
    ['a policy', { PolicyUniqueId: 'p', PolicyName: 'daily' }, 'Policy'],
    [
      'storage',
      { StorageUniqueId: 's', BackupItemUniqueId: 'i', StorageConsumedInMBs: '5' },
      'StorageAssociation',
    ],
    ['an item', { BackupItemUniqueId: 'i', BackupItemProtectionState: 'Protected' }, 'BackupItem'],
    ['nobody knows', { BackupItemUniqueId: 'i', JobStatus: 'Completed' }, ''],
  ])('%s', (_words, columns, operation) => {
    const value = { TimeGenerated: '2026-11-18T02:00:00Z', ...columns };
    expect(isAzureRow(value)).toBe(true);
    expect(azureRowOf(value)).toMatchObject({ isBackup: true, operation, schema: 'V2' });
  });
});

it.each<[string, unknown, readonly (string | null)[]]>([
  ['a row', row, ['row of Azure Backup']],
  ['a list of rows', [row, row], ['list of 2, row of Azure Backup', 'list of 2, row of Azure Backup']],
  ['a line of a diagnostic log as text', logLineAsText, ['row of Azure Backup']],
  ['an answer with a row', asAnswer([row]), ['answer of Azure Monitor']],
])('%s is described', (_form, record, envelopes) => {
  expect(describeItems(record).map(({ envelope }) => envelope)).toEqual(envelopes);
});

describe('an answer of the query API', () => {
  it('with an error beside its rows has one more record, which says that they are not all', () => {
    const innererror = { code: '-2133196797', message: 'exceeded the record count limit 500000' };
    const details = [{ code: 'EngineError', message: 'something failed', innererror }];
    const error = { code: 'PartialError', message: 'There were some errors.', details };
    const [rowFound, errorFound, ...others] = unwrapRecord(asAnswer([row], { error })).found;
    expect(rowFound?.ok).toBe(true);
    expect(others).toEqual([]);
    expect(errorFound).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/not all: PartialError.*EngineError.*-2133196797.*limit 500000/),
      record: { error: { code: 'PartialError' } },
    });
  });

  it('with an error in another form is not whole either; null is none', () => {
    expect(unwrapRecord(asAnswer([row], { error: 'PartialError' })).found.map(({ ok }) => ok)).toEqual([
      true,
      false,
    ]);
    expect(unwrapRecord(asAnswer([row], { error: null })).found).toHaveLength(1);
  });

  it.each([
    ['the status of a partial answer', { status: 'PartialFailure' }],
    ['a status that nobody knows', { status: 'Paused' }],
    ['a status that is no word', { status: 3 }],
    ['the error as the SDK calls it', { status: 'Success', partialError: { code: 'PartialError' } }],
  ])('with %s, as an SDK writes answers down, is not whole', (_what, more) => {
    expect(unwrapRecord(asAnswer([row], more)).found.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('with the status of success is whole; rows that the SDK calls partial are read, and are not all', () => {
    expect(unwrapRecord(asAnswer([row], { status: 'Success' })).found.map(({ ok }) => ok)).toEqual([true]);
    const { tables, ...others } = asAnswer([row], { status: 'PartialFailure' }) as { tables: unknown };
    const partial = { ...others, partialTables: tables };
    expect(unwrapRecord(partial).found.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('without rows holds nothing, and with an error is rejected all the same', () => {
    expect(unwrapRecord(asAnswer([])).found).toEqual([]);
    expect(unwrapRecord(asAnswer([], { error: { code: 'PartialError' } })).found).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['a row of which the columns do not say what it is', asAnswer([{ Status: 'Completed', Count: 3 }])],
    [
      'a row of another length than its columns',
      { tables: [{ name: 'x', columns: [{ name: 'a' }], rows: [[1, 2]] }] },
    ],
  ])('with %s: it is rejected', (_words, answer) => {
    expect(unwrapRecord(answer).found.map(({ ok }) => ok)).toEqual([false]);
  });
});

it('what a row holds beside its columns is not lost', () => {
  const event = { eventType: 'com.oraclecloud.databaseservice.backupdatabase.end', eventID: 'e', data: {} };
  const { found } = unwrapRecord({ ...row, ExtendedProperties: { a: 1 }, forwarded: { event } });
  expect(found.map((each) => each.ok && each.event['eventID'])).toEqual([undefined, 'e']);
});
