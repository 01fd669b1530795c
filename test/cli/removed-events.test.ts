import { rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { Project, jsonOf, ndjson } from '../support/cli.js';
import { backupOf } from '../support/named-databases.js';
import { runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const good = ndjson([backupOf('SALES')]);
const failed = ndjson([backupOf('HR', { state: 'FAILED' })]);
const late = ndjson([backupOf('SALES', { time: `${date}T09:00:00Z` })]);
/** Its first record can be read. */
const damaged = gzipSync(
  ndjson([backupOf('HR', { state: 'FAILED' }), ...Array(400).fill(backupOf('HR'))]),
).subarray(0, -20);

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'events/a.ndjson': good });
});

afterEach(() => project.remove());

const run = () => runPlainly(project.directory, date);
const at = (name: string) => join(project.directory, name);
const remove = (name: string) => unlink(at(name));

async function reportOf(revision: number): Promise<DailyReport> {
  return jsonOf<DailyReport>(await project.revision(date, revision), 'report.json');
}

async function reasonOf(revision: number): Promise<string | undefined> {
  const { supersedes } = jsonOf<Manifest>(await project.revision(date, revision), 'manifest.json');
  return supersedes?.reason;
}

const revisions = () => project.list(`reports/daily/${date.replaceAll('-', '/')}`);

describe('a file of events that is removed after its day was reported', () => {
  it('turns no failed day green: nothing is revised', async () => {
    await project.write('events/b.ndjson', failed);
    expect((await run()).code).toBe(0);
    await remove('events/b.ndjson');
    expect((await run()).code).toBe(0);
    expect(await revisions()).toEqual(['r1']);
  });

  it('leaves its records to a revision that is made for another reason', async () => {
    await project.write('events/b.ndjson', failed);
    await run();
    await remove('events/b.ndjson');
    await project.write('events/c.ndjson', late);
    expect((await run()).code).toBe(0);
    const { status, totals, findings } = await reportOf(2);
    expect(status).toBe('COMPLETE');
    expect(totals).toMatchObject({ expected: 2, compliant: 1, nonCompliant: 1 });
    expect(findings.map(({ words }) => words)).toContain(
      '1 record by the evidence of r1; the sources give it no more',
    );
    expect(await reasonOf(2)).toBe('1 event more than before, of those that came late');
  });

  it('is no less known where a rule leaves it out by now', async () => {
    await project.write('events/b.ndjson', failed);
    await run();
    const configuration = (await project.read('backup-report.yaml')).toString('utf8');
    await project.write(
      'backup-report.yaml',
      configuration.replace('paths: ["./events/*"]', 'paths: ["./events/*"]\n    ignore: ["b.*"]'),
    );
    await project.write('events/c.ndjson', late);
    await run();
    const { totals, findings } = await reportOf(2);
    expect(totals).toMatchObject({ expected: 2, nonCompliant: 1 });
    expect(findings.map(({ words }) => words).join()).toContain('made with another configuration');
  });
});

describe('a file of events that could not be read', () => {
  it.each([
    ['a file that is damaged half-way', damaged],
    ['a file that is damaged from its beginning', gzipSync(failed).subarray(0, 12)],
  ])('leaves the day INCOMPLETE where it is gone: %s', async (_words, content) => {
    await project.write('events/b.ndjson.gz', content);
    expect((await run()).code).toBe(3);
    await remove('events/b.ndjson.gz');
    expect((await run()).code).toBe(3);
    const { status, statusReasons } = await reportOf(2);
    expect(status).toBe('INCOMPLETE');
    expect(statusReasons.join()).toContain('b.ndjson.gz could not be read when r1 was made');
    expect(await reasonOf(2)).toBe(
      'what an earlier revision could not read, or its evidence, is not to be had any more',
    );
    // Nor is it forgotten by the third.
    expect((await run()).code).toBe(3);
    expect(await revisions()).toEqual(['r1', 'r2']);
  });

  it('is settled once it is whole, with that as the reason', async () => {
    await project.write('events/b.ndjson.gz', damaged);
    await run();
    await project.write('events/b.ndjson.gz', gzipSync(failed));
    expect((await run()).code).toBe(0);
    expect(await reasonOf(2)).toContain('a source that had failed was read to its end');
  });

  it('is settled once it is back, even after a revision without it', async () => {
    await project.write('events/b.ndjson.gz', damaged);
    await run();
    await rename(at('events/b.ndjson.gz'), at('kept'));
    await run();
    await project.write('events/b.ndjson.gz', gzipSync(failed));
    expect((await run()).code).toBe(0);
    expect((await reportOf(3)).status).toBe('COMPLETE');
  });
});

describe('a line that could not be read', () => {
  const unreadable = ndjson([{ eventType: 'com.oraclecloud.databaseservice.automaticback' }]);

  it('is settled where its file has been put right', async () => {
    await project.write('events/b.ndjson', unreadable);
    expect((await run()).code).toBe(3);
    await project.write('events/b.ndjson', failed);
    expect((await run()).code).toBe(0);
    expect(await reasonOf(2)).toBe('1 event more than before; records that could not be read have been read');
  });

  it('is not where its file is gone', async () => {
    await project.write('events/b.ndjson', unreadable);
    await run();
    await rm(at('events/b.ndjson'));
    expect((await run()).code).toBe(3);
    expect(await revisions()).toEqual(['r1']);
  });
});
