import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, Project, jsonOf, ndjson } from '../support/cli.js';
import { makeDeepFolders, removeDeepFolders } from '../support/deep-folder.js';
import { databaseEvent, volumeEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

let directory = '';

afterEach(() => {
  if (directory !== '') removeDeepFolders(directory);
  directory = '';
});

const date = '2026-11-19';
const good = ndjson([databaseEvent('end', `${date}T08:00:00Z`, { id: 'good' })]);
const failed = ndjson([
  volumeEvent('end', `${date}T09:00:00Z`, {
    id: 'failed',
    details: { status: 'operationFailed', backupState: 'FAULTY' },
  }),
]);

async function makeProject(source = 'paths: [./events]'): Promise<void> {
  const configuration = `plan: daily
timezone: UTC
lookbackDays: 1
sources: [{ type: local-files, ${source} }]
archive: { type: file-system, directory: ./reports }
mail: { type: none }
`;
  ({ directory } = await Project.create({ 'events/a.ndjson': good }, configuration));
}

const at = (name: string): string => join(directory, name);

interface Made extends CliResult {
  readonly report: DailyReport;
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Buffer>;
}

async function run(real: readonly string[] = []): Promise<Made> {
  const result = await runPlainly(directory, date, real);
  const files = await new Project(directory).revision(date);
  return { ...result, files, report: jsonOf(files, 'report.json'), manifest: jsonOf(files, 'manifest.json') };
}

const failedNames = ({ resources }: DailyReport): string[] =>
  resources.filter(({ outcome }) => outcome === 'FAILED').map(({ resourceName }) => resourceName);

describe('a failed backup in a file of any name below a folder', () => {
  it.each([
    ['20261119T031000Z_20261119T031500Z.0.log.gz', gzipSync(failed)],
    ['export.data.gz', gzipSync(failed)],
    ['B.JSON', failed.trim()],
    ['messages', failed],
  ])('is in the report: %s', async (name, content) => {
    await makeProject();
    await writeFile(at(`events/${name}`), content);
    const { code, report } = await run();
    expect(failedNames(report)).toEqual(['data01']);
    expect(report.sources[0]?.inputs).toMatchObject({ found: 2, read: 2, unreadable: 0, leftOut: 0 });
    expect(code).toBe(0);
  });
});

/** What a run cannot know all of: made below events/, named in the report. */
const unknown: readonly (readonly [string, string, (path: string) => Promise<unknown>])[] = [
  ['a download half done', 'b.ndjson.gz.part', (path) => writeFile(path, gzipSync(failed).subarray(0, 60))],
  ['a link that leads nowhere', 'b.ndjson', (path) => symlink('nowhere', path)],
  ['a link in a circle', 'b.ndjson', (path) => symlink('b.ndjson', path)],
  ['a link to the folder itself', 'sub', (path) => symlink('.', path)],
  ['a pipe', 'b.ndjson', async (path) => execFileSync('mkfifo', [path])],
  ['a device that never ends', 'b.ndjson', (path) => symlink('/dev/zero', path)],
  ['a folder that cannot be entered', 'n'.repeat(200), async (path) => makeDeepFolders(dirname(path))],
];

describe.each(unknown)('%s', (_what, name, make) => {
  it('makes the report INCOMPLETE, exit 3, and is named everywhere', async () => {
    await makeProject();
    await make(at(`events/${name}`));
    const { code, report, manifest, files } = await run(['report.html']);
    expect(code).toBe(3);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons.join('\n')).toContain(`events/${name}`);
    expect(report.sources[0]?.inputs).toMatchObject({ found: 2, read: 1, unreadable: 1, leftOut: 0 });
    const [whole, other] = manifest.sources[0]?.inputs?.entries ?? [];
    expect(whole).toMatchObject({ name: 'events/a.ndjson', disposition: 'read', records: 1 });
    expect(other?.name).toContain(`events/${name}`);
    expect(other?.reason).not.toBe('');
    expect(files.get('report.html')?.toString()).toContain(
      '2 found &#x3D; 1 read + 1 unreadable + 0 left out',
    );
  });
});

/** Only reading a download to its end shows that it is half done. */
const seenAtOnce = unknown.filter(([, name]) => !name.endsWith('.part'));

describe.each(seenAtOnce)('%s', (_what, name, make) => {
  it('is named by doctor, which does not wait for it either', async () => {
    await makeProject();
    await make(at(`events/${name}`));
    const { stdout } = await captured((output) =>
      doctor({ config: at('backup-report.yaml'), logLevel: 'silent' }, output),
    );
    expect(stdout).toMatch(new RegExp(`^failed +1:local-files files +events/${name}`, 'm'));
    expect(stdout).toMatch(/^ok +1:local-files files +1 file found/m);
  });
});

describe('what a rule leaves out', () => {
  it('is listed and counted, and the report stays COMPLETE', async () => {
    await makeProject();
    for (const name of ['.hidden', '_SUCCESS', 'README.md'])
      await writeFile(at(`events/${name}`), 'no event');
    const { code, report, manifest } = await run();
    expect(code).toBe(0);
    const inputs = report.sources[0]?.inputs;
    expect(inputs).toMatchObject({ found: 4, read: 1, unreadable: 0, leftOut: 3 });
    expect(inputs?.notRead.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'events/.hidden ignore: .*',
      'events/README.md ignore: README*',
      'events/_SUCCESS ignore: _SUCCESS',
    ]);
    expect(manifest.sources[0]?.inputs?.entries).toHaveLength(4);
    const { stdout } = await captured((output) =>
      doctor({ config: at('backup-report.yaml'), logLevel: 'silent' }, output),
    );
    expect(stdout).toContain(
      '1 file found, 3 left out (ignore: .*: 1, ignore: README*: 1, ignore: _SUCCESS: 1)',
    );
  });

  it('is INCOMPLETE where nothing else is there', async () => {
    await makeProject('paths: [./events], ignore: ["*.ndjson"]');
    const { code, report } = await run();
    expect(code).toBe(3);
    expect(report.statusReasons.join()).toContain(
      'the folder ./events holds no file to read: 1 is left out by ignore: *.ndjson',
    );
  });

  it('changes no archived report: counts of inputs are no content', async () => {
    await makeProject();
    await run();
    await writeFile(at('events/_SUCCESS'), '');
    const { stdout } = await run();
    expect(await new Project(directory).list('reports/daily/2026/11/19')).toEqual(['r1']);
    expect(stdout).toContain('unchanged');
  });
});

it('the name of a source is its name in report, manifest and evidence', async () => {
  await makeProject('name: exports, paths: [./events]');
  const { report, manifest, files } = await run();
  expect(report.sources[0]?.name).toBe('exports');
  expect(manifest.sources[0]?.name).toBe('exports');
  const evidence = gunzipSync(files.get('events.ndjson.gz') ?? Buffer.alloc(0)).toString();
  expect(JSON.parse(evidence.split('\n')[0] ?? '')).toMatchObject({ source: 'exports' });
});

it('a folder without a file is INCOMPLETE', async () => {
  await makeProject('paths: [./empty]');
  await mkdir(at('empty/sub'), { recursive: true });
  const { code, report } = await run();
  expect(code).toBe(3);
  expect(report.statusReasons.join()).toContain('the folder ./empty holds no file to read');
});
