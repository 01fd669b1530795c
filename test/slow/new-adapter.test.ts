import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

const root = fileURLToPath(packageRoot);
const start = promisify(execFile);

/** What `npm run new` lays, as CONTRIBUTING.md has it, in a copy of the project. */
describe('a new source and a new channel', () => {
  let copy: string;

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'new-adapter-'));
    for (const name of readdirSync(root)) {
      if (['.git', 'node_modules', 'reports', 'demo'].includes(name)) continue;
      cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    // Joined of the modules as they were: the program would run these.
    for (const name of ['app', 'compiled'])
      rmSync(join(copy, 'dist', name), { recursive: true, force: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    await run('scripts/new/new.mjs', 'source', 'audit-vault');
    await run('scripts/new/new.mjs', 'channel', 'pager');
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const run = (script: string, ...args: readonly string[]) =>
    start(process.execPath, [script, ...args], { cwd: copy, maxBuffer: 64 * 1024 * 1024 });

  const changed = [
    'src/sources/audit-vault',
    'src/channels/pager-channel.ts',
    'src/config',
    'src/wiring',
    'src/reference',
    'test/sources/audit-vault-source.test.ts',
    'test/channels/pager-channel.test.ts',
  ];

  it('are typed, and keep the rules of form, names and imports', async () => {
    await run('scripts/compile.mjs');
    await run('node_modules/oxlint/bin/oxlint', '--deny-warnings', ...changed);
    await run('scripts/check-names.mjs');
    const pages = ['docs/configuration.md', 'schema/config.schema.json'];
    await run('node_modules/prettier/bin/prettier.cjs', '--check', ...changed, ...pages);
    // The packages are behind a link here.
    const cruise = ['--preserve-symlinks', '--config', '.dependency-cruiser.cjs', 'src'];
    const { stdout } = await run('node_modules/.bin/depcruise', ...cruise);
    expect(stdout).toContain('no dependency violations found');
  });

  it('pass the contract of their port, and are in schema and reference', async () => {
    const vitest = ['run', '--maxWorkers=1', '--no-color'];
    const suites = ['sources/audit-vault-source', 'channels/pager-channel', 'reference/pages', 'config/load'];
    const { stdout } = await run('node_modules/vitest/vitest.mjs', ...vitest, ...suites);
    expect(stdout).toMatch(/Test Files +4 passed/);
    const current = ['reference/configuration', '-t', 'makes of the source|has every key|key that is gone'];
    expect((await run('node_modules/vitest/vitest.mjs', ...vitest, ...current)).stdout).toMatch(
      /Tests +3 passed/,
    );
    expect(readFileSync(join(copy, 'docs/configuration.md'), 'utf8')).toContain('## sources: audit-vault');
    expect(readFileSync(join(copy, 'schema/config.schema.json'), 'utf8')).toContain('"const": "pager"');
  });

  it('run from a configuration, and no report is COMPLETE nor a notice delivered until they are written', () => {
    const plan = join(copy, 'plan');
    mkdirSync(plan);
    writeFileSync(join(plan, 'events.ndjson'), '');
    writeFileSync(
      join(plan, 'backup-report.yaml'),
      `plan: daily
timezone: UTC
lookbackDays: 1
sources:
  - { type: audit-vault, path: ./events.ndjson }
channels:
  - { type: pager, name: ops, url: 'http://127.0.0.1:1/x' }
archive: { type: file-system, directory: ./reports }
`,
    );
    const main = join(copy, 'dist/src/main.js');
    const { stdout, stderr } = spawnSync(process.execPath, [main, 'run', '--date', '2026-11-18'], {
      cwd: plan,
      encoding: 'utf8',
      env: { ...process.env, SOURCE_DATE_EPOCH: '1795600000' },
    });
    expect(stdout + stderr).toContain('INCOMPLETE');
    expect(stdout + stderr).toContain('the source audit-vault is not written yet');
    expect(stdout + stderr).toContain('the type pager is not written yet');
  });
});
