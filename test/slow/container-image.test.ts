import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/time-units.js';
import { packageRoot } from '../../src/package-root.js';
import { ndjson } from '../support/cli.js';
import { type BuiltImage, buildImage, hasContainers } from '../support/container-image.js';
import { type Container, inContainer, startContainer } from '../support/container.js';
import { commandsOfPage, ownArguments } from '../support/page-commands.js';
import { databaseEvent } from '../support/raw-event.js';

const yesterday = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
const configuration = `plan: daily
timezone: UTC
settleDelay: 0s
sources:
  - { type: local-files, paths: ["./events"] }
archive: { type: file-system, directory: ./reports, lease: 0s }
mail: { type: outbox, directory: ./outbox, from: reports@example.com, to: [ops@example.com] }
schedule: { catchUpDays: 1 }
`;
const serving = ['schedule', '--health-port', '9464', '--health-host', '0.0.0.0'];

describe.skipIf(!hasContainers())('the image that the Dockerfile builds', () => {
  let image: BuiltImage;
  let work: string;
  const containers: Container[] = [];

  beforeAll(async () => {
    image = await buildImage();
  });

  afterAll(() => image?.remove());

  /** A folder as a person has it: theirs, with a configuration and a day of events. */
  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'work-'));
    await mkdir(join(work, 'events'));
    await writeFile(join(work, 'backup-report.yaml'), configuration);
    const event = databaseEvent('end', `${yesterday}T02:00:00Z`, { id: 'a' });
    await writeFile(join(work, 'events/a.ndjson'), ndjson([event]));
    await belongsTo(1000);
  });

  afterEach(async () => {
    for (const each of containers.splice(0)) await each.remove();
    await rm(work, { recursive: true });
  });

  async function belongsTo(user: number): Promise<void> {
    await chmod(work, 0o755);
    for (const name of ['.', 'events', 'backup-report.yaml']) await chown(join(work, name), user, user);
  }

  async function started(...args: readonly string[]): Promise<Container> {
    const container = await startContainer(image, args, { work });
    containers.push(container);
    return container;
  }

  /** As a runtime does it: the HEALTHCHECK of the image, in the container. */
  function checkHealth(container: Container): { readonly code: number | null; readonly stderr: string } {
    const [form, command = ''] = image.configuration.Healthcheck.Test;
    expect(form).toBe('CMD-SHELL');
    return container.exec('/bin/sh', '-c', command);
  }

  it('says what it is, and is not started as root', async () => {
    const text = await readFile(new URL('package.json', packageRoot), 'utf8');
    const { version } = JSON.parse(text);
    const { User, WorkingDir, Labels, Cmd } = image.configuration;
    expect({ User, WorkingDir, Cmd }).toEqual({ User: '1000:1000', WorkingDir: '/work', Cmd: ['--help'] });
    expect(Labels).toMatchObject({
      'org.opencontainers.image.title': 'backup-report',
      'org.opencontainers.image.version': version,
    });
    const told = await inContainer(image, ['--version'], { work });
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout.split('\n')[0]).toBe(`oci-backup-reporter ${version}`);
  });

  it('has all packages that the program depends on, and nothing that only builds or tests it', async () => {
    const text = await readFile(new URL('package.json', packageRoot), 'utf8');
    const { dependencies, devDependencies } = JSON.parse(text);
    const has = (name: string): boolean => existsSync(join(image.root, 'app/node_modules', name));
    expect(Object.keys(dependencies).filter((name) => !has(name))).toEqual([]);
    // Another package may bring one of them.
    const left = Object.keys(devDependencies).filter(has);
    expect(left.filter((name) => /vitest|typescript|esbuild|oxlint|chromium|puppeteer/.test(name))).toEqual(
      [],
    );
    expect((await readdir(join(image.root, 'app'))).sort()).toEqual(
      ['dist', 'node_modules', 'package.json', 'pages', 'schema', 'templates'].sort(),
    );
    expect((await readdir(join(image.root, 'app/dist'))).sort()).toEqual(['app', 'compiled', 'src']);
  });

  it('has no code that its user could change, and a folder for the data of that user', async () => {
    for (const name of ['app', 'app/dist/src/main.js', 'app/dist/app/work.js', 'app/node_modules']) {
      const { uid, mode } = await lstat(join(image.root, name));
      expect({ name, uid, written: mode & 0o022 }).toEqual({ name, uid: 0, written: 0 });
    }
    for (const name of ['work', 'work/data']) expect((await stat(join(image.root, name))).uid).toBe(1000);
  });

  it('starts from code that is compiled for its Node', async () => {
    const names = await readdir(join(image.root, 'app/dist/app'));
    expect(names.filter((name) => name.endsWith('.code'))).toHaveLength(2);
  });

  it('makes the demo and a day, with its root read-only, and finds the default configuration', async () => {
    const demo = await inContainer(image, ['demo', '--directory', './demo'], { work });
    expect(demo).toMatchObject({ code: 0, stderr: expect.stringContaining('Two weeks of') });
    // A command to copy is one that works in the container.
    expect(demo.stdout).not.toContain('node /app');
    const run = await inContainer(image, ['run', '--json'], { work });
    expect({ code: run.code, ...JSON.parse(run.stdout) }).toMatchObject({ code: 0, status: 'COMPLETE' });
    expect(existsSync(join(work, `reports/daily/${yesterday.replaceAll('-', '/')}/r1/manifest.json`))).toBe(
      true,
    );
  });

  it('does what docs/deploy.md has, one command after the other, in an empty folder', async () => {
    await rm(join(work, 'backup-report.yaml'));
    await rm(join(work, 'events'), { recursive: true });
    const page = await readFile(new URL('docs/deploy.md', packageRoot), 'utf8');
    const commands = commandsOfPage(page).filter((each) => each.startsWith('docker run'));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      expect(command).toContain('--read-only --tmpfs /tmp --user "$(id -u):$(id -g)" -v "$PWD:/work"');
      const { code } = await inContainer(image, ownArguments(command) ?? [], { work });
      expect({ command, code }).toEqual({ command, code: 0 });
    }
  });

  it('runs as whatever user owns the mount', async () => {
    await belongsTo(54_321);
    expect((await inContainer(image, ['run'], { work, user: 54_321 })).code).toBe(0);
    expect((await stat(join(work, 'reports'))).uid).toBe(54_321);
  });

  it('says whose the mount is that its user may not write in', async () => {
    await belongsTo(54_321);
    const { code, stderr } = await inContainer(image, ['run', '--log-level', 'error'], { work });
    expect(code).toBe(4);
    expect(stderr).toContain('permission denied (EACCES)');
    expect(stderr).toContain('  -> This process is user 1000 of group 1000; /work belongs to user 54321');
    expect(stderr).not.toContain('    at ');
  });

  it('says that it needs a folder for temporary files', async () => {
    const { code, stderr } = await inContainer(image, ['run'], { work, hasTmp: false });
    expect(code).toBe(4);
    expect(stderr).toContain('cannot write in /tmp: the file system is read-only (EROFS)');
  });

  it('ends with the code of its command', async () => {
    await writeFile(join(work, 'events/broken.json'), '{"eventType":');
    expect((await inContainer(image, ['run'], { work })).code).toBe(3);
    await writeFile(join(work, 'backup-report.yaml'), 'plan: 1\n');
    expect((await inContainer(image, ['run'], { work })).code).toBe(2);
  });

  it('is healthy while the schedule answers, reached at any address, and ends by SIGTERM as number 1', async () => {
    const container = await started(...serving);
    await container.said('schedule: health');
    expect(checkHealth(container)).toMatchObject({ code: 0, stderr: '' });
    // What comes from outside comes to another address than 127.0.0.1.
    expect(container.exec('backup-report', 'health', '--host', '127.0.0.2').code).toBe(0);
    container.signal('TERM');
    expect((await container.ended).code).toBe(0);
  });

  it('is unhealthy without a schedule that answers', async () => {
    const container = await started('preview', '--demo');
    await container.said('http://127.0.0.1:');
    const { code, stderr } = checkHealth(container);
    expect(code).toBe(1);
    expect(stderr).toContain('nothing answers on 127.0.0.1 port 9464');
    container.signal('TERM');
    expect((await container.ended).code).toBe(0);
  });
});
