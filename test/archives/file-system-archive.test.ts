import { link, mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSystemCalls } from '../../src/archives/file-system/durable-file.js';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { describeArchiveContract } from '../support/archive-contract.js';

function systemError(code: string): Error {
  return Object.assign(new Error(`link failed with ${code}`), { code });
}

const withoutLinks = { linkFile: () => Promise.reject(systemError('ENOTSUP')) };

/** Notes what is put on the disk and when the file gets its name, by paths relative to `directory`. */
function watchedCalls(directory: string, events: string[]): Partial<FileSystemCalls> {
  const note = (verb: string, path: string): void => {
    const shown = relative(directory, path).replace(/\.tmp-[^/]*$/, 'temporary');
    events.push(`${verb} ${shown === '' ? '.' : shown}`);
  };
  return {
    async linkFile(from, to) {
      note('link', to);
      await link(from, to);
    },
    async openFile(path, flags) {
      const handle = await open(path, flags);
      const sync = handle.sync.bind(handle);
      handle.sync = async () => {
        note('sync', String(path));
        await sync();
      };
      return handle;
    },
  };
}

describeArchiveContract('file system', async (directory) => createFileSystemArchive(directory));
describeArchiveContract('file system without hard links', async (directory) =>
  createFileSystemArchive(directory, withoutLinks),
);

describe('file-system archive', () => {
  let directory: string;
  const body = { bytes: Buffer.from('content') };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'file-system-archive-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('leaves no temporary file, whoever wins', async () => {
    const archive = createFileSystemArchive(directory);
    await Promise.all(Array.from({ length: 20 }, () => archive.create('plan/r1/report.json', body, 'x')));

    expect(await readdir(join(directory, 'plan/r1'))).toEqual(['report.json']);
  });

  it('does not list what a crash left under a temporary name', async () => {
    const archive = createFileSystemArchive(directory);
    await archive.create('plan/r1/report.json', body, 'x');
    await writeFile(join(directory, 'plan/r1/.tmp-4711-0123456789ab'), 'half');

    expect((await archive.list('plan/')).map((entry) => entry.key)).toEqual(['plan/r1/report.json']);
  });

  it('refuses a key that list would hide', async () => {
    const archive = createFileSystemArchive(directory);

    await expect(archive.create('plan/.tmp-1/a', body, 'x')).rejects.toThrow(/cannot be a key/);
  });

  it('dates an entry with its last change', async () => {
    const archive = createFileSystemArchive(directory);
    await archive.create('plan/a', body, 'x');

    const { mtimeMs } = await stat(join(directory, 'plan/a'));
    expect(await archive.list('plan/')).toEqual([{ key: 'plan/a', modifiedMs: mtimeMs }]);
  });

  it('says where a key and a prefix are as absolute paths', () => {
    const archive = createFileSystemArchive(directory);

    expect(archive.locate('plan/a')).toBe(join(directory, 'plan/a'));
    expect(archive.locate('plan/r1/')).toBe(join(directory, 'plan/r1'));
  });

  it.each(['plan/a', 'a'])('says in words that a part of the path is a file (%s)', async (key) => {
    const file = join(directory, 'not-a-directory');
    await writeFile(file, '');
    const archive = createFileSystemArchive(file);

    await expect(archive.create(key, body, 'x')).rejects.toMatchObject({
      kind: 'storage',
      message: `cannot write ${join(file, key)}: a part of the path is a file, not a directory (ENOTDIR)`,
      hints: [expect.stringContaining('archive.directory')],
    });
    await expect(archive.list('plan/')).rejects.toMatchObject({ kind: 'storage' });
    await expect(archive.read('plan/a')).rejects.toMatchObject({ kind: 'storage' });
  });

  it('names the source when that is what cannot be read', async () => {
    const source = join(directory, 'source');
    await mkdir(source);
    const archive = createFileSystemArchive(directory);

    await expect(archive.create('plan/a', { path: source }, 'x')).rejects.toThrow(
      `cannot read ${source}: it is a directory (EISDIR)`,
    );
    expect(await readdir(join(directory, 'plan'))).toEqual([]);
  });

  it('removes the temporary file when the device is full and says so', async () => {
    const archive = createFileSystemArchive(directory, {
      linkFile: () => Promise.reject(systemError('ENOSPC')),
    });

    await expect(archive.create('plan/a', body, 'x')).rejects.toMatchObject({
      kind: 'storage',
      message: `cannot write ${join(directory, 'plan/a')}: no space left on the device (ENOSPC)`,
      hints: [expect.stringContaining('Free space')],
    });
    expect(await readdir(join(directory, 'plan'))).toEqual([]);
  });

  describe('after a power failure', () => {
    it('keeps a new file: its content is on the disk before its name, and then every directory down to it', async () => {
      const events: string[] = [];
      const root = join(directory, 'archive');
      await createFileSystemArchive(root, watchedCalls(directory, events)).create(
        'plan/r1/report.json',
        body,
        'x',
      );

      expect(events).toEqual([
        'sync archive/plan/r1/temporary',
        'link archive/plan/r1/report.json',
        'sync archive/plan/r1',
        'sync archive/plan',
        'sync archive',
        'sync .',
      ]);
    });

    it('syncs up to the parent of the first directory that was made for the archive itself', async () => {
      const events: string[] = [];
      const root = join(directory, 'var/lib/archive');
      await createFileSystemArchive(root, watchedCalls(directory, events)).create('a', body, 'x');

      expect(events.slice(2)).toEqual(['sync var/lib/archive', 'sync var/lib', 'sync var', 'sync .']);
    });

    it('syncs directories that an earlier run made and may not have synced', async () => {
      const events: string[] = [];
      await mkdir(join(directory, 'archive/plan/r1'), { recursive: true });
      const archive = createFileSystemArchive(join(directory, 'archive'), watchedCalls(directory, events));
      await archive.create('plan/r1/report.json', body, 'x');

      expect(events.slice(2)).toEqual([
        'sync archive/plan/r1',
        'sync archive/plan',
        'sync archive',
        'sync .',
      ]);
    });

    it('syncs once what it has synced, and again what was removed and made again', async () => {
      const events: string[] = [];
      const archive = createFileSystemArchive(join(directory, 'archive'), watchedCalls(directory, events));
      const synced = async (key: string): Promise<string[]> => {
        events.length = 0;
        await archive.create(key, body, 'x');
        return events.slice(2);
      };
      await archive.create('plan/1/r1/report.json', body, 'x');

      expect(await synced('plan/1/r1/page.html')).toEqual(['sync archive/plan/1/r1']);
      expect(await synced('plan/1/r2/report.json')).toEqual([
        'sync archive/plan/1/r2',
        'sync archive/plan/1',
      ]);
      expect(await synced('plan/2/r1/report.json')).toEqual([
        'sync archive/plan/2/r1',
        'sync archive/plan/2',
        'sync archive/plan',
      ]);
      await rm(join(directory, 'archive/plan/1'), { recursive: true });
      expect(await synced('plan/1/r1/report.json')).toEqual([
        'sync archive/plan/1/r1',
        'sync archive/plan/1',
        'sync archive/plan',
      ]);
    });

    it('syncs all of it again after a sync that failed', async () => {
      const events: string[] = [];
      const watched = watchedCalls(directory, events);
      let isBroken = true;
      const archive = createFileSystemArchive(join(directory, 'archive'), {
        ...watched,
        async openFile(path, flags) {
          const handle = await (watched.openFile ?? open)(path, flags);
          if (isBroken && path === directory) handle.sync = () => Promise.reject(systemError('EIO'));
          return handle;
        },
      });
      await expect(archive.create('plan/a', body, 'x')).rejects.toMatchObject({ kind: 'storage' });
      isBroken = false;
      events.length = 0;
      await archive.create('plan/b', body, 'x');
      expect(events.slice(2)).toEqual(['sync archive/plan', 'sync archive', 'sync .']);
    });

    it('reports a directory that cannot be synced, unless the system cannot sync directories at all', async () => {
      const failing = (code: string): Partial<FileSystemCalls> => ({
        async openFile(path, flags) {
          const handle = await open(path, flags);
          if (path === dirname(directory) || path === directory) {
            handle.sync = () => Promise.reject(systemError(code));
          }
          return handle;
        },
      });
      await expect(createFileSystemArchive(directory, failing('EIO')).create('a', body, 'x')).rejects.toThrow(
        'the device reported an input/output error (EIO)',
      );
      await expect(
        createFileSystemArchive(directory, failing('EINVAL')).create('b', body, 'x'),
      ).resolves.toBe('created');
    });
  });
});
