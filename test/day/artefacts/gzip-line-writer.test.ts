import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GzipLineWriter } from '../../../src/day/artefacts/gzip-line-writer.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gzip-line-writer-'));
});

afterAll(() => rm(directory, { recursive: true }));

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a writer of gzipped lines describes its file as whoever reads it back would', () => {
  it.each([
    { size: 'without a line', lines: 0 },
    { size: 'written at once', lines: 3 },
    { size: 'of one batch and a rest', lines: 3_000 },
    { size: 'of many batches', lines: 30_000 },
  ])('$size', async ({ lines }) => {
    const path = join(directory, `${lines}.ndjson.gz`);
    const writer = new GzipLineWriter(path);
    let text = '';
    for (let number = 0; number < lines; number += 1) {
      // Not the same again and again: what comes out of the compressor is more than one chunk.
      const line = `${number} \u00fc ${sha256(Buffer.from(String(number))).repeat(2)}`;
      writer.write(line.slice(0, 20), line.slice(20));
      text += `${line}\n`;
      await writer.behind();
    }
    const digests = await writer.close();
    const file = await readFile(path);
    const content = Buffer.from(text);
    expect(gunzipSync(file).equals(content)).toBe(true);
    expect(digests).toEqual({ bytes: file.length, sha256: sha256(file), contentSha256: sha256(content) });
  });
});
