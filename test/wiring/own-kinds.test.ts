import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import { Project, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { kindCode } from '../support/own-kind.js';

/* A kind of report of a company's own, named by a configuration: the one of examples/own-modules, and broken ones. */

const code = kindCode(await readFile(new URL('examples/own-modules/our-kind.mjs', packageRoot), 'utf8'));
const date = '2026-11-18';
const runs = [
  { job: 'export', time: '2026-11-18T01:00:00Z', ok: true },
  { job: 'rebuild index', time: '2026-11-18T02:00:00Z', ok: false },
];
const plan = {
  plan: 'nightly',
  report: 'nightly-jobs',
  kinds: ['./our-kind.mjs'],
  timezone: 'UTC',
  settleDelay: '0s',
  sources: [{ type: 'local-files', paths: ['./jobs'] }],
  archive: { type: 'file-system', directory: './reports' },
  mail: { type: 'outbox', directory: './outbox', from: 'a@example.com', to: ['b@example.com'] },
};

let project: Project;

beforeEach(async () => {
  project = new Project(await mkdtemp(join(tmpdir(), 'own-kinds-')));
  await mkdir(join(project.directory, 'jobs'));
  await writeFile(join(project.directory, 'jobs/a.ndjson'), ndjson(runs));
  await writeKind('our-kind.mjs', code);
  await writePlan({});
});

afterEach(() => rm(project.directory, { recursive: true, force: true }));

const writeKind = (name: string, text: string): Promise<void> =>
  writeFile(join(project.directory, name), text);

const writePlan = (more: object): Promise<unknown> =>
  project.write('backup-report.yaml', stringify({ ...plan, ...more }));

const call = (...args: readonly string[]) =>
  mainHere(args, project.directory, { SOURCE_DATE_EPOCH: String(Date.parse('2026-11-19T01:00:00Z') / 1000) });

const inArchive = (...args: readonly string[]) =>
  call(...args, '--archive', 'reports', '--kind', './our-kind.mjs');

describe('a kind of report of a module that the configuration names', () => {
  it('makes, archives and mails its days, and every command knows it', async () => {
    const made = await call('run', '--date', date);
    expect([made.code, made.stdout.split('\n')[0]]).toEqual([
      0,
      'nightly 2026-11-18: COMPLETE, 2 runs, 1 failed',
    ]);
    const page = await readFile(join(project.directory, 'reports/nightly/2026/11/18/r1/report.html'), 'utf8');
    expect(page).toContain('<p>failed: rebuild index</p>');
    const [mail = ''] = await readdir(join(project.directory, 'outbox'));
    expect(await readFile(join(project.directory, 'outbox', mail), 'utf8')).toContain('1 failed');

    expect(await call('run', '--date', date, '--fail-on', 'non-compliant')).toMatchObject({ code: 5 });
    expect(await call('status')).toMatchObject({ code: 0 });
    expect(await call('verify', '--rebuild')).toMatchObject({ code: 0 });
    const explained = await call('explain', '--resource', 'export', '--date', date);
    expect([explained.code, explained.stdout]).toEqual([
      0,
      expect.stringContaining('2026-11-18T01:00:00Z  ran'),
    ]);
    expect(await call('index', '--out', '../public')).toMatchObject({ code: 0 });
    expect((await call('doctor', '--json')).code).toBe(0);
  });

  it('is read from a folder where the module is named', async () => {
    await call('run', '--date', date);
    for (const command of [['status'], ['verify', '--rebuild'], ['index', '--out', '../public']]) {
      expect([command, (await inArchive(...command)).code]).toEqual([command, 0]);
    }
    const explained = await call(
      'explain',
      'jobs/a.ndjson',
      '--report',
      'nightly-jobs',
      '--kind',
      './our-kind.mjs',
    );
    expect(explained.stdout).toContain('a run that failed');
  });

  it('is not green where the module is not named', async () => {
    await call('run', '--date', date);
    const verified = await call('verify', '--archive', 'reports');
    expect(verified.stdout).toContain(
      'report.json: it is of the kind nightly-jobs, whose totals this version does not know',
    );
    const shown = JSON.parse((await call('status', '--archive', 'reports', '--json')).stdout);
    expect(shown.days).toMatchObject([{ date, verdict: null }]);
    expect(await call('verify', '--archive', 'reports', '--rebuild')).toMatchObject({ code: 6 });
  });

  it('gets a revision for a late record, and none for nothing', async () => {
    await call('run', '--date', date);
    expect((await call('run', '--date', date, '--json')).stdout).toContain('"revision":1');
    await writeFile(
      join(project.directory, 'jobs/b.ndjson'),
      ndjson([{ job: 'late', time: '2026-11-18T23:00:00Z', ok: true }]),
    );
    const again = await call('run', '--date', date, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ revision: 2, totals: { runs: 3 } });
    expect(await call('verify', '--rebuild')).toMatchObject({ code: 0 });
  });
});

describe('a kind that cannot be used', () => {
  const wrongs: readonly (readonly [string, string, string])[] = [
    ['is not there', '', 'kinds[0]: ./wrong.mjs: '],
    ['exports none', 'export const source = {};', 'kinds[0]: ./wrong.mjs: exports nothing called kind'],
    ['has no name', 'export const kind = {};', 'has no keys.name'],
    [
      'has the name of one that ships',
      code.replace("'nightly-jobs'", "'tenancy-changes'"),
      'two kinds of report',
    ],
    ['cannot wire', code.replace('  wire: async', '  wired: async'), 'has no function wire'],
    ['has another file of lines', code.replace('lines.ndjson.gz', 'mine.ndjson.gz'), 'lines.ndjson.gz'],
    ['takes a key of every plan', code.replace('owner:', 'sources:'), 'the key sources'],
  ];
  it.each(wrongs)('is told: it %s', async (_how, text, words) => {
    if (text !== '') await writeKind('wrong.mjs', text);
    await writePlan({ kinds: ['./wrong.mjs'] });
    const { code: exit, stdout, stderr } = await call('run', '--date', date);
    expect([exit, stdout + stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(stderr).not.toContain('    at ');
  });

  it('cannot call a day COMPLETE of which something was not read', async () => {
    await writeKind('liar.mjs', code.replace('unreadReasons(day, language)', '[]'));
    await writePlan({ kinds: ['./liar.mjs'] });
    await rm(join(project.directory, 'jobs'), { recursive: true });
    const { code: exit, stdout, stderr } = await call('run', '--date', date);
    expect([exit === 0, stdout + stderr]).toEqual([
      false,
      expect.stringMatching(/COMPLETE that is not|INCOMPLETE/),
    ]);
  });

  it('is a fault of the configuration where it names what is no list', async () => {
    await writePlan({ kinds: './our-kind.mjs', report: 'backup-compliance' });
    const { code: exit, stderr } = await call('run', '--date', date);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('kinds')]);
  });
});
