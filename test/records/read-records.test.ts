import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { type FileResult, newFileResult } from '../../src/records/formats/file-result.js';
import { readRecords } from '../../src/records/formats/read-records.js';
import { startsLikeGzip } from '../../src/records/formats/unpack-gzip.js';

async function read(
  name: string,
  bytes: Buffer,
  chunkBytes = 7,
): Promise<{ records: unknown[]; result: FileResult }> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      yield bytes.subarray(from, from + chunkBytes);
    }
  }
  const result = newFileResult();
  const records: unknown[] = [];
  const stored = { name, size: bytes.length, isGzip: startsLikeGzip(bytes), chunks: chunks() };
  for await (const batch of readRecords(stored, result)) {
    // Nobody gets a batch of nothing.
    expect(batch).not.toEqual([]);
    for (const record of batch) {
      if (record.kind === 'text') records.push(record.text);
      else records.push(record.kind === 'value' ? { value: record.value } : record.reason);
    }
  }
  expect(result).toMatchObject({ bytes: bytes.length, records: records.length });
  return { records, result };
}

describe('a file', () => {
  const notJson = 'the file is not JSON';
  it.each<[string, string, unknown[]]>([
    ['e.json', '{"a": 1}', [{ value: { a: 1 } }]],
    ['e.json', ' [1,\n 2] ', [{ value: [1, 2] }]],
    ['E.JSON', '\uFEFF7', [{ value: 7 }]],
    ['e.json', '', []],
    ['e.json', ' \n ', []],
    ['e.json', '{', [notJson]],
    // Lines under the name of one value; the first decides, for the last may be cut off.
    ['e.json', '\n{"a":1}\n{"a":2}', ['{"a":1}', '{"a":2}']],
    ['e.json', '{"a":1}\n{"a', ['{"a":1}', '{"a']],
    ['e.json', '{"a\n{"a":1}', [notJson]],
    ['e.json', '1\n2', [notJson]],
    ['e.ndjson', '{"a":1}\n\n{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ['e.jsonl', '{', ['{']],
    ['e', '{"a":1}', ['{"a":1}']],
  ])('%s with %j', async (name, text, expected) => {
    const plain = await read(name, Buffer.from(text));
    expect(plain).toMatchObject({ records: expected, result: { fault: null } });
    const packed = await read(`${name}.gz`, gzipSync(text));
    expect(packed).toMatchObject({ records: expected, result: { fault: null } });
    // Gzip is known by its first bytes, whatever the name.
    expect((await read(name, gzipSync(text))).records).toEqual(expected);
  });

  it('that is not UTF-8 text is unreadable', async () => {
    const { records } = await read('e.json', Buffer.from([0x22, 0xff, 0x22]));
    expect(records).toEqual(['the file is not UTF-8 text']);
  });

  const packed = gzipSync('{"a":1}\n{"a":2}\n'.repeat(200));
  it.each([
    ['nothing', Buffer.alloc(0), 'it is empty, so its gzip data was cut off'],
    [
      'gzip data that is cut off',
      packed.subarray(0, packed.length - 12),
      'its gzip data is cut off; what came before is in the report',
    ],
  ])('packed, with %s, has a fault', async (_words, bytes, fault) => {
    expect((await read('e.ndjson.gz', bytes)).result.fault).toBe(fault);
  });
});

describe('gzip', () => {
  it.each([
    ['of zeros', Buffer.alloc(4), '4 bytes after its gzip data were not read: they are not gzip'],
    ['of text', Buffer.from('more'), expect.stringMatching(/^its gzip data is damaged/)],
    ['of gzip', gzipSync('2'), null],
  ])('with bytes %s after it', async (_words, more, fault) => {
    const { result } = await read('e.ndjson.gz', Buffer.concat([gzipSync('1'), more]), 1000);
    expect(result.fault).toEqual(fault);
  });

  it.each([
    [[0x1f, 0x8b], true],
    [[0x1f, 0x8c], false],
    [[0x1e, 0x8b], false],
    [[0x1f], false],
    [[], false],
  ])('begins with %j: %s', (first, expected) => {
    expect(startsLikeGzip(Uint8Array.from(first))).toBe(expected);
  });
});
