import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { simpleParser } from 'mailparser';
import { addDays, dateAt } from '../../src/base/civil-dates.js';
import { backfill } from '../../src/cli/backfill.js';
import type { Output } from '../../src/cli/output.js';
import { resend } from '../../src/cli/resend.js';
import { run } from '../../src/cli/run.js';
import { makeReportOfPlan } from '../../src/library/make-report.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, Project, defaultConfiguration, jsonOf, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const good = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });
const bad = databaseEvent('end', `${date}T03:00:00Z`, {
  id: 'e2',
  resourceId: 'ocid1.dbbackup.oc1.iad.b2',
  details: { lifecycleState: 'FAILED', lifecycleDetails: 'No space left in the recovery area.' },
});
const projects: Project[] = [];

async function project(records: readonly unknown[], configuration?: string): Promise<Project> {
  const made = await Project.create({ 'events/a.ndjson': ndjson(records) }, configuration);
  projects.push(made);
  return made;
}

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

describe('run, as a process of its own', () => {
  /** One for all: to start it takes longer than all that it shows. */
  let made: Project;
  let said: CliResult;

  beforeAll(async () => {
    made = await Project.create({ 'events/a.ndjson': ndjson([good, bad]) });
    said = await made.run(date, '--json', '--fail-on', 'non-compliant');
  });

  afterAll(() => made.remove());

  it('leaves all artefacts in the archive, with a manifest that tells their digests', async () => {
    const files = await made.revision(date);
    expect([...files.keys()]).toEqual([
      'checkpoint.txt',
      'delivery-1.claim.json',
      'delivery-1.json',
      'events.ndjson.gz',
      'jobs.ndjson.gz',
      'manifest.json',
      'recovery-points.ndjson.gz',
      'report.html',
      'report.json',
      'report.xlsx',
    ]);
    const manifest = jsonOf<Manifest>(files, 'manifest.json');
    expect(manifest.artefacts.map(({ name }) => name).sort()).toEqual([
      'events.ndjson.gz',
      'jobs.ndjson.gz',
      'recovery-points.ndjson.gz',
      'report.html',
      'report.json',
      'report.xlsx',
    ]);
    for (const { name, bytes, sha256 } of manifest.artefacts) {
      const content = files.get(name) ?? Buffer.alloc(0);
      expect({
        name,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      }).toEqual({
        name,
        bytes,
        sha256,
      });
    }
    expect(manifest.sources[0]?.requests).toEqual([
      expect.objectContaining({ file: 'events/a.ndjson', records: 2 }),
    ]);
  });

  it('lays a mail with the workbook in the outbox', async () => {
    const [name = ''] = await made.list('outbox');
    const mail = await simpleParser(await made.read(`outbox/${name}`));
    expect(mail.subject).toBe('[NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 1');
    expect(mail.text).toContain('No space left in the recovery area.');
    expect(String(mail.html)).toContain('No space left in the recovery area.');
    const files = await made.revision(date);
    const attached = mail.attachments.filter(({ related }) => !related);
    expect(attached.map(({ filename }) => filename)).toEqual(['daily-2026-11-19-report.xlsx']);
    expect(attached[0]?.content.equals(files.get('report.xlsx') ?? Buffer.alloc(0))).toBe(true);
  });

  it('answers in JSON on standard output and logs in JSON lines on standard error', () => {
    expect(JSON.parse(said.stdout)).toMatchObject({
      plan: 'daily',
      date,
      status: 'COMPLETE',
      totals: { nonCompliant: 1 },
    });
    const logged = said.stderr
      .trim()
      .split('\n')
      .map((line): { msg: string } => JSON.parse(line));
    expect(logged.map(({ msg }) => msg)).toContain('source read');
  });

  it('ends with the exit code of --fail-on', () => {
    expect(said.code).toBe(5);
  });
});

describe('run', () => {
  it('says the verdict of the day first', async () => {
    const made = await project([good]);
    const { code, stdout } = await runPlainly(made.directory, date);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^COMPLIANT {2}daily {2}2026-11-19/);
  });

  it('takes yesterday in the zone of the plan when no date is given', async () => {
    const made = await project([good]);
    const { stdout } = await runPlainly(made.directory, undefined, [], { json: true });
    const expected = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect(JSON.parse(stdout)).toMatchObject({ date: expected });
  });

  it('writes nothing and sends nothing when it is run again over the same events', async () => {
    const made = await project([good]);
    await runPlainly(made.directory, date);
    const before = await made.revision(date);
    const { code, stdout } = await runPlainly(made.directory, date);
    expect(code).toBe(0);
    expect(stdout).toContain('unchanged');
    expect(await made.revision(date)).toEqual(before);
    expect(await made.list('reports/daily/2026/11/19')).toEqual(['r1']);
    expect(await made.list('outbox')).toHaveLength(1);
  });

  it('writes a second revision that supersedes the first when the events changed', async () => {
    const made = await project([good]);
    await runPlainly(made.directory, date);
    await made.write('events/b.ndjson', ndjson([bad]));
    await runPlainly(made.directory, date, ['mail']);
    const manifest = jsonOf<Manifest>(await made.revision(date, 2), 'manifest.json');
    const first = (await made.revision(date)).get('manifest.json') ?? Buffer.alloc(0);
    expect(manifest.supersedes).toMatchObject({
      revision: 1,
      manifestSha256: createHash('sha256').update(first).digest('hex'),
      reason: '1 event more than before, of those that came late',
      changes: [
        { kind: 'resource', words: expect.stringContaining('→ Failed, Non-compliant') },
        { kind: 'jobs' },
      ],
      changesTotal: 2,
    });
    expect(await made.list('outbox')).toHaveLength(2);
    const [, mail = ''] = await made.list('outbox');
    const { subject } = await simpleParser(await readFile(join(made.directory, 'outbox', mail)));
    expect(subject).toContain('Backup report 2026-11-19 (revised)');
  });

  it('names the newest manifest of the day before', async () => {
    const made = await project([good]);
    await runPlainly(made.directory, date);
    await runPlainly(made.directory, '2026-11-20');
    const manifest = jsonOf<Manifest>(await made.revision('2026-11-20'), 'manifest.json');
    expect(manifest.previousManifest?.key).toBe('daily/2026/11/19/r1/manifest.json');
  });
});

describe('exit code 3', () => {
  it.each([
    ['a line that is no JSON', ndjson([good, '{"eventType":"com.orac']), /1 record could not be read/],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(ndjson([good])), Buffer.from([0x7b, 0xff, 0x0a])]),
      /1 record/,
    ],
    ['a gzip that was cut off', gzipSync(ndjson([good, bad])).subarray(0, -12), /gzip data is cut off/],
    ['an empty folder', null, /no file matches events\/x/],
  ])('%s makes the report INCOMPLETE, on its face too', async (_words, content, reason) => {
    const configuration =
      content === null ? defaultConfiguration.replace('./events/*', 'events/x*') : undefined;
    const made = await project([good], configuration);
    if (content !== null) await made.write('events/b.ndjson', content);
    const { code, stdout, stderr } = await runPlainly(made.directory, date, ['report.html']);
    expect(code).toBe(3);
    expect(stdout).toMatch(reason);
    expect(stderr).not.toContain('    at ');
    const files = await made.revision(date);
    const report = jsonOf<DailyReport>(files, 'report.json');
    expect(report.status).toBe('INCOMPLETE');
    expect(String(files.get('report.html'))).toContain('INCOMPLETE');
    expect(await made.list('outbox')).toHaveLength(1);
  });
});

describe('exit code 2', () => {
  it.each([
    [['run', '--date', '19.11.2026'], /Write it as 2026-11-19[^]*\(see .* run --help\)/],
    [['run', '--dat', '2026-11-19'], /unknown option '--dat'/],
    [['run', '--config', 'nowhere.yaml'], /cannot read the configuration nowhere\.yaml: it does not exist/],
    [['fly'], /unknown command 'fly'/],
  ])('%j', async (args, words) => {
    const made = await project([good]);
    const { code, stdout, stderr } = await mainHere(args, made.directory);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
  });

  const logLevel = 'silent';
  const runOf = (day: string) => (config: string, output: Output) =>
    run({ config, date: day, logLevel }, output);
  const resendOf = (day: string) => (config: string, output: Output) =>
    resend({ config, date: day, logLevel }, output);
  const backfillOf = (from: string, to: string) => (config: string, output: Output) =>
    backfill({ config, from, to, ahead: 3, logLevel }, output);

  const tomorrow = addDays(dateAt(Date.now(), 'UTC'), 1);

  it.each([
    ['run --date 2026-02-30', runOf('2026-02-30'), /2026-02-30: not a date/],
    ['run --date 0000-01-01', runOf('0000-01-01'), /0000-01-01: .*\n.*2016-01-01 to 2099-12-31/],
    ['run --date 9999-12-31', runOf('9999-12-31'), /9999-12-31: .*\n.*2016-01-01 to 2099-12-31/],
    ['run --date 2015-12-31', runOf('2015-12-31'), /2016-01-01 to 2099-12-31/],
    [
      'run --date 2099-12-31',
      runOf('2099-12-31'),
      /--date 2099-12-31: this day has not begun in UTC\n.*yesterday at the latest/,
    ],
    ['run --date of tomorrow', runOf(tomorrow), /this day has not begun in UTC/],
    ['resend --date of tomorrow', resendOf(tomorrow), /this day has not begun in UTC/],
    ['resend --date 9999-12-31', resendOf('9999-12-31'), /--date 9999-12-31: .*\n.*2016-01-01 to 2099-12-31/],
    ['backfill --from 0000-01-01', backfillOf('0000-01-01', '2026-11-19'), /--from 0000-01-01: /],
    ['backfill --to 9999-12-31', backfillOf('2026-11-19', '9999-12-31'), /--to 9999-12-31: .*\n.*2016-01-01/],
  ])('a day that cannot be: %s', async (_words, command, words) => {
    const made = await project([good]);
    const config = join(made.directory, 'backup-report.yaml');
    const { code, stdout, stderr } = await captured((output) => command(config, output));
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(await made.list('reports')).toEqual([]);
    expect(await made.list('outbox')).toEqual([]);
  });

  it('a day that has not begun, asked by a program', async () => {
    const made = await project([good]);
    const configuration = join(made.directory, 'backup-report.yaml');
    await expect(makeReportOfPlan({ configuration, date: tomorrow })).rejects.toMatchObject({
      kind: 'usage',
      message: `date ${tomorrow}: this day has not begun in UTC`,
    });
    expect(await made.list('reports')).toEqual([]);
  });

  it('a day that has begun and is not over gets its report, which is INCOMPLETE and says so', async () => {
    const made = await project([good]);
    const today = dateAt(Date.now(), 'UTC');
    const { code, stdout } = await runPlainly(made.directory, today);
    expect(code).toBe(3);
    expect(stdout).toMatch(/INCOMPLETE[^]*not over/);
  });
});

describe('exit code 4', () => {
  it.each(['reports', 'outbox'])('a %s folder that cannot be written', async (folder) => {
    const made = await project([good]);
    await made.write(folder, 'a file where a folder should be');
    const { code, stderr } = await runPlainly(made.directory, date);
    expect(code).toBe(4);
    expect(stderr).toMatch(/cannot (write|list) .*(a file|it exists already)/);
    expect(stderr).not.toContain('    at ');
  });
});

describe('--help', () => {
  it('shows the commands and ends with 0', async () => {
    const { code, stdout } = await mainHere(['--help'], '/');
    expect(code).toBe(0);
    expect(stdout).toMatch(/run \[options\]/);
  });
});
