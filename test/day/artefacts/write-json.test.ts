import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import fc from 'fast-check';
import { writeJson } from '../../../src/day/artefacts/write-json.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'write-json-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

it('writes what JSON.stringify would print', async () => {
  const path = join(directory, 'document.json');
  const value = fc.jsonValue({ maxDepth: 4 });
  const document = fc.dictionary(fc.string(), fc.oneof(value, fc.array(value), fc.constant(undefined)));
  await fc.assert(
    fc.asyncProperty(document, async (any) => {
      await writeJson(any, path);
      expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(any, null, 1)}\n`);
    }),
  );
});

it('says why a file could not be written', async () => {
  await expect(writeJson({ a: 1 }, join(directory, 'nowhere', 'a.json'))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});
