import { readFileSync, readdirSync } from 'node:fs';
import { readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attestRestoreTest } from '../../src/cli/attest-restore-test.js';
import { period } from '../../src/cli/period.js';
import { type Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runHere } from '../support/run-here.js';
import { firstPem } from '../support/signing.js';
import {
  archiveFolder,
  archiveOf,
  editManifest,
  forgeArtefact,
  kindsOf,
  sha256Of,
  verified,
} from '../support/verified-archive.js';

/*
 * Somebody who may write to an archive changes its periods and attestations, which the real machine made: page, workbook and mail
 * included. The days are tried in tampering.test.ts.
 */

const dates = ['2026-11-18', '2026-11-19'];
const whole = '2026-11-18_2026-11-19';
const short = '2026-11-19_2026-11-19';
/** Of a period: younger than its manifest, so no digest names it. */
const isDelivery = (file: string): boolean => /\/delivery-\d+(?:\.claim)?\.json$/.test(file);
const isManifest = (file: string): boolean => file.endsWith('/manifest.json');

type ChangeFile = (path: string, bytes: Buffer) => Promise<unknown>;

function flipAt(part: number): ChangeFile {
  return async (path, bytes) => {
    const changed = Buffer.from(bytes);
    const at = Math.floor((bytes.length - 1) * part);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await writeFile(path, changed);
  };
}

const changes = {
  flipFirst: flipAt(0),
  cut: (path, bytes) => writeFile(path, bytes.subarray(0, bytes.length - 5)),
  flipMiddle: flipAt(0.5),
  empty: (path) => writeFile(path, ''),
  flipLast: flipAt(1),
  remove: (path) => rm(path),
  /** To the very file, beside the archive. */
  link: async (path, bytes) => {
    const beside = join(path.slice(0, path.indexOf(`/${archiveFolder}/`)), 'right');
    await writeFile(beside, bytes);
    await rm(path);
    await symlink(beside, path);
  },
} satisfies Readonly<Record<string, ChangeFile>>;

const changeKinds = Object.keys(changes) as readonly (keyof typeof changes)[];

const tally = { tried: 0, found: 0 };

afterAll(() => {
  process.stdout.write(`tampering with periods: ${tally.tried} tried, ${tally.found} found\n`);
});

/** A period of both days in two revisions, one of a single day, and two attestations. */
async function archiveWithPeriods(isSigned: boolean): Promise<Project> {
  const more = isSigned ? 'signing: { key: "${file:./signing-key.pem}" }\n' : '';
  const project = await archiveOf(dates, { more, extra: { 'signing-key.pem': firstPem } });
  const config = join(project.directory, 'backup-report.yaml');
  const here = { config, logLevel: 'silent' };
  const make = (from: string): Promise<unknown> =>
    succeeds((output) => period({ ...here, from, to: '2026-11-19' }, output));
  await make('2026-11-18');
  const details = { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'sales' };
  const late = databaseEvent('end', '2026-11-18T05:00:00Z', { id: 'later', details });
  await project.write('events/later.ndjson', ndjson([late]));
  await runHere(project.directory, '2026-11-18');
  await make('2026-11-18');
  await make('2026-11-19');
  for (const result of ['passed', 'failed'] as const) {
    const attested = { resource: 'sales', result, ticket: 'CHG-1', by: 'Jane Doe' };
    await succeeds((output) => attestRestoreTest({ ...here, ...attested }, output));
  }
  return project;
}

async function succeeds(command: Parameters<typeof captured>[0]): Promise<void> {
  const { code, stderr } = await captured(command);
  if (code !== 0) throw new Error(stderr);
}

describe.each([
  ['signed', true],
  ['not signed', false],
])('periods and attestations that are %s', (_words, isSigned) => {
  let project: Project;
  let root: string;
  let files: readonly string[];

  beforeAll(async () => {
    project = await archiveWithPeriods(isSigned);
    root = join(project.directory, archiveFolder);
    files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((file) => /^daily\/(?:periods|attestations)\//.test(file))
      .sort();
  });

  afterAll(() => project.remove());

  const folderOf = (label: string, revision: number): string =>
    join(root, `daily/periods/${label}/r${revision}`);

  /** Tries one change of a file, and puts the file back. */
  async function isFound(file: string, change: (path: string, bytes: Buffer) => Promise<unknown>) {
    const path = join(root, file);
    const bytes = await readFile(path);
    await change(path, bytes);
    const { findings } = await verified(root);
    await rm(path, { recursive: true, force: true });
    await writeFile(path, bytes);
    tally.tried += 1;
    tally.found += findings.length > 0 ? 1 : 0;
    return findings.length > 0;
  }

  async function notFound(
    among: readonly string[],
    change: (path: string, bytes: Buffer, file: string) => Promise<unknown>,
  ): Promise<readonly string[]> {
    const missed: string[] = [];
    for (const file of among) {
      if (!(await isFound(file, (path, bytes) => change(path, bytes, file)))) missed.push(file);
    }
    return missed;
  }

  /** Changes several files, and puts all back. */
  async function kindsAfter(change: () => Promise<unknown>): Promise<readonly string[]> {
    const before = files.map((file) => [file, readFileSync(join(root, file))] as const);
    await change();
    const kinds = kindsOf(await verified(root));
    for (const [file, bytes] of before) await writeFile(join(root, file), bytes);
    tally.tried += 1;
    tally.found += kinds.length > 0 ? 1 : 0;
    return kinds;
  }

  it('are without a finding before', async () => {
    const { findings, notes, periods, attestations } = await verified(root);
    expect([findings, periods, attestations]).toEqual([[], 3, 2]);
    expect(notes.filter(({ key }) => /periods|attestations/.test(key))).toEqual([]);
    const names = ['report.html', 'report.xlsx', ...(isSigned ? ['manifest.json.dsse'] : [])];
    expect(readdirSync(folderOf(whole, 2))).toEqual(expect.arrayContaining(names));
  });

  /** Whether a change of this file must be found. What it cannot, is said in docs/verify.md. */
  function mustShow(kind: keyof typeof changes, file: string): boolean {
    const isFlip = kind.startsWith('flip');
    if (isFlip && (isDelivery(file) || (isManifest(file) && !isSigned))) return false;
    return isSigned || kind !== 'remove' || !file.includes('/attestations/');
  }

  it('a file that is altered, cut, emptied, removed or a link: of each file some', async () => {
    const missed: string[] = [];
    for (const [index, file] of files.entries()) {
      const possible = changeKinds.filter((kind) => mustShow(kind, file));
      for (const turn of isSigned ? [0, 2] : [1]) {
        const kind = possible[(index + turn) % possible.length] ?? 'cut';
        if (!(await isFound(file, changes[kind]))) missed.push(`${kind} ${file}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('a file of the other period, of another revision, or of another attestation', async () => {
    const ofPeriods = files.filter((file) => file.includes('/periods/') && !isDelivery(file));
    const others = [
      (file: string) => file.replace(`${whole}/r1`, `${short}/r1`),
      (file: string) => file.replace('/r2/', '/r1/'),
    ];
    for (const [index, other] of others.entries()) {
      const different = ofPeriods.filter((file) => digestOf(file) !== digestOf(other(file)));
      expect(different.length).toBeGreaterThan(3);
      const missed = await notFound(
        different.filter((_file, at) => isSigned || at % 2 === index),
        async (path, _bytes, file) => writeFile(path, await readFile(join(root, other(file)))),
      );
      expect(missed).toEqual([]);
    }
    const attestations = files.filter((file) => file.includes('/attestations/'));
    const missed = await notFound(attestations.slice(0, 3), async (path, _bytes, file) => {
      const ending = file.slice(file.indexOf('.'));
      const other = attestations.find((each) => each !== file && each.slice(each.indexOf('.')) === ending);
      await writeFile(path, await readFile(join(root, other ?? '')));
    });
    expect(missed).toEqual([]);
  });

  const digestOf = (file: string): string => sha256Of(readFileSync(join(root, file)));

  it('two periods and two revisions that change places', async () => {
    for (const [one, other] of [
      [folderOf(whole, 1), folderOf(whole, 2)],
      [folderOf(whole, 1), folderOf(short, 1)],
    ] as const) {
      const exchange = async (): Promise<void> => {
        await rename(one, `${one}x`);
        await rename(other, one);
        await rename(`${one}x`, other);
      };
      await exchange();
      const kinds = kindsOf(await verified(root));
      await exchange();
      tally.tried += 1;
      tally.found += kinds.length > 0 ? 1 : 0;
      expect(kinds.filter((kind) => kind.startsWith('manifest-of-another'))).toHaveLength(2);
    }
  });

  it('page, workbook or report that say another number, where the manifest is mended', async () => {
    const folder = folderOf(whole, 2);
    for (const name of ['report.html', 'report.json']) {
      const kinds = await kindsAfter(async () => {
        const text = await readFile(join(folder, name), 'utf8');
        const changed = text
          .replace(/(name="backup-report\.totals\.met" content=")\d+/, '$1999')
          .replace(/("met": )\d+/, '$1999');
        expect(changed).not.toBe(text);
        await forgeArtefact(folder, name, Buffer.from(changed));
      });
      expect(kinds.join('\n')).toMatch(/totals-differ|period-differs/);
    }
    const kinds = await kindsAfter(async () =>
      forgeArtefact(folder, 'report.xlsx', await readFile(join(folderOf(whole, 1), 'report.xlsx'))),
    );
    expect(kinds.join('\n')).toContain('totals-differ');
  });

  it('a manifest that names other days, or another number', async () => {
    for (const edit of [
      (manifest: { [name: string]: unknown }) => (manifest['days'] as unknown[]).pop(),
      (manifest: { [name: string]: unknown }) => (manifest['contentDigest'] = '0'.repeat(64)),
      (manifest: { [name: string]: unknown }) => (manifest['countsDigest'] = '0'.repeat(64)),
      (manifest: { [name: string]: unknown }) => (manifest['supersedes'] = null),
    ]) {
      const kinds = await kindsAfter(() => editManifest(folderOf(whole, 2), edit));
      expect(kinds).not.toEqual([]);
    }
  });

  it('the days that a period was counted of: another report in the place of one', async () => {
    const manifest = join(root, 'daily/2026/11/18/r2/manifest.json');
    const bytes = await readFile(manifest);
    await writeFile(manifest, bytes.toString().replace('"principal": "', '"principal": "x'));
    const kinds = kindsOf(await verified(root));
    await writeFile(manifest, bytes);
    tally.tried += 1;
    tally.found += kinds.length > 0 ? 1 : 0;
    expect(kinds.filter((kind) => kind.startsWith('period-broken')).length).toBeGreaterThan(0);
  });
});

it('all that was tried was found', () => {
  expect(tally.found).toBe(tally.tried);
  expect(tally.tried).toBeGreaterThan(100);
});
