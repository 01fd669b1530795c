import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/time-units.js';
import { type CliResult, ndjson } from '../support/cli.js';
import { DebianRoot, canMakeDebian } from '../support/debian-root.js';
import { commandBlocksOf, docPages } from '../support/doc-pages.js';
import { commandsOf, withoutComment } from '../support/documented/run-block.js';
import { packed } from '../support/packed.js';
import { databaseEvent } from '../support/raw-event.js';

const clone = '/home/person/clone';
const local = '/home/person/.local';
const path = '/usr/local/bin:/usr/bin:/bin';
const installed = { PATH: `${local}/bin:${path}`, HOME: '/home/person' };
const yesterday = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
const events = ndjson([databaseEvent('end', `${yesterday}T02:00:00Z`, { id: 'a' })]);

/** Suites that once needed more than such a machine has, or another user. `npm test` there has all: a quarter of an hour. */
const sample = ['cli/init', 'day/damaged-archive', 'renderers/workbook-shipped', 'sources/local-inputs'];

/** The commands of the block of a page that begins so, without what comments say. */
async function commandsIn(page: string, first: string): Promise<readonly string[]> {
  const blocks = (await docPages()).flatMap(commandBlocksOf);
  const block = blocks.find((each) => each.page === page && each.first === first);
  return commandsOf(block?.text ?? '').map(withoutComment);
}

const well = ({ code, stdout, stderr }: CliResult): object => ({
  code,
  said: code === 0 ? '' : stdout + stderr,
});
const isWell = { code: 0, said: '' };

describe.skipIf(!canMakeDebian())('an empty Debian with Node alone', () => {
  let root: DebianRoot;

  beforeAll(async () => {
    root = await DebianRoot.create(24);
    await root.putClone('clone');
  });

  afterAll(() => root?.remove());

  it('has none of what is often there', async () => {
    const { stdout } = await root.run(
      'for each in git python3 make cc unzip curl; do command -v $each; done; locale',
    );
    expect(stdout).toMatch(/^LANG=\n/);
    expect(existsSync(join(root.path, 'usr/share/zoneinfo'))).toBe(false);
  });

  it('makes the demo by the first command of the README, and says where it is', async () => {
    const [demo = ''] = await commandsIn('README.md', 'npm ci && npm run demo');
    const ran = await root.run(demo, { cwd: clone });
    expect(well(ran)).toEqual(isWell);
    const [, page = ''] = /^ *page +(\S+report\.html)$/m.exec(ran.stdout) ?? [];
    expect((await root.run(`test -s ${page}`, { cwd: clone })).code).toBe(0);
  });

  it('runs the tests by the second one: here a sample of them', async () => {
    const [, tests] = await commandsIn('README.md', 'npm ci && npm run demo');
    expect(tests).toBe('npm ci && npm test');
    const ran = await root.run(`npm run vitest -- ${sample.join(' ')}`, { cwd: clone });
    expect(well(ran)).toEqual(isWell);
    expect(ran.stdout).not.toMatch(/skipped/);
  });

  it('makes a report of files by the first way on of the README', async () => {
    const [install = '', ...commands] = await commandsIn(
      'README.md',
      'npm run build && npm install --global .',
    );
    // Where Node belongs to somebody else, as here, npm may not write: docs/from-zero-to-oci.md says what to do.
    const refused = await root.run(install.replace('npm run build && ', ''), { cwd: clone });
    expect(refused.stderr).toContain('EACCES');
    const page = (await docPages()).find((each) => each.path === 'docs/from-zero-to-oci.md')?.text ?? '';
    const [, advice = ''] = /EACCES.*?`(npm config set prefix [^`]*)`/s.exec(page) ?? [];
    expect(well(await root.run(advice))).toEqual(isWell);
    expect(well(await root.run(install, { cwd: clone }))).toEqual(isWell);
    await root.write('work/events/a.ndjson', events);
    expect(commands).toEqual(['backup-report init', 'backup-report doctor', 'backup-report run']);
    for (const command of commands) {
      const ran = await root.run(command, { cwd: '/home/person/work', env: installed });
      expect([command, well(ran)]).toEqual([command, isWell]);
    }
  });

  it('installs the program by docs/from-zero-to-oci.md, whose words are those of the README', async () => {
    const [install, version = ''] = await commandsIn(
      'docs/from-zero-to-oci.md',
      'npm ci && npm run build && npm install --global .',
    );
    // Each of the three was run above.
    expect(install).toBe('npm ci && npm run build && npm install --global .');
    const { stdout } = await root.run(version, { cwd: '/home/person/work', env: installed });
    expect(stdout).toMatch(/^oci-backup-reporter \d/);
  });

  describe('in which the package of npm pack was installed for all', () => {
    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'packed-'));
      try {
        await root.put(await packed(folder), 'opt/package.tgz');
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('by root', async () => {
      const ran = await root.run('npm install --global /opt/package.tgz', { asRoot: true });
      expect(well(ran)).toEqual(isWell);
    });

    it.each([
      ['makes the demo', 'backup-report demo'],
      ['writes a configuration', 'backup-report init'],
      ['looks whether a run would work', 'backup-report doctor'],
      ['makes the report of yesterday', 'backup-report run'],
      ['verifies it', 'backup-report verify'],
    ])('%s as process 1, without HOME, in a root that is read-only', async (_what, command) => {
      await root.write('packed/events/a.ndjson', events);
      const how = { cwd: '/home/person/packed', env: { PATH: path }, isReadOnly: true };
      // Without a shell before it: the program itself is process 1.
      const ran = await root.run(`exec ${command}`, how);
      expect(well(ran)).toEqual(isWell);
      expect(ran.stderr).not.toMatch(/^ +at |Warning:/m);
    });
  });
});
