import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { index } from '../../src/cli/archive-index.js';
import { exportDays } from '../../src/cli/export.js';
import type { Output } from '../../src/cli/output.js';
import { status } from '../../src/cli/status.js';
import { verify } from '../../src/cli/verify.js';
import { isPlainName } from '../../src/export/entry-name.js';
import { BucketOfArchive } from '../support/bucket-of-archive.js';
import { Project, ndjson } from '../support/cli.js';
import { namesInTar } from '../support/names-in-tar.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

/* In a bucket an object may have any name. None leads a command elsewhere, stops it, or goes unsaid. */

const day = 'daily/2026/11/19';

const names: readonly (readonly [what: string, name: string])[] = [
  ['the folder above', 'daily/keys/../../../etc/passwd'],
  ['the folder above as a name', 'daily/attestations/..'],
  ['the folder above in a day', `${day}/r1/..`],
  ['the folder above in periods', 'daily/periods/../r1/report.html'],
  ['this folder', 'daily/keys/./a.json'],
  ['an absolute name', 'daily//etc/passwd'],
  ['a folder of the console', 'daily/'],
  ['a folder of the console in a day', `${day}/r1/`],
  ['backslashes', `${day}/r1/..\\..\\evil.html`],
  ['a drive', 'daily/keys/C:\\evil.json'],
  ['a device', 'daily/attestations/CON.json'],
  ['a device with a number', 'daily/keys/lpt1'],
  ['a dot at the end', 'daily/keys/a.'],
  ['a space at the end', 'daily/keys/a '],
  ['a turn of direction', 'daily/keys/a\u202egpj.exe'],
  ['an accent that is joined', 'daily/keys/r\u00e9.json'],
  ['an accent that is apart', 'daily/keys/re\u0301.json'],
  ['dots that look like dots', 'daily/keys/\uff0e\uff0e/x'],
  ['a slash that looks like one', 'daily/keys/..\u2215x'],
  ['a line break', 'daily/attestations/a\nb.json'],
  ['a control character', 'daily/keys/a\u0001.json'],
  ['a colour of the terminal', 'daily/keys/\u001b[31mred'],
  ['an option', 'daily/forward/-rf'],
  ['a hidden file', 'daily/forward/.profile'],
  ['a long name', `daily/keys/${'x'.repeat(900)}`],
  ['a leaf beyond all numbers', 'daily/log/99999999999999.json'],
  ['a leaf whose number is none', 'daily/log/1e3.json'],
  ['what it was made with, elsewhere', 'daily/made-by/../../x'],
  ['an unfinished file of another program', `${day}/r1/.tmp-1`],
  ['a revision beyond all numbers', `${day}/r999999999/report.json`],
  ['a day before all days', 'daily/0001/01/01/r1/report.json'],
  ['a day after all days', 'daily/9999/01/01/r1/manifest.json'],
  ['a date that is none', 'daily/2026/02/30/r1/report.json'],
];

/** Beside the plan. */
const atTop = ['../x', './x', 'CON/x', 'a b/x', 'DAILY/2026/11/19/r1/manifest.json', '/x'];

let bucket: BucketOfArchive;
let folder: string;

beforeAll(async () => {
  const events = [databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'a' })];
  const project = await Project.create({ 'events/a.ndjson': ndjson(events) });
  await runPlainly(project.directory, '2026-11-19', ['report.html', 'report.xlsx']);
  bucket = await BucketOfArchive.create(project);
  for (const [, name] of names) bucket.put(name, Buffer.from('{}'));
  for (const name of atTop) bucket.put(name, Buffer.from('{}'));
  folder = await mkdtemp(join(tmpdir(), 'names-'));
});

afterAll(async () => {
  await bucket.remove();
  await rm(folder, { recursive: true });
});

const logLevel = 'silent';
const range = { from: '2026-11-19', to: '2026-11-19' };
const answer = async <T>(
  command: (output: Output) => Promise<number>,
): Promise<{ readonly code: number | null; readonly said: T }> => {
  const { code, stdout, stderr } = await captured(command);
  expect(stderr).toBe('');
  return { code, said: JSON.parse(stdout) as T };
};

describe('names that other programs gave to objects of the archive', () => {
  it('are all found by verify', async () => {
    interface Said {
      readonly findings: readonly { readonly kind: string; readonly key: string }[];
    }
    const options = { config: bucket.config, json: true, logLevel };
    const { code, said } = await answer<Said>((output) => verify({ ...options, plan: 'daily' }, output));
    expect(code).toBe(6);
    const found = new Set(said.findings.map(({ key }) => key));
    expect(names.filter(([, name]) => !found.has(name))).toEqual([]);
    const others = said.findings.filter(({ key }) => !names.some(([, name]) => name === key));
    expect(others).toEqual([]);
  });

  it('are named so that a terminal takes none of them for more', async () => {
    const { stdout } = await captured((output) => verify({ config: bucket.config, logLevel }, output));
    // oxlint-disable-next-line no-control-regex -- what a terminal obeys is what we look for
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
    expect(stdout).not.toMatch(/^b\.json/m);
  });

  it('are no part of a calendar, and told by status', async () => {
    interface Said {
      readonly days: readonly { readonly state: string; readonly damage: readonly unknown[] }[];
    }
    const { code, said } = await answer<Said>((output) =>
      status({ config: bucket.config, json: true, logLevel, ...range }, output),
    );
    expect({ code, days: said.days }).toMatchObject({ code: 0, days: [{ state: 'present', damage: [] }] });
  });

  it('let a calendar begin and end where the reports do', async () => {
    const { said } = await answer<{ readonly from: string; readonly to: string }>((output) =>
      status({ config: bucket.config, json: true, logLevel }, output),
    );
    expect(said.from).toBe('2026-11-19');
    expect(said.to < '2099').toBe(true);
  });

  it.each(['zip', 'tar.gz'])('are left out of a package and named: %s', async (ending) => {
    const out = join(folder, `days.${ending}`);
    const asked = { config: bucket.config, json: true, logLevel, out, ...range };
    const { said } = await answer<{ readonly leftOut: readonly string[] }>((output) =>
      exportDays(asked, output),
    );
    const bytes = await readFile(out);
    const packed = ending === 'zip' ? await namesInZip(bytes) : namesInTar(gunzipSync(bytes));
    expect(packed.filter((name) => !(isPlainName(name) && name.startsWith('days/')))).toEqual([]);
    expect(new Set(packed.map((name) => name.toLowerCase())).size).toBe(packed.length);
    const silent = names.filter(
      ([, name]) => !said.leftOut.includes(name) && !packed.includes(`days/archive/${name}`),
    );
    expect(silent.map(([what]) => what)).toEqual(['an option', 'a hidden file']);
  });

  it('are text on the pages of index', async () => {
    const out = join(folder, 'public');
    await captured((output) => index({ config: bucket.config, logLevel, out, ...range }, output));
    expect((await readdir(out)).sort()).toEqual(['definitions.html', 'index.html']);
    const page = await readFile(join(out, 'index.html'), 'utf8');
    expect([...page.matchAll(/<a [^>]*href="([^"#]+)/g)].map(([, href]) => href)).toEqual([
      'definitions.html',
    ]);
  });

  it('let the next day be made and logged', async () => {
    const { code, stderr } = await runPlainly(bucket.directory, '2026-11-20', [], { config: 'bucket.yaml' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(bucket.keys()).toEqual(
      expect.arrayContaining(['daily/log/1.json', 'daily/2026/11/20/r1/checkpoint.txt']),
    );
  });

  it('lie only where they were asked for', async () => {
    expect((await readdir(folder)).sort()).toEqual(['days.tar.gz', 'days.zip', 'public']);
  });
});

async function namesInZip(bytes: Buffer): Promise<readonly string[]> {
  const { files } = await JSZip.loadAsync(bytes);
  return Object.values(files).map(({ name, unsafeOriginalName }) => unsafeOriginalName ?? name);
}
