import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from '../../src/renderers/xlsx/package/zip-file.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zip-file-'));
});

afterAll(() => rm(directory, { recursive: true }));

type Parts = readonly (readonly [name: string, content: Buffer])[];

/** A row that compresses to a part of itself, as those of sheets do. */
const row = (number: number): string => `<row r="${number}"><c><v>${(number * 7919) % 10_007}</v></c></row>`;
const rows = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, at) => row(at)).join(''));

const small: Parts = [
  ['a.xml', rows(3)],
  ['folder/b.xml', rows(500)],
  ['empty.xml', Buffer.alloc(0)],
  ['grün.xml', rows(1)],
];
/** More than the compressor gets at once, between two that are smaller. */
const large: Parts = [
  ['first.xml', rows(10)],
  ['large.xml', rows(60_000)],
  ['last.xml', rows(10)],
];

/** @param atOnce bytes that are written at once */
async function zipped(parts: Parts, atOnce = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const path = join(directory, 'ours.zip');
  const zip = new ZipFile(createWriteStream(path));
  for (const [name, content] of parts) {
    const part = zip.open(name);
    for (let from = 0; from < content.length; from += atOnce) {
      part.write(content.subarray(from, from + atOnce));
      await part.drained();
    }
    part.end();
  }
  await zip.close();
  return readFile(path);
}

interface Archiver {
  pipe(file: NodeJS.WritableStream): void;
  append(content: Buffer, entry: { readonly name: string; readonly date: Date }): void;
  finalize(): Promise<void>;
}

/** What exceljs writes workbooks with. */
async function byArchiver(parts: Parts): Promise<Buffer> {
  const path = join(directory, 'theirs.zip');
  const file = createWriteStream(path);
  const closed = new Promise<void>((resolve) => file.on('close', resolve));
  const archiver = createRequire(import.meta.url)('archiver') as (
    format: string,
    options: object,
  ) => Archiver;
  const zip = archiver('zip', { zlib: { level: 1, chunkSize: 256 * 1024 } });
  zip.pipe(file);
  for (const [name, content] of parts) zip.append(content, { name, date: new Date('1980-01-01T00:00:00Z') });
  await zip.finalize();
  await closed;
  return readFile(path);
}

describe('a zip', () => {
  it('has the bytes that it had when exceljs wrote it', async () => {
    const filled = small.filter(([, content]) => content.length > 0);
    expect((await zipped(filled)).equals(await byArchiver(filled))).toBe(true);
    expect((await zipped(large, 600_000)).equals(await byArchiver(large))).toBe(true);
  });

  it.each([
    ['small', small],
    ['large', large],
  ])('with %s parts is read back as it was', async (_, parts) => {
    const { files } = await JSZip.loadAsync(await zipped(parts), { checkCRC32: true });
    const read = await Promise.all(
      Object.values(files)
        .filter(({ dir }) => !dir)
        .map(async (file): Promise<[string, Buffer]> => [file.name, await file.async('nodebuffer')]),
    );
    expect(read.map(([name]) => name)).toEqual(parts.map(([name]) => name));
    expect(read.every(([, content], at) => content.equals(parts[at]?.[1] ?? Buffer.alloc(0)))).toBe(true);
  });

  it('rejects where its file cannot be written, with nobody left waiting', async () => {
    const zip = new ZipFile(createWriteStream(join(directory, 'missing', 'ours.zip')));
    const [, [, content] = ['', Buffer.alloc(0)]] = large;
    const part = zip.open('large.xml');
    part.write(content);
    part.write(Buffer.alloc(8 * 1024 * 1024));
    await part.drained();
    part.end();
    await expect(zip.close()).rejects.toThrow('ENOENT');
  });
});
