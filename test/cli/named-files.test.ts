import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runHere, runPlainly } from '../support/run-here.js';

let project: Project | null = null;

afterEach(async () => {
  await project?.remove();
  project = null;
});

const oci = '{ type: object-storage, region: us-ashburn-1, namespace: n, bucket: b }';
const smtp = 'type: smtp, host: 127.0.0.1, security: none, from: a@example.com, to: [b@example.com]';

/** Every place in which a configuration names a file: its sections, the file, and which message names it. */
const places: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['a reference', { branding: '{ company: "${file:./x}" }' }, 'x'],
  ['an inventory in CSV', { inventory: '{ type: file, path: ./x.csv }' }, 'x.csv'],
  ['an inventory in YAML', { inventory: '{ type: file, path: ./x.yaml }' }, 'x.yaml'],
  ['a logo', { branding: '{ logo: ./x.png }' }, 'x.png'],
  ['certificates', { mail: `{ ${smtp}, ca: ./x.pem }` }, 'x.pem'],
  ['a key of DKIM', { mail: `{ ${smtp}, dkim: { domain: e.com, selector: s, keyFile: ./x.pem } }` }, 'x.pem'],
  ['a configuration of OCI', { archive: oci, auth: '{ type: config-file, file: ./x }' }, 'x'],
  [
    'a key of OCI',
    {
      archive: oci,
      auth: '{ type: api-key, tenancy: ocid1.tenancy.oc1..t, user: ocid1.user.oc1..u, fingerprint: "a:b", region: us-ashburn-1, keyFile: ./x.pem }',
    },
    'x.pem',
  ],
];

async function projectWith(sections: Readonly<Record<string, string>>): Promise<Project> {
  const all = {
    plan: 'daily',
    timezone: 'UTC',
    sources: '[{ type: local-files, paths: [./events] }]',
    archive: '{ type: file-system, directory: ./reports }',
    mail: '{ type: none }',
    ...sections,
  };
  const text = Object.entries(all).map(([key, value]) => `${key}: ${value}\n`);
  return Project.create(
    { 'events/a.ndjson': ndjson([databaseEvent('end', '2026-11-19T08:00:00Z')]) },
    text.join(''),
  );
}

const kinds: readonly (readonly [string, (path: string) => Promise<unknown>, string])[] = [
  ['a pipe', async (path) => execFileSync('mkfifo', [path]), 'it is a pipe, not a file'],
  ['a device that never ends', (path) => symlink('/dev/zero', path), 'it is a device, not a file'],
  ['a folder', (path) => mkdir(path), 'it is a folder, not a file'],
];

describe.each(places)('%s of the configuration', (_what, sections, name) => {
  it.each(kinds)('that is %s ends the run at once, and is named', async (_kind, make, words) => {
    project = await projectWith(sections);
    const path = join(project.directory, name);
    await mkdir(dirname(path), { recursive: true });
    await make(path);
    const { code, stdout, stderr } = await runHere(project.directory, '2026-11-19');
    expect(stderr).toContain(words);
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe.each([
  ['report.html.hbs', ['report.html']],
  ['report.xlsx', ['report.xlsx']],
  ['messages/en/own.yaml', []],
])('a template, %s', (name, real) => {
  it.each(kinds)('that is %s is named, and the shipped one is used', async (_kind, make, words) => {
    project = await projectWith({ templates: './t' });
    const path = join(project.directory, 't', name);
    await mkdir(dirname(path), { recursive: true });
    await make(path);
    const { code, stderr } = await runPlainly(project.directory, '2026-11-19', real);
    expect(stderr).toContain(`template ${name}: ${words}`);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(4);
    expect([...(await project.revision('2026-11-19')).keys()]).toContain('report.html');
  });
});

it('a reference to a file that is no value of a configuration is refused by its size', async () => {
  project = await projectWith({ branding: '{ company: "${file:./x}" }' });
  await project.write('x', '');
  // A hole: it takes no space on the disk.
  await truncate(join(project.directory, 'x'), 1024 ** 4);
  const { code, stderr } = await runHere(project.directory, '2026-11-19');
  expect(stderr).toContain('branding.company: cannot read ./x: it has more than 1048576 bytes');
  expect(code).toBe(2);
});

it.each(kinds)('a configuration that is %s is refused', async (_kind, make, words) => {
  project = await projectWith({});
  await make(join(project.directory, 'c'));
  const { code, stderr } = await runHere(project.directory, '2026-11-19', { config: 'c' });
  expect(stderr).toContain(words);
  expect(code).toBe(2);
});
