import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type JudgedReport, type Settings, judgeInto, languageOf } from '../support/judge-day.js';
import { memorySource } from '../support/memory-source.js';
import { auditEvent, databaseEvent, rawEvent } from '../support/raw-event.js';

const [before, day] = ['2026-11-18', '2026-11-19'] as const;

let archive: string;

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'never-less-'));
});

afterEach(() => rm(archive, { recursive: true, force: true }));

function backup(name: string, date: string, details: Record<string, string> = {}, hour = '02') {
  const lower = name.toLowerCase();
  return databaseEvent('end', `${date}T${hour}:00:00Z`, {
    id: `${name}-${date}-${hour}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${lower}${date}${hour}`,
    details: { databaseId: `ocid1.database.oc1.iad.${lower}`, dbUniqueName: name, ...details },
  });
}

const failed = (name: string, hour = '03') => backup(name, day, { lifecycleState: 'FAILED' }, hour);
const sales = [before, day].map((date) => backup('SALES', date));
const hr = [backup('HR', before), failed('HR')];
const late = backup('SALES', day, {}, '09');

const make = (records: readonly unknown[], over: Settings = {}): Promise<JudgedReport> =>
  judgeInto(archive, day, { records, ...over });

const revisions = async (): Promise<string[]> =>
  (await readdir(join(archive, 'test', day.replaceAll('-', '/')))).sort();

const pathOf = (revision: number, name: string): string =>
  join(archive, 'test', day.replaceAll('-', '/'), `r${revision}`, name);

const manifestOf = async (revision: number): Promise<Manifest> =>
  JSON.parse(await readFile(pathOf(revision, 'manifest.json'), 'utf8')) as Manifest;

function outcomesOf({ resources }: DailyReport) {
  return Object.fromEntries(resources.map(({ resourceName, outcome }) => [resourceName, outcome]));
}

const saidOf = ({ findings }: DailyReport) =>
  findings.filter(({ kind }) => kind === 'evidence').map(({ subject, words }) => `${subject}: ${words}`);

const ofEvidence = ({ sources }: DailyReport) =>
  sources
    .filter(({ type }) => type === 'evidence')
    .map(({ name, controlTotals }) => ({ name, controlTotals }));

const totals = (over: object) => ({
  read: 0,
  used: 0,
  duplicate: 0,
  outside: 0,
  ignored: 0,
  rejected: 0,
  ...over,
});

const byWhom = (report: DailyReport) => report.changes.map(({ principal }) => principal);

const damage = (revision: number) => writeFile(pathOf(revision, 'events.ndjson.gz'), gzipSync('{}\n'));

const oneKept = 'r1: 1 record by the evidence of r1; the sources give it no more';

describe('records that an earlier revision used and the sources give no more', () => {
  it('count as before: nothing is revised where nothing else is new', async () => {
    await make([...sales, ...hr]);
    const again = await make(sales);
    expect(outcomesOf(again.report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(await revisions()).toEqual(['r1']);
  });

  it('are in the next revision, counted and named, and in its evidence', async () => {
    await make([...sales, ...hr]);
    const { report, evidence } = await make([...sales, late]);
    expect(await revisions()).toEqual(['r1', 'r2']);
    expect(outcomesOf(report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(report.status).toBe('COMPLETE');
    expect(saidOf(report)).toEqual(['r1: 2 records by the evidence of r1; the sources give them no more']);
    expect(ofEvidence(report)).toEqual([
      { name: 'evidence of r1', controlTotals: totals({ read: 2, used: 2 }) },
    ]);
    expect(report.controlTotals).toMatchObject({ read: 5, used: 5 });
    expect(evidence.slice(3)).toMatchObject([
      { record: 4, source: 'evidence of r1', from: '1:memory', place: 'memory:3', disposition: 'used' },
      { record: 5, source: 'evidence of r1', content: { eventID: `HR-${day}-03` } },
    ]);
    const { sources, supersedes } = await manifestOf(2);
    expect(sources.map(({ name, request }) => [name, request])).toContainEqual([
      'evidence of r1',
      `test/${day.replaceAll('-', '/')}/r1/events.ndjson.gz`,
    ]);
    expect(supersedes?.reason).toBe('1 event more than before, of those that came late');
  });

  it('are known to every revision after that, whoever told them first', async () => {
    await make([...sales, ...hr]);
    await make([...sales, late]);
    const third = await make([late, backup('SALES', day, {}, '10')]);
    expect(outcomesOf(third.report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(ofEvidence(third.report)).toEqual([
      { name: 'evidence of r2', controlTotals: totals({ read: 4, used: 4 }) },
    ]);
    expect(third.evidence.map(({ from }) => from)).toEqual([
      undefined,
      undefined,
      ...Array(4).fill('1:memory'),
    ]);
  });

  it('are not taken twice: once the sources give them again, they are those of the sources', async () => {
    await make([...sales, ...hr]);
    await make([...sales, late]);
    const { report } = await make([...sales, ...hr, late, backup('SALES', day, {}, '10')]);
    expect(ofEvidence(report)).toEqual([]);
    expect(saidOf(report)).toEqual([]);
  });

  it('are said in German, too', async () => {
    const language = await languageOf('de');
    await make([...sales, ...hr], { language });
    const { report } = await make([...sales, late], { language });
    expect(saidOf(report)).toEqual([
      'r1: 2 Datensätze nach den Belegen von r1; die Quellen liefern sie nicht mehr',
    ]);
  });

  it('stay where the configuration is another one by now, and the report says so', async () => {
    await make([], { sources: [memorySource(sales), memorySource(hr)] });
    const { report } = await make([...sales, late], { configurationDigest: 'another' });
    expect(outcomesOf(report)).toMatchObject({ HR: 'FAILED' });
    expect(saidOf(report)[0]).toContain('The earlier report was made with another configuration');
    expect((await manifestOf(2)).supersedes?.reason).toBe(
      '1 event more than before; the configuration changed',
    );
  });

  it('keep the report of a day whose source fails by now', async () => {
    await make([...sales, ...hr]);
    const { report } = await make([], { sources: [memorySource(sales.slice(1), ['refused'])] });
    expect(report.status).toBe('INCOMPLETE');
    expect(outcomesOf(report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(await revisions()).toEqual(['r1']);
  });

  it('are all there is where the sources are empty by now', async () => {
    await make([...sales, ...hr]);
    const { report } = await make([]);
    expect(report.status).toBe('COMPLETE');
    expect(await revisions()).toEqual(['r1']);
  });
});

describe('the same fact in other words', () => {
  const told = { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES' };
  const time = `${day}T02:00:00Z`;
  const id = `SALES-${day}-02`;
  const subject = `ocid1.dbbackup.oc1.iad.sales${day}02`;
  const good = databaseEvent('end', time, { id, resourceId: subject, details: told });
  const bad = databaseEvent('end', time, {
    id,
    resourceId: subject,
    details: { ...told, lifecycleState: 'FAILED' },
  });
  const nameless = databaseEvent('end', time, { id: 'row', resourceId: null, details: told });
  const otherRoute = { ...good, eventID: 'other-route' };

  it.each([
    ['a row without the id of the backup, then with it', [nameless], [good]],
    ['a record with the id of the backup, then a row without it', [good], [nameless]],
    ['two routes, then one of them', [good, otherRoute], [otherRoute]],
    ['one route, then the other', [good], [otherRoute]],
    ['another order', [nameless, good, otherRoute], [otherRoute, good]],
  ])('is no record that is missing: %s', async (_words, then, now) => {
    const first = await make([...then, ...hr]);
    const { report } = await make([...now, ...hr]);
    expect(outcomesOf(report)).toEqual(outcomesOf(first.report));
    const { report: second } = await make([...now, ...hr, late]);
    expect(ofEvidence(second)).toEqual([]);
    expect(second.jobTotals.total).toBe(report.jobTotals.total + 1);
  });

  it.each([
    ['its record is another one by now', [bad], [good]],
    ['the record that said so was a duplicate', [otherRoute, bad], [otherRoute]],
    ['the record that said so came first', [bad, otherRoute], [otherRoute]],
  ])('has the worst result that was ever told: %s', async (_words, then, now) => {
    expect(outcomesOf((await make(then)).report)).toEqual({ SALES: 'FAILED' });
    expect(outcomesOf((await make([...now, backup('HR', day)])).report)).toEqual({
      SALES: 'FAILED',
      HR: 'SUCCEEDED',
    });
    const { evidence } = await make([...now, backup('HR', day), backup('HR', day, {}, '10')]);
    expect(evidence.filter(({ source }) => source === 'evidence of r2')).toHaveLength(1);
  });

  it('keeps who did it, which the audit record alone told', async () => {
    const type = 'databaseservice.deletebackup.begin';
    const gone = { type, time: `${day}T08:00:00Z`, id: 'd', resourceId: subject, details: told };
    const deletion = rawEvent(gone);
    const audit = auditEvent({ ...gone, id: 'audit' });
    const first = await make([good, deletion, audit]);
    expect(byWhom(first.report)).toEqual(['jane@example.com']);
    expect(byWhom((await make([good, deletion, late])).report)).toEqual(['jane@example.com']);
  });
});

describe('what an earlier revision could not read', () => {
  it('is not read by being gone: a rejected record', async () => {
    await make([...sales, '{"eventType":']);
    const { report } = await make([...sales, late]);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons).toEqual(['1 record could not be read']);
    expect(saidOf(report)).toEqual([
      'r1: 1 record that could not be read, by the evidence of r1; the sources give it no more',
    ]);
    expect(report.rejectedRecords).toMatchObject([{ excerpt: '{"eventType":' }]);
    const { report: third } = await make([...sales, late]);
    expect(third.status).toBe('INCOMPLETE');
    expect(await revisions()).toEqual(['r1', 'r2']);
  });

  it('is told once where the sources still have it', async () => {
    await make([...sales, '{"eventType":']);
    const { report } = await make([...sales, '{"eventType":', late]);
    expect(report.controlTotals.rejected).toBe(1);
    expect(ofEvidence(report)).toEqual([]);
  });

  it('is not read by other records that came: a type that was cut off', async () => {
    const type = 'com.oraclecloud.databaseservice.automaticbackupdatabase.en';
    await make([...sales, { ...failed('HR'), eventType: type }]);
    expect((await make([...sales, late])).report.status).toBe('INCOMPLETE');
  });

  it('is a source that is read no more', async () => {
    await make([], {
      sources: [
        memorySource(sales),
        { ...memorySource(hr, ['refused']), name: 'bucket', request: 'objects' },
      ],
    });
    const { report } = await make([...sales, late], { configurationDigest: 'another' });
    expect(report.statusReasons).toEqual([
      'evidence of r1: the source bucket was not complete when r1 was made (refused), and is read no more: ' +
        'what it had is not known',
    ]);
    expect(outcomesOf(report)).toMatchObject({ HR: 'FAILED' });
    const again = await make([...sales, late], { configurationDigest: 'another' });
    expect(again.report.status).toBe('INCOMPLETE');
    expect(await revisions()).toEqual(['r1', 'r2']);
  });

  it.each([
    ['a source that had failed was read to its end', ['refused'], []],
    ['a source could not be read to its end this time', [], ['refused']],
  ])('is told with a true reason: %s', async (reason, then, now) => {
    await make([], { sources: [memorySource(sales, then)] });
    await make([], { sources: [memorySource([...sales, late], now)] });
    expect((await manifestOf(2)).supersedes?.reason).toBe(`1 event more than before; ${reason}`);
  });
});

describe('evidence that is damaged', () => {
  it('makes the report INCOMPLETE and is named; the report goes on with what the sources give', async () => {
    await make([...sales, ...hr]);
    await damage(1);
    const { report } = await make(sales);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons).toEqual([
      `evidence of r1: the evidence of r1 (test/2026/11/19/r1/events.ndjson.gz) cannot be used: ` +
        'it is not the one that its manifest names; what only r1 knew may be missing here. ' +
        'Restore it from a copy of the archive, and run again',
    ]);
    expect(report.resources.map(({ resourceName }) => resourceName)).toContain('SALES');
    expect((await manifestOf(2)).supersedes?.reason).toContain(
      'what an earlier revision could not read, or its evidence, is not to be had any more',
    );
  });

  it('is not forgotten by the revisions after that, until it is restored', async () => {
    await make([...sales, ...hr]);
    const kept = await readFile(pathOf(1, 'events.ndjson.gz'));
    await damage(1);
    await make(sales);
    expect((await make(sales)).report.status).toBe('INCOMPLETE');
    expect(await revisions()).toEqual(['r1', 'r2']);
    await writeFile(pathOf(1, 'events.ndjson.gz'), kept);
    const { report } = await make(sales);
    expect(report.status).toBe('COMPLETE');
    expect(outcomesOf(report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(ofEvidence(report)).toEqual([
      { name: 'evidence of r1', controlTotals: totals({ read: 2, used: 2 }) },
    ]);
  });

  it('leaves what the revision before it knew', async () => {
    await make([...sales, ...hr]);
    await make([...sales, ...hr, late]);
    await damage(2);
    const { report } = await make(sales);
    expect(report.status).toBe('INCOMPLETE');
    expect(outcomesOf(report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(saidOf(report)).toEqual(['r1: 2 records by the evidence of r1; the sources give them no more']);
  });

  it('is not there', async () => {
    await make([...sales, ...hr]);
    await rm(pathOf(1, 'events.ndjson.gz'));
    expect((await make(sales)).report.status).toBe('INCOMPLETE');
  });
});

it('takes one record back that was removed', async () => {
  await make([...sales, ...hr]);
  const { report } = await make([...sales, hr[0], late]);
  expect(saidOf(report)).toEqual([oneKept]);
  expect(outcomesOf(report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
});

const stream = (records: readonly unknown[]) => ({
  ...memorySource(records),
  type: 'streaming',
  request: 'stream backups',
});
const message = (value: unknown) => ({
  stream: 'backups',
  partition: '0',
  offset: 1,
  value: Buffer.from(JSON.stringify(value)).toString('base64'),
});

describe('a stream, which gives its messages once', () => {
  it('leaves its messages to the next revision as they were read', async () => {
    await make([], { sources: [stream([...sales, ...hr].map(message))] });
    const { report } = await make([], { sources: [stream([message(late)])] });
    expect(outcomesOf(report)).toEqual({ SALES: 'SUCCEEDED', HR: 'FAILED' });
    expect(ofEvidence(report)).toEqual([
      { name: 'evidence of r1', controlTotals: totals({ read: 4, used: 4 }) },
    ]);
  });

  it('leaves a message that could not be read unread', async () => {
    await make([], {
      sources: [
        stream([
          ...sales.map(message),
          message({ eventType: 'com.oraclecloud.databaseservice.automaticback' }),
        ]),
      ],
    });
    const { report } = await make([], { sources: [stream([message(late)])] });
    expect(report.status).toBe('INCOMPLETE');
    expect(report.controlTotals.rejected).toBe(1);
  });
});
