import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportDays } from '../../src/cli/export.js';
import { resend } from '../../src/cli/resend.js';
import { verify } from '../../src/cli/verify.js';
import { packageRoot } from '../../src/package-root.js';
import type { CliResult } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { captured, runHere } from '../support/run-here.js';
import { isWholeBreadth } from '../support/share-of.js';

const fixtures = fileURLToPath(new URL('test/archives/fixtures/', packageRoot));
const script = fileURLToPath(new URL('scripts/release/make-archive.mjs', packageRoot));
/** That of 0.1 is another story, with a test of its own. */
const committed = readdirSync(fixtures).filter((name) => name !== 'archive-0.1');
// To make one takes longer than all else here.
const versions = isWholeBreadth ? [...committed, 'this version'] : committed;

const nextDate = '2026-11-08';
/** The newest revision of each day, by plan. */
const days = {
  'demo-company': {
    '2026-11-05': [1, 'INCOMPLETE'],
    '2026-11-06': [2, 'COMPLETE'],
    '2026-11-07': [1, 'COMPLETE'],
  },
  'demo-tenancy': { '2026-11-06': [1, 'COMPLETE'], '2026-11-07': [1, 'COMPLETE'] },
  'demo-databases': { '2026-11-06': [1, 'COMPLETE'], '2026-11-07': [1, 'COMPLETE'] },
} as const;
const plans = Object.keys(days) as readonly (keyof typeof days)[];

describe.each(versions)('an archive that a version leaves to later ones: %s', (version) => {
  let made: string;
  let folder: string;
  let archive: string;

  beforeAll(async () => {
    made = await mkdtemp(join(tmpdir(), 'archive-of-version-'));
    if (version === 'this version') await promisify(execFile)(process.execPath, [script, join(made, 'it')]);
    else copyFolder(join(fixtures, version), join(made, 'it'));
  });

  afterAll(() => rmSync(made, { recursive: true, force: true }));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-of-version-'));
    archive = join(folder, 'it/archive');
    copyFolder(join(made, 'it'), join(folder, 'it'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const verified = (): Promise<CliResult> =>
    captured((output) => verify({ archive, logLevel: 'silent' }, output));

  const files = (): readonly string[] =>
    readdirSync(archive, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .sort();

  const make = (plan: string, date: string) => runHere(join(folder, 'it'), date, { config: `${plan}.yaml` });
  const config = (plan: string): string => join(folder, 'it', `${plan}.yaml`);

  it('is verified, signatures included, and has what its README says', async () => {
    const { code, stdout } = await verified();
    expect([code, stdout]).toEqual([0, stdout]);
    expect(stdout).toMatch(
      / 7 days, 8 revisions, \d+ artefacts, 1 revision of a period, \d+ good signatures/,
    );
    for (const plan of plans) {
      for (const [date, [revision, status]] of Object.entries(days[plan])) {
        const path = join(archive, plan, date.replaceAll('-', '/'), `r${revision}/manifest.json`);
        expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ plan, status });
      }
    }
  });

  it('would be found damaged if one file were another', async () => {
    const path = files().find((each) => each.endsWith('demo-databases/2026/11/07/r1/report.json')) ?? '';
    await writeFile(path, readFileSync(path, 'utf8').replace('2026-11-07', '2026-11-17'));
    expect((await verified()).code).not.toBe(0);
  });

  it.each(plans)('is not revised by a rerun alone: %s', async (plan) => {
    const before = files();
    for (const date of Object.keys(days[plan])) {
      const { stdout, stderr } = await make(plan, date);
      expect(stdout + stderr).toContain('unchanged');
    }
    expect(files().filter((each) => each.endsWith('/manifest.json'))).toEqual(
      before.filter((each) => each.endsWith('/manifest.json')),
    );
  });

  it('is continued by the next day of each plan, and verified with it', async () => {
    for (const plan of plans) {
      const { code, stdout, stderr } = await make(plan, nextDate);
      expect({ stdout, stderr, isMade: [0, 3].includes(code ?? -1) }).toMatchObject({ isMade: true });
      const manifest = readFileSync(join(archive, plan, '2026/11/08/r1/manifest.json'), 'utf8');
      expect(JSON.parse(manifest).previousManifest.key).toBe(`${plan}/2026/11/07/r1/manifest.json`);
    }
    const { code, stdout } = await verified();
    expect(stdout).toContain(' 10 days, 11 revisions');
    expect([code, stdout]).toEqual([0, stdout]);
  });

  it.each(plans)('is delivered again, in the words of today: %s', async (plan) => {
    const sent = await captured((output) =>
      resend({ config: config(plan), date: '2026-11-07', logLevel: 'silent' }, output),
    );
    expect(sent).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'it/outbox'))).toEqual([`${plan}.2026-11-07.r1@example.com.eml`]);
  });

  it.each(plans)('is exported: %s', async (plan) => {
    const out = join(folder, 'days.zip');
    const range = { from: '2026-11-06', to: '2026-11-07' };
    const exported = await captured((output) =>
      exportDays({ config: config(plan), logLevel: 'silent', out, ...range }, output),
    );
    expect(exported).toMatchObject({ code: 0 });
    expect(exported.stdout).toContain('2 days');
  });
});

describe('the key of such an archive', () => {
  it.each(committed)('is named a test key in %s, and no other is in it', (version) => {
    const keys = readdirSync(join(fixtures, version), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .filter(({ parentPath, name }) =>
        readFileSync(join(parentPath, name), 'latin1').includes('PRIVATE KEY'),
      );
    expect(keys.map(({ name }) => name)).toEqual(['test-signing-key.pem']);
  });
});
