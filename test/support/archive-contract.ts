import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../src/ports/archive.js';

const text = 'text/plain';

/**
 * The comment on the Archive port as tests. Every implementation passes it; `makeArchive` gives an empty one.
 *
 * @param races how often many creators race for a key
 */
export function describeArchiveContract(
  name: string,
  makeArchive: (temporaryDirectory: string) => Promise<Archive>,
  races = 10,
): void {
  describe(`archive contract: ${name}`, () => {
    let directory: string;
    let archive: Archive;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'archive-contract-'));
      archive = await makeArchive(join(directory, 'archive'));
    });

    afterEach(async () => {
      await rm(directory, { recursive: true, force: true });
    });

    async function readText(key: string): Promise<string | null> {
      const bytes = await archive.read(key);
      return bytes === null ? null : Buffer.from(bytes).toString('utf8');
    }

    it('reads back the bytes that were created', async () => {
      const bytes = randomBytes(1000);

      expect(await archive.create('plan/2026/11/19/r1/a.bin', { bytes }, text)).toBe('created');
      expect(Buffer.from((await archive.read('plan/2026/11/19/r1/a.bin')) ?? [])).toEqual(bytes);
    });

    it('creates from a file, also an empty one and one of several pieces', async () => {
      const path = join(directory, 'source.bin');
      for (const size of [0, 1, 3 * 1024 * 1024 + 17]) {
        const bytes = randomBytes(size);
        await writeFile(path, bytes);

        expect(await archive.create(`plan/${size}.bin`, { path }, text)).toBe('created');
        expect(bytes.equals((await archive.read(`plan/${size}.bin`)) ?? Buffer.from('none'))).toBe(true);
      }
    });

    it('never overwrites', async () => {
      await archive.create('plan/a.txt', { bytes: Buffer.from('first') }, text);

      expect(await archive.create('plan/a.txt', { bytes: Buffer.from('second') }, text)).toBe('exists');
      expect(await readText('plan/a.txt')).toBe('first');
    });

    it('lets exactly one of many racing creators win, and keeps its content whole', async () => {
      for (let round = 0; round < races; round += 1) {
        const key = `plan/race-${round}.txt`;
        const bodies = Array.from({ length: 24 }, (_, index) => Buffer.alloc(50_000 + index, 65 + index));
        const outcomes = await Promise.all(bodies.map((bytes) => archive.create(key, { bytes }, text)));

        expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
        const winner = bodies[outcomes.indexOf('created')];
        expect(winner?.equals((await archive.read(key)) ?? Buffer.alloc(0))).toBe(true);
      }
    });

    it('gives null for a key that is not there', async () => {
      await archive.create('plan/a/b.txt', { bytes: Buffer.from('x') }, text);

      expect(await archive.read('plan/c.txt')).toBeNull();
      expect(await archive.read('plan/a')).toBeNull();
      expect(await archive.read('other/deep/c.txt')).toBeNull();
    });

    it('lists every key below a prefix in order of the key, and only those', async () => {
      for (const key of ['plan/b/z.txt', 'plan/b/r10/x', 'plan/b/r2/x', 'plan/b-more/x', 'plan/b/a.txt']) {
        await archive.create(key, { bytes: Buffer.from('x') }, text);
      }

      const keys = (await archive.list('plan/b/')).map((entry) => entry.key);
      expect(keys).toEqual(['plan/b/a.txt', 'plan/b/r10/x', 'plan/b/r2/x', 'plan/b/z.txt']);
    });

    it('orders by the whole key, not directory by directory', async () => {
      for (const key of ['plan/a/x', 'plan/a-b', 'plan/a.b']) {
        await archive.create(key, { bytes: Buffer.from('x') }, text);
      }

      const keys = (await archive.list('plan/')).map((entry) => entry.key);
      expect(keys).toEqual(['plan/a-b', 'plan/a.b', 'plan/a/x']);
    });

    it('lists nothing where there is nothing', async () => {
      expect(await archive.list('plan/2026/')).toEqual([]);
    });

    it('creates nothing when the body cannot be read', async () => {
      const body = { path: join(directory, 'missing.bin') };

      await expect(archive.create('plan/a.bin', body, text)).rejects.toMatchObject({ kind: 'storage' });
      expect(await archive.read('plan/a.bin')).toBeNull();
      expect(await archive.list('plan/')).toEqual([]);
      expect(await archive.create('plan/a.bin', { bytes: Buffer.from('x') }, text)).toBe('created');
    });

    it.each([
      '',
      '/etc/x',
      '../x',
      'plan/../../x',
      'plan//x',
      'plan/./x',
      'plan/x/',
      'plan\\x',
      'plan/\n',
      'a\0b',
    ])('refuses the key %j', async (key) => {
      const body = { bytes: Buffer.from('x') };

      await expect(archive.create(key, body, text)).rejects.toMatchObject({ kind: 'storage' });
      await expect(archive.read(key)).rejects.toMatchObject({ kind: 'storage' });
      await expect(archive.list(`${key}/`)).rejects.toMatchObject({ kind: 'storage' });
    });

    it('refuses a prefix without / at its end', async () => {
      await expect(archive.list('plan')).rejects.toMatchObject({ kind: 'storage' });
    });

    it('says where a key or a prefix is', () => {
      expect(archive.locate('plan/a.txt')).toContain('plan/a.txt');
      expect(archive.locate('plan/2026/r1/')).toContain('plan/2026/r1');
    });
  });
}
