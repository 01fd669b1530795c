import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attestRestoreTest } from '../../src/cli/attest-restore-test.js';
import { exportDays } from '../../src/cli/export.js';
import { period } from '../../src/cli/period.js';
import type { CliResult, Project } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { captured } from '../support/run-here.js';
import { archiveOf, forgeArtefact } from '../support/verified-archive.js';

/* A period that the real machine made, with page and workbook, and an attestation, as an auditor meets them. */

const label = '2026-11-18_2026-11-19';
const folder = `daily/periods/${label}/r1`;

let project: Project;
let made: readonly CliResult[];

beforeAll(async () => {
  project = await archiveOf(['2026-11-18', '2026-11-19'], { more: 'frameworks: [iso27001]\n' });
  const here = { config: join(project.directory, 'backup-report.yaml'), logLevel: 'silent' };
  const attested = { resource: 'sales', result: 'passed', ticket: 'CHG-1', by: 'Jane Doe' } as const;
  const range = { from: '2026-11-18', to: '2026-11-19' };
  made = [
    await captured((output) => period({ ...here, ...range }, output)),
    await captured((output) => attestRestoreTest({ ...here, ...attested }, output)),
  ];
});

afterAll(() => project.remove());

interface Packed {
  readonly code: number | null;
  readonly said: { readonly damage: readonly { readonly key: string }[] };
  readonly text: (name: string) => Promise<string>;
  readonly names: readonly string[];
}

async function pack(range = { from: '2026-11-18', to: '2026-11-19' }): Promise<Packed> {
  const config = join(project.directory, 'backup-report.yaml');
  const out = join(project.directory, 'days.zip');
  const asked = { config, logLevel: 'silent', json: true, out, overwrite: true, ...range };
  const { code, stdout } = await captured((output) => exportDays(asked, output));
  const { files } = await JSZip.loadAsync(await readFile(out));
  const text = async (name: string) => (await files[`days/${name}`]?.async('text')) ?? '';
  const names = Object.keys(files).map((name) => name.replace(/^days\//, ''));
  return { code, said: JSON.parse(stdout) as Packed['said'], text, names };
}

it('are made without complaint', () => {
  expect(made.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
});

describe('verify', () => {
  it('finds nothing in a period and an attestation: page and workbook carry the totals', async () => {
    const { code, stdout } = await mainHere(['verify', '--json'], project.directory);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ periods: 1, attestations: 1, findings: [], notes: [] });
    const said = await mainHere(['verify'], project.directory);
    expect(said.stdout).toMatch(/1 revision of a period, 1 attestation\n/);
  });

  it('finds a page that says another number, although its manifest is mended', async () => {
    const here = join(project.directory, 'reports', folder);
    const [page, manifest] = [join(here, 'report.html'), join(here, 'manifest.json')];
    const [whole, named] = [await readFile(page, 'utf8'), await readFile(manifest)];
    const other = whole.replace(/(name="backup-report\.totals\.met" content=")\d+/, '$1999');
    await forgeArtefact(here, 'report.html', Buffer.from(other));
    const { code, stdout } = await mainHere(['verify', '--json'], project.directory);
    await writeFile(page, whole);
    await writeFile(manifest, named);
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ kind: 'totals-differ', key: `${folder}/report.html` }],
    });
  });
});

describe('export', () => {
  it('packs the periods of its days and the attestations; sums, guide and page name them', async () => {
    const { code, names, text } = await pack();
    expect(code).toBe(0);
    const sums = await text('SHA256SUMS');
    for (const name of ['manifest.json', 'report.html', 'report.xlsx', 'report.json']) {
      expect(names).toContain(`archive/${folder}/${name}`);
      expect(sums).toContain(`  archive/${folder}/${name}\n`);
    }
    expect(sums).toMatch(/ {2}archive\/daily\/attestations\/[0-9a-f]{64}\.json\n/);
    const guide = await text('GUIDE.txt');
    expect(guide).toContain(`within these days: ${label}.`);
    expect(guide).toContain('1 attested restore test of the plan');
    const page = await text('index.html');
    expect(page).toContain(`href="archive/${folder}/report.html"`);
    expect(page).toContain('tone-info">COMPLETE</');
    expect(page).toContain('1 attested restore test is archived');
  });

  it('leads to the appendix of frameworks of the days and of the period', async () => {
    const { text } = await pack();
    const page = await text('index.html');
    for (const of of [folder, 'daily/2026/11/18/r1', 'daily/2026/11/19/r2']) {
      expect(page).toContain(`href="archive/${of}/report.html#frameworks"`);
      expect(await text(`archive/${of}/report.html`)).toContain('id="frameworks"');
    }
  });

  it('has no period that only begins in its days', async () => {
    const { names, text } = await pack({ from: '2026-11-18', to: '2026-11-18' });
    expect(names.filter((name) => name.includes('/periods/'))).toEqual([]);
    expect(await text('index.html')).not.toContain('id="periods"');
    expect(await text('GUIDE.txt')).not.toContain(label);
  });

  it.each(['report.xlsx', 'report.json', 'manifest.json'])(
    'names a %s of a period that was altered, and ends with 6',
    async (name) => {
      const path = join(project.directory, 'reports', folder, name);
      const whole = await readFile(path);
      await appendFile(path, 'x');
      const { code, said, text } = await pack();
      await rm(path);
      await writeFile(path, whole);
      expect(code).toBe(6);
      expect(said.damage).toMatchObject([{ key: `${folder}/${name}` }]);
      expect(await text('GUIDE.txt')).toContain(`${folder}/${name}`);
      expect(await text('index.html')).toMatch(/tone-bad">Damaged</);
    },
  );

  it('names a period that was never finished, on the page and in words, and ends with 3', async () => {
    const manifest = join(project.directory, 'reports', folder, 'manifest.json');
    const whole = await readFile(manifest);
    await rm(manifest);
    try {
      const { code, names, text } = await pack();
      expect(code).toBe(3);
      expect(names).toContain(`archive/${folder}/report.html`);
      const page = await text('index.html');
      expect(page).toMatch(/tone-warn">Unfinished</);
      expect(page).toContain('left unfinished: r1');
      const config = join(project.directory, 'backup-report.yaml');
      const out = join(project.directory, 'words.zip');
      const asked = { config, logLevel: 'silent', out, from: '2026-11-18', to: '2026-11-19' };
      const said = await captured((output) => exportDays(asked, output));
      expect(said.stdout).toContain(`  unfinished ${label}: `);
    } finally {
      await writeFile(manifest, whole);
    }
  });
});
