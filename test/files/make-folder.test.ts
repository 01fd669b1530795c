import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainError } from '../../src/errors.js';
import { makeFolder } from '../../src/files/make-folder.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'make-folder-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('a folder', () => {
  it('is made with those above it, and the first that was missing is told', async () => {
    await expect(makeFolder(join(root, 'a', 'b', 'c'))).resolves.toBe(join(root, 'a'));
    expect((await stat(join(root, 'a', 'b', 'c'))).isDirectory()).toBe(true);
    await expect(makeFolder(join(root, 'a', 'b', 'd'))).resolves.toBe(join(root, 'a', 'b', 'd'));
  });

  it('that is there is left as it is, also behind a link', async () => {
    await mkdir(join(root, 'there'));
    await symlink(join(root, 'there'), join(root, 'link'));
    await expect(makeFolder(join(root, 'there'))).resolves.toBeUndefined();
    await expect(makeFolder(join(root, 'link'))).resolves.toBeUndefined();
    await expect(makeFolder('/')).resolves.toBeUndefined();
  });

  it('is made once by several at the same time', async () => {
    const path = join(root, 'x', 'y', 'z');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it.each(['file', 'file/below'])('is refused where a file has the name: %s', async (name) => {
    await writeFile(join(root, 'file'), '');
    await expect(makeFolder(join(root, name))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.each(['link', 'link/below'])(
    'is refused where a link that leads nowhere has the name: %s',
    async (name) => {
      await symlink(join(root, 'none'), join(root, 'link'));
      const refused = await makeFolder(join(root, name)).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'ENOTDIR' });
      expect(explainError(refused)).toBe(`${join(root, 'link')} is a symbolic link that leads nowhere`);
    },
  );

  it('is refused, and not tried for ever, where the file system takes none', async () => {
    const nowhere = existsSync('/proc/self') ? '/proc/no-such/folder' : join(root, '\0', 'folder');
    await expect(makeFolder(nowhere)).rejects.toBeInstanceOf(Error);
  });
});
