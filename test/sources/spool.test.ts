import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSpool } from '../../src/sources/object-storage/spool.js';

const mib = 1024 * 1024;

it.each([
  [0, 'memory'],
  [32 * mib, 'memory'],
  [32 * mib + 1, 'a file'],
  [null, 'a file'],
] as const)(
  'a spool for %s bytes is in %s, and gives what came since it was cleared',
  async (size, where) => {
    const before = process.env['TMPDIR'];
    const directory = await mkdtemp(join(tmpdir(), 'spool-'));
    process.env['TMPDIR'] = directory;
    try {
      const spool = await openSpool(size);
      expect(await readdir(directory)).toHaveLength(where === 'memory' ? 0 : 1);
      await spool.add(Buffer.from('wrong'));
      await spool.clear();
      for (const text of ['right', ' and whole']) await spool.add(Buffer.from(text));
      const chunks: Buffer[] = [];
      for await (const chunk of spool.chunks()) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe('right and whole');
      await spool.remove();
      expect(await readdir(directory)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      await rm(directory, { recursive: true });
    }
  },
);
