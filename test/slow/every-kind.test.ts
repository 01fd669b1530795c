import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, runCli } from '../support/cli.js';
import { type KindOnTrial, kindsOnTrial } from '../support/kinds-on-trial.js';
import { scheduledPass } from '../support/scheduled-pass.js';

const execute = promisify(execFile);

/* Each kind of report as a stranger meets it: its demo, and then command after command. Each goes on from the one before. */

let folder: string;
/** That of the demo. */
let directory: string;
let dates: readonly string[];

const first = (): string => dates.at(0) ?? '';
const last = (): string => dates.at(-1) ?? '';

/** The demo ends yesterday: nothing has a fixed time. */
const command = (...args: readonly string[]): Promise<CliResult> =>
  runCli(args, { cwd: directory, env: { SOURCE_DATE_EPOCH: undefined } });

const quietly = ['--log-level', 'error'];
const range = (): readonly string[] => ['--from', first(), '--to', last()];

interface Archived {
  readonly revision: number;
  readonly contentDigest: string;
}

async function planIn(archive: string): Promise<string> {
  const names = await readdir(join(directory, archive));
  return names.find((name) => name.startsWith('demo-')) ?? '';
}

/** Of each day, its newest revision. */
async function archived(archive: string): Promise<ReadonlyMap<string, Archived>> {
  const newest = new Map<string, Archived>();
  const plan = await planIn(archive);
  for (const date of dates) {
    const day = join(directory, archive, plan, ...date.split('-'));
    for (const revision of (await readdir(day)).sort()) {
      newest.set(date, JSON.parse(await readFile(join(day, revision, 'manifest.json'), 'utf8')));
    }
  }
  return newest;
}

async function revisionsOf(date: string): Promise<number | undefined> {
  return (await archived('reports')).get(date)?.revision;
}

/** The plan of the demo with an archive of its own, under the name `<archive>.yaml`. */
async function withArchive(archive: string, more = ''): Promise<string> {
  const text = await readFile(join(directory, 'backup-report.yaml'), 'utf8');
  const moved = text.replace('directory: ./reports', `directory: ./${archive}`);
  expect(moved).not.toBe(text);
  await writeFile(join(directory, `${archive}.yaml`), `${moved}\n${more}`);
  return `${archive}.yaml`;
}

async function demoOf({ kind }: KindOnTrial): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'every-kind-'));
  directory = folder;
  const made = await command('demo', '--directory', 'demo', '--report', kind);
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('report.html')]);
  const [name = ''] = await readdir(join(folder, 'demo'));
  directory = join(folder, 'demo', name);
  dates = (await readdir(join(directory, 'events'))).map((file) => file.slice(0, 10)).sort();
}

async function fileOfLast(name: string, revision: number): Promise<string> {
  return readFile(
    join(directory, 'reports', await planIn('reports'), ...last().split('-'), `r${revision}`, name),
    'utf8',
  );
}

describe.each(kindsOnTrial)('$kind', (trial) => {
  beforeAll(() => demoOf(trial));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes nothing new in a second run, and fails on what is asked', async () => {
    const again = await command('run', '--date', last(), '--json', ...quietly);
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([
      trial.ofLastDay,
      { kind: 'unchanged', revision: 1 },
    ]);
    const failing = await command('run', '--date', last(), '--fail-on', 'non-compliant', ...quietly);
    expect([failing.code, failing.stderr]).toEqual([trial.failing, '']);
    expect(await revisionsOf(last())).toBe(1);
  });

  it('is revised by a record that comes late', async () => {
    await copyFile(join(directory, `events/${last()}.ndjson.gz`), join(folder, 'before.gz'));
    const line = `${JSON.stringify(trial.late(last()))}\n`;
    await writeFile(join(directory, 'late.ndjson'), line);
    const before = await readFile(join(folder, 'before.gz'));
    await writeFile(join(directory, `events/${last()}.ndjson.gz`), Buffer.concat([before, gzipSync(line)]));
    const revised = await command('run', '--date', last(), '--json', ...quietly);
    expect([revised.code, JSON.parse(revised.stdout)]).toMatchObject([
      trial.ofLastDay,
      { kind: 'committed', revision: 2 },
    ]);
    expect(await fileOfLast('report.html', 2)).toContain(trial.shown);
    expect(await fileOfLast('report.html', 1)).not.toContain(trial.shown);
  });

  it('is filled back into a fresh archive, in order, with the same content', async () => {
    const config = await withArchive('filled');
    const filled = await command('backfill', '--config', config, ...range(), '--json', ...quietly);
    expect(filled.code).toBe(trial.ofAllDays);
    const { days } = JSON.parse(filled.stdout) as { readonly days: readonly { readonly date: string }[] };
    expect(days.map(({ date }) => date)).toEqual(dates);
    const [made, again] = [await archived('reports'), await archived('filled')];
    for (const date of dates) {
      expect([date, again.get(date)?.contentDigest]).toEqual([date, made.get(date)?.contentDigest]);
    }
  });

  it('is sent again', async () => {
    const sent = await command('resend', '--date', last(), ...quietly);
    expect([sent.code, sent.stdout]).toEqual([0, expect.stringContaining('delivered')]);
  });

  it('is made by the schedule', async () => {
    const config = await withArchive('scheduled', 'settleDelay: 0s\nschedule: { catchUpDays: 2 }\n');
    const { done, ended } = await scheduledPass(directory, config);
    expect([done, ended]).toMatchObject([{ made: 2, failed: 0 }, 0]);
    const checked = await command('verify', '--archive', './scheduled');
    expect([checked.code, checked.stderr]).toEqual([0, '']);
  });

  it('is verified, and made again with the same bytes, each revision', async () => {
    for (const archive of ['reports', 'filled']) {
      const checked = await command('verify', '--archive', `./${archive}`, '--json');
      expect([checked.code, JSON.parse(checked.stdout)]).toMatchObject([0, { findings: [] }]);
      const rebuilt = await command('verify', '--archive', `./${archive}`, '--rebuild');
      const revisions = dates.length + (archive === 'reports' ? 1 : 0);
      expect([rebuilt.code, rebuilt.stdout]).toEqual([
        0,
        expect.stringContaining(`Made again: ${revisions} revisions, ${revisions} with the same bytes`),
      ]);
    }
  });

  it('has its days in the status and in the index', async () => {
    const shown = await command('status', '--json', ...range());
    const { days } = JSON.parse(shown.stdout) as { readonly days: readonly object[] };
    expect([shown.code, days.length]).toEqual([trial.ofAllDays, dates.length]);
    const indexed = await command('index', '--out', './index', ...range());
    expect([indexed.code, indexed.stderr]).toEqual([trial.ofAllDays, '']);
    const page = await readFile(join(directory, 'index/index.html'), 'utf8');
    for (const date of dates) expect(page).toContain(`${date.replaceAll('-', '/')}/r`);
  });

  it('is packed, and the package is checked by what Debian has', async () => {
    const out = join(directory, 'days.zip');
    const packed = await command('export', ...range(), '--out', out);
    expect([packed.code, packed.stderr]).toEqual([trial.ofAllDays, '']);
    await execute('unzip', ['-q', out], { cwd: directory });
    const { stdout } = await execute('sh', ['-c', 'sha256sum -c --quiet SHA256SUMS && echo OK'], {
      cwd: join(directory, 'days'),
    });
    expect(stdout).toBe('OK\n');
  });

  it('explains the records of a file', async () => {
    const explained = await command('explain', '--report', trial.kind, 'late.ndjson');
    expect([explained.code, explained.stdout]).toEqual([0, expect.stringMatching(trial.explained)]);
  });

  it('is diagnosed without a failure', async () => {
    const diagnosed = await command('doctor');
    expect([diagnosed.code, diagnosed.stdout]).toEqual([0, expect.stringMatching(/, 0 failed\n$/)]);
  });
});
