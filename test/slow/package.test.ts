import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { type CliResult, ndjson } from '../support/cli.js';
import { npm, packed } from '../support/packed.js';
import { databaseEvent } from '../support/raw-event.js';

const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'));
const root = fileURLToPath(packageRoot);
const start = promisify(execFile);
const megabyte = 1024 * 1024;

describe('the package', () => {
  let folder: string;
  let tarball: string;
  let prefix: string;
  let work: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    tarball = await packed(folder);
    prefix = join(folder, 'prefix');
    work = join(folder, 'work');
    await mkdir(work);
    await npm(['install', '--global', '--prefix', prefix, tarball], work);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The installed command, found by its name. */
  async function tool(...args: readonly string[]): Promise<CliResult> {
    const env = { PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`, HOME: work };
    const command = execFile('backup-report', args, { cwd: work, env, maxBuffer: 64 * megabyte });
    let [stdout, stderr] = ['', ''];
    command.stdout?.on('data', (text) => (stdout += text));
    command.stderr?.on('data', (text) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => command.once('close', resolve));
    return { code, stdout, stderr };
  }

  const installed = (name: string): string => join(prefix, 'lib/node_modules/oci-backup-reporter', name);

  it('is installed anywhere, with one version of what belongs together, and without what is for development', async () => {
    const lock = JSON.parse(readFileSync(new URL('package-lock.json', packageRoot), 'utf8')).packages;
    const names = await readdir(installed('node_modules'));
    expect(names).toContain('oci-common');
    expect(names).not.toContain('vitest');
    for (const name of ['oci-common', 'oci-identity', 'exceljs']) {
      const { version: found } = JSON.parse(
        readFileSync(installed(`node_modules/${name}/package.json`), 'utf8'),
      );
      expect([name, found]).toEqual([name, lock[`node_modules/${name}`].version]);
    }
    // One oci-common for all: errors of another one would not be known as such.
    const { stdout } = await start('find', [installed('node_modules'), '-name', 'oci-common']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('tells its version', async () => {
    const { code, stdout } = await tool('--version');
    expect([code, stdout.split('\n')[0]]).toEqual([0, `oci-backup-reporter ${version}`]);
  });

  it('makes the demo, and reports of it', async () => {
    const demo = await tool('demo', '--directory', './demo');
    expect(demo.code).toBe(0);
    expect(demo.stdout).toMatch(/^ {2}backup-report run --config /m);
    const [day = ''] = await readdir(join(work, 'demo'));
    const config = join('demo', day, 'backup-report.yaml');
    const { code, stdout } = await tool(
      'run',
      '--config',
      config,
      '--date',
      day,
      '--json',
      '--log-level',
      'error',
    );
    expect([0, 3]).toContain(code);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'unchanged', revision: 1 });
    expect((await tool('verify', '--archive', join('demo', day, 'reports'))).code).toBe(0);
  });

  it('writes a configuration and templates to start from', async () => {
    const { code } = await tool('init', '--yes', '--config', './own.yaml', '--templates', './own');
    expect(code).toBe(0);
    expect(existsSync(join(work, 'own/report.html.hbs'))).toBe(true);
    expect(await tool('templates', 'check', '--config', './own.yaml')).toMatchObject({ code: 0 });
    await writeFile(join(work, 'empty.yaml'), '');
    const { stderr } = await tool('run', '--config', 'empty.yaml');
    expect(stderr).toContain('`backup-report init --config FILE`');
  });

  it('has documents, templates, licences and its bill of materials, and no tests', async () => {
    for (const name of [
      'docs/oci.md',
      'templates/report.xlsx',
      'schema/report.schema.json',
      'dist/app/LICENCES.txt',
    ]) {
      expect([name, existsSync(installed(name))]).toEqual([name, true]);
    }
    const names = await readdir(installed('.'), { recursive: true });
    const own = names.filter((name) => !name.startsWith('node_modules/'));
    expect(own.filter((name) => /(^|\/)test\/|\.test\.|\.map$|\.code$|^src\/|^bench\//.test(name))).toEqual(
      [],
    );
    const bill = JSON.parse(readFileSync(installed('sbom.cdx.json'), 'utf8'));
    expect([bill.bomFormat, bill.metadata.component.name, bill.metadata.component.version]).toEqual([
      'CycloneDX',
      'oci-backup-reporter',
      version,
    ]);
    const listed = new Set(bill.components.map((each: { name: string }) => each.name));
    const { dependencies } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    expect(Object.keys(dependencies).filter((name) => !listed.has(name))).toEqual([]);
    for (const { name, licenses } of bill.components)
      expect([name, licenses]).toEqual([name, [expect.anything()]]);
  });

  it('is of a size that is looked at', () => {
    expect(statSync(tarball).size / megabyte).toBeLessThan(6);
  });

  describe('as a library of a project', () => {
    let project: string;

    beforeAll(async () => {
      project = join(folder, 'project');
      await mkdir(project);
      await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
      await npm(['install', tarball], project);
      for (const name of ['zod', '@types']) {
        await rm(join(project, 'node_modules', name), { recursive: true, force: true });
        await symlink(join(root, 'node_modules', name), join(project, 'node_modules', name));
      }
      await cp(join(root, 'examples'), join(project, 'examples'), { recursive: true });
    });

    it('has types with which its examples are sound', async () => {
      const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
      const args = [compiler, '-p', 'examples', '--noEmit', 'false', '--outDir', 'compiled'];
      const compiled = await start(process.execPath, args, { cwd: project }).catch((error) => error);
      expect(compiled.stdout).toBe('');
      const wrong = join(project, 'examples/library/wrong.ts');
      await writeFile(
        wrong,
        "import { defineConfig } from 'oci-backup-reporter';\ndefineConfig({ plan: 1 });\n",
      );
      const refused = await start(process.execPath, args, { cwd: project }).catch((error) => error);
      await rm(wrong);
      expect(refused.stdout).toContain("Type 'number' is not assignable to type 'string'");
    });

    it('makes a report for a program', async () => {
      await mkdir(join(project, 'events'));
      const events = ndjson([databaseEvent('end', '2026-11-18T02:00:00Z')]);
      await writeFile(join(project, 'events/a.ndjson.gz'), gzipSync(events));
      const { stdout } = await start(process.execPath, ['compiled/library/daily.js', '2026-11-18'], {
        cwd: project,
      });
      expect(stdout).toMatch(/^2026-11-18 r1: COMPLETE, /);
      const wrong = await start(process.execPath, ['compiled/library/daily.js', '18.11.'], {
        cwd: project,
      }).catch((error) => error);
      expect([wrong.code, wrong.stderr]).toEqual([2, 'date 18.11.: not a date\nWrite it as 2026-11-19.\n']);
    });

    it("reads a source of a company's own, and tells its channel", async () => {
      const own = join(project, 'examples/own-modules');
      await mkdir(join(own, 'events'));
      const files = { '17': [], '18': [databaseEvent('end', '2026-11-18T02:00:00Z')] };
      for (const [day, events] of Object.entries(files)) {
        await writeFile(join(own, `events/2026-11-${day}.ndjson`), events.length === 0 ? '' : ndjson(events));
      }
      const bin = join(project, 'node_modules/.bin/backup-report');
      const args = ['run', '--config', 'backup-report.yaml', '--date', '2026-11-18', '--quiet', '--json'];
      const { stdout } = await start(bin, args, { cwd: own });
      expect(JSON.parse(stdout)).toMatchObject({ status: 'COMPLETE', revision: 1 });
      expect(await readFile(join(own, 'told.txt'), 'utf8')).toMatch(/^with-our-own 2026-11-18 r1 COMPLETE /);
    });

    it('has the contracts of its ports for any test runner', async () => {
      const script = `
        import { sourceContract } from 'oci-backup-reporter/testing';
        const source = { request: 'none', read: () => ({ batches: (async function* () {})(), outcome: () => ({ complete: true, reasons: [], requests: [] }) }) };
        const make = async () => ({ source, put: async () => {}, breakStore: async () => {}, remove: async () => {} });
        for (const { name, run } of sourceContract(make)) await run().then(() => console.log('ok', name), () => console.log('failed', name));`;
      const { stdout } = await start(process.execPath, ['--input-type=module', '-e', script], {
        cwd: project,
      });
      expect(stdout).toContain('failed gives every event of the window');
      expect(stdout).toContain('failed never throws for what it reads');
    });
  });
});
