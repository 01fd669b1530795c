import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { asUnreadable } from '../../src/archives/file-system/unlinked-path.js';
import type { Archive } from '../../src/ports/archive.js';
import { asNobody } from '../support/as-nobody.js';

let directory: string;
let root: string;
let archive: Archive;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'links-'));
  root = join(directory, 'archive');
  archive = createFileSystemArchive(root);
  await archive.create('plan/2026/r1/report.json', { bytes: Buffer.from('{}') }, 'x');
  await mkdir(join(directory, 'elsewhere/r1'), { recursive: true });
  await writeFile(join(directory, 'elsewhere/r1/report.json'), 'other');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const listed = async (prefix = 'plan/') =>
  (await archive.list(prefix)).map(({ key, unreadable }) => [key, unreadable ?? 'file']);

const report = ['plan/2026/r1/report.json', 'file'];

describe('what is no file of the archive is listed for what it is, and not read', () => {
  it.each<readonly [string, string, string, (path: string) => Promise<unknown>]>([
    [
      'a link to a file',
      'plan/2026/r1/x.json',
      'link',
      (path) => symlink(join(directory, 'elsewhere/r1/report.json'), path),
    ],
    [
      'a link to a file of the archive',
      'plan/2026/r1/x.json',
      'link',
      (path) => symlink('report.json', path),
    ],
    ['a link that leads nowhere', 'plan/2026/r1/x.json', 'link', (path) => symlink('none', path)],
    ['a link that leads in a circle', 'plan/2026/r1/x.json', 'link', (path) => symlink('x.json', path)],
    ['a folder', 'plan/2026/r1/x.json', 'folder', (path) => mkdir(path)],
    ['a pipe', 'plan/2026/r1/x.json', 'special', async (path) => void execFileSync('mkfifo', [path])],
  ])('%s', async (_what, key, reason, make) => {
    await make(join(root, key));
    expect(await listed()).toEqual([report, [key, reason]]);
    await expect(archive.read(key)).rejects.toMatchObject({ name: 'Failure', kind: 'storage', reason });
    // Its name stays taken.
    expect(await archive.create(key, { bytes: Buffer.from('new') }, 'x')).toBe('exists');
  });
});

describe('a link to a folder', () => {
  beforeEach(() => symlink(join(directory, 'elsewhere'), join(root, 'plan/2027')));

  it('is listed as a link; what lies behind it is not', async () => {
    expect(await listed()).toEqual([report, ['plan/2027', 'link']]);
  });

  it.each(['plan/2027/', 'plan/2027/r1/'])('is told where it is on the way: list %s', async (prefix) => {
    await expect(archive.list(prefix)).rejects.toThrow(
      `cannot read ${join(root, 'plan/2027')}: it is a symbolic link, and links within an archive are not followed`,
    );
  });

  it('is not read through, nor written through', async () => {
    await expect(archive.read('plan/2027/r1/report.json')).rejects.toMatchObject({ reason: 'link' });
    await expect(archive.create('plan/2027/r2/a', { bytes: Buffer.from('x') }, 'x')).rejects.toMatchObject({
      message: `cannot write below ${join(root, 'plan/2027')}: it is a symbolic link, and links within an archive are not followed`,
      hints: [expect.stringContaining('link or mount its directory as a whole')],
    });
    expect(await readdir(join(directory, 'elsewhere'))).toEqual(['r1']);
  });

  it('may lead to the archive as a whole', async () => {
    await symlink(root, join(directory, 'linked'));
    const linked = createFileSystemArchive(join(directory, 'linked'));
    expect(await linked.create('plan/2028/a', { bytes: Buffer.from('x') }, 'x')).toBe('created');
    expect(Buffer.from((await linked.read('plan/2028/a')) ?? []).toString()).toBe('x');
  });
});

const give = async (path: string, mode: number): Promise<void> => {
  if (process.getuid?.() === 0) {
    for (const each of [directory, root]) await chmod(each, 0o755);
    await chown(path, 65_534, 65_534);
  }
  await chmod(path, mode);
};

describe('the right to read is missing', () => {
  it('to a file: it is damage of that file', async () => {
    await give(join(root, 'plan/2026/r1/report.json'), 0);
    await expect(asNobody(() => archive.read('plan/2026/r1/report.json'))).rejects.toMatchObject({
      reason: 'no-right',
    });
  });

  it('to a folder: it is listed as such, and what is beside it, too', async () => {
    await archive.create('plan/2026/r2/report.json', { bytes: Buffer.from('{}') }, 'x');
    await give(join(root, 'plan/2026/r2'), 0);
    expect(await asNobody(() => listed())).toEqual([report, ['plan/2026/r2', 'no-right']]);
    await expect(asNobody(() => archive.list('plan/2026/r2/'))).rejects.toMatchObject({ reason: 'no-right' });
    await chmod(join(root, 'plan/2026/r2'), 0o755);
  });

  it('to the archive itself: that is a fault of the storage', async () => {
    await give(root, 0);
    const failing = asNobody(() => archive.list('plan/'));
    await expect(failing).rejects.toThrow(/^cannot list /);
    await chmod(root, 0o755);
  });
});

describe('an error of input and output', () => {
  const worn = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });

  it('of one file is damage of that file, as long as the archive can be read', async () => {
    const path = join(root, 'plan/2026/r1/report.json');
    expect(await asUnreadable(worn, root, path)).toMatchObject({
      reason: 'device',
      message: `cannot read ${path}: the device reported an input/output error`,
    });
  });

  it('of an archive that cannot be read at all is a fault of the storage', async () => {
    await rm(root, { recursive: true });
    expect(await asUnreadable(worn, root, join(root, 'plan'))).toBe(worn);
  });
});
