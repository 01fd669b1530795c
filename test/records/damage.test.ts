import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { inShort, readBytes } from '../support/read-bytes.js';

const notClosed = 'it is not closed before the next record begins';
const cutOff = 'the line was cut off with its file';
const endsEarly = 'its text ends in the middle of a record; what came before is in the report';
const noEnd = 'its list has no end, so it was cut off; what came before is in the report';

async function short(
  bytes: Buffer,
  chunkBytes: number,
): Promise<{ records: string[]; fault: string | null }> {
  const { records, result } = await readBytes('e', bytes, chunkBytes);
  return { records: inShort(records), fault: result.fault };
}

/** Whole data, but its checksum was cut off. */
function cutGzip(text: string): Buffer {
  return gzipSync(text).subarray(0, -8);
}

describe('damage is one record, and reading goes on at the next line that begins a value', () => {
  it.each<[string, string[], string | null]>([
    [
      '{"n":1}\n{"n":\n{"n":3}\n{"n":4}\n',
      ['e:1 {"n":1}', `e:2 ! ${notClosed}`, 'e:3 {"n":3}', 'e:4 {"n":4}'],
      null,
    ],
    ['{"n":1}\n{"n":2\n{"n":3}\n', ['e:1 {"n":1}', `e:2 ! ${notClosed}`, 'e:3 {"n":3}'], null],
    ['{"n":1,\n{"n":2}\n', [`e:1 ! ${notClosed}`, 'e:2 {"n":2}'], null],
    ['{"n":[\n{"n":2}\n{"n":3}\n', [`e:1 ! ${notClosed}`, 'e:2 {"n":2}', 'e:3 {"n":3}'], null],
    ['{"n":"a\nb"}\n{"n":2}\n', ['e:1 ! a text in it is not closed on its line', 'e:3 {"n":2}'], null],
    ['{"n":[1}\n{"n":2}\n', ['e:1 {"n":[1}', 'e:2 {"n":2}'], null],
    ['{\n  "n": 1,\n  "m": {\n    "x": 1\n{\n  "n": 2\n}\n', [`e:1 ! ${notClosed}`, 'e:5 {"n":2}'], null],
    // The head of the file is missing.
    [
      '  "n": 1,\n  "m": [ {\n  } ]\n}\n{\n  "n": 2\n}\n',
      ['e:1 ! it belongs to no record: its beginning is missing', 'e:5 {"n":2}'],
      null,
    ],
    ['{"n":1}}\n{"n":2}', ['e:1 {"n":1}}', 'e:2 {"n":2}'], null],
    [
      ' {"n":1}}\n{"n":2}',
      ['e:1 {"n":1}', 'e:1 ! it belongs to no record: its beginning is missing', 'e:2 {"n":2}'],
      null,
    ],
    [' {"n":[1}\n{"n":2}\n', ['e:1 ! its brackets do not match', 'e:2 {"n":2}'], null],
    [
      '{"n":1},\n{"n":2}\n',
      ['e:1 {"n":1}', 'e:1 ! a comma between records that are in no list', 'e:2 {"n":2}'],
      null,
    ],
    // What is no JSON within brackets that match is left to the parser, alone.
    ['{"n":tru}\n{n:1}{"n":2}\n', ['e:1 {"n":tru}', 'e:2 {n:1}', 'e:2 {"n":2}'], null],
    ['{"n":1\u0000}\n{"n":2}\n', ['e:1 {"n":1\u0000}', 'e:2 {"n":2}'], null],
  ])('%j', async (text, records, fault) => {
    for (const chunkBytes of [1, 7, Infinity])
      expect(await short(Buffer.from(text), chunkBytes)).toEqual({ records, fault });
  });

  it.each<[string, string[], string | null]>([
    [
      '[\n  {\n    "n": 1\n  },\n  {\n    "n": [\n  },\n  {\n    "n": 3\n  }\n]\n',
      ['e[0] {"n":1}', 'e:5 ! its brackets do not match', 'e[1] {"n":3}'],
      null,
    ],
    [
      '[\n  {\n    "n": 1\n  },\n  {\n    "n": [\n  }\n]\n{"n":9}\n',
      [
        'e[0] {"n":1}',
        'e:5 ! its brackets do not match',
        'e:8 ! an element of the list is missing before it',
        'e:9 {"n":9}',
      ],
      null,
    ],
    [
      '[{"n":1},,{"n":2}]',
      ['e[0] {"n":1}', 'e:1 ! an element of the list is missing before it', 'e[1] {"n":2}'],
      null,
    ],
    ['[{"n":1},]', ['e[0] {"n":1}', 'e:1 ! an element of the list is missing before it'], null],
    [
      '[{"n":1} {"n":2} {"n":3}]',
      [
        'e[0] {"n":1}',
        'e:1 ! a comma is missing between two elements of the list',
        'e[1] {"n":2}',
        'e[2] {"n":3}',
      ],
      null,
    ],
    ['[{"n":1}}]\n', ['e[0] {"n":1}', 'e:1 ! it belongs to no element of the list'], noEnd],
    ['[{"n":1},', ['e[0] {"n":1}'], noEnd],
    ['[{"n":1}', ['e[0] {"n":1}'], noEnd],
    ['[', [], noEnd],
    ['[{"n":1},{"n"', ['e[0] {"n":1}', `e:1 ! ${cutOff}`], endsEarly],
    ['[{"n":1},\n[{"n":2}]\n', ['e[0] {"n":1}', 'e[1] [{"n":2}]'], noEnd],
    ['[{"n":1},{"n":[\n[{"n":2}]\n', ['e[0] {"n":1}', `e:1 ! it is not closed`, 'e[1] [{"n":2}]'], noEnd],
  ])('in a list: %j', async (text, records, fault) => {
    for (const chunkBytes of [1, 7, Infinity])
      expect(await short(Buffer.from(text), chunkBytes)).toEqual({ records, fault });
  });

  it.each<[string, string[], string | null]>([
    ['\u001E{"n":1}\n\u001E{"n":\u001E{"n":3}\n', ['e:1 {"n":1}', `e:2 ! ${notClosed}`, 'e:2 {"n":3}'], null],
    ['\u001E{"n":"a\u001E{"n":3}\n', ['e:1 ! a text in it is not closed on its line', 'e:1 {"n":3}'], null],
    ['\u001Etru\u001E{"n":3}\n', ['e:1 tru', 'e:1 {"n":3}'], null],
    [
      '\u001E[{"n":1},\u001E{"n":3}\n',
      ['e[0] {"n":1}', 'e:1 ! the list before it has no end', 'e:1 {"n":3}'],
      null,
    ],
    ['{"n":[}\u001E{"n":3}\n', ['e:1 ! its brackets do not match', 'e:1 {"n":3}'], null],
    ['\u001E\u001E{"n":1}', ['e:1 {"n":1}'], null],
  ])('in a sequence of RFC 7464: %j', async (text, records, fault) => {
    for (const chunkBytes of [1, 7, Infinity])
      expect(await short(Buffer.from(text), chunkBytes)).toEqual({ records, fault });
  });

  it.each<[string, string[], string]>([
    ['{"n":1}\n{"n":', ['e:1 {"n":1}', `e:2 ! ${cutOff}`], endsEarly],
    ['{"n":1}\n{\n"n":', ['e:1 {"n":1}', 'e:2 ! the record was cut off with its file'], endsEarly],
    ['{"n":1}\n{"n":"\\', ['e:1 {"n":1}', `e:2 ! ${cutOff}`], endsEarly],
  ])('that the end of the file makes is a fault: %j', async (text, records, fault) => {
    for (const chunkBytes of [1, 7, Infinity])
      expect(await short(Buffer.from(text), chunkBytes)).toEqual({ records, fault });
  });

  it.each<[string, Buffer, string[]]>([
    [
      'a line',
      Buffer.from('{"n":1}\n{"n":"\u00ff"}\n{"n":3}\n', 'latin1'),
      ['e:1 {"n":1}', 'e:2 ! the line is not UTF-8 text', 'e:3 {"n":3}'],
    ],
    [
      'a record',
      Buffer.from('{\n"n":"\u00ff"}\n{"n":3}\n', 'latin1'),
      ['e:1 ! the record is not UTF-8 text', 'e:3 {"n":3}'],
    ],
    [
      'a word',
      Buffer.from('{"n":1}\n\u00ff\n', 'latin1'),
      ['e:1 {"n":1}', 'e:2 ! the line is not UTF-8 text'],
    ],
    [
      'half a surrogate pair of UTF-16',
      Buffer.from('\uFEFF{"n":1}\n{"n":"\uD800"}\n{"n":"\uDC00"}\n{"n":"😀"}', 'utf16le'),
      [
        'e:1 {"n":1}',
        'e:2 ! the line is not UTF-8 text',
        'e:3 ! the line is not UTF-8 text',
        'e:4 {"n":"😀"}',
      ],
    ],
  ])('of text, in %s', async (_words, bytes, records) => {
    for (const chunkBytes of [1, 7, Infinity])
      expect((await short(bytes, chunkBytes)).records).toEqual(records);
  });

  it('UTF-16 that ends within a character is cut off', async () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFF{"n":1}\n', 'utf16le'), Buffer.from([0x7b])]);
    const { records, fault } = await short(bytes, 3);
    expect(records[0]).toBe('e:1 {"n":1}');
    expect(fault).toBe('its UTF-16 text is cut off; what came before is in the report');
  });

  it('a line of its own that a fault cut off is unreadable, one that ends is not', async () => {
    expect((await short(cutGzip('{"n":1}\nwor'), 5)).records).toEqual(['e:1 {"n":1}', `e:2 ! ${cutOff}`]);
    expect((await short(cutGzip('{"n":1}\nword\n'), 5)).records).toEqual(['e:1 {"n":1}', 'e:2 word']);
  });
});

describe('what is too long for memory', () => {
  const megabyte = 1024 * 1024;

  it('a line of words of more than 16 MB is one unreadable record', async () => {
    const words = Buffer.alloc(17 * megabyte, 'x');
    const bytes = Buffer.concat([Buffer.from('{"n":1}\n'), words, Buffer.from('\n{"n":3}\n')]);
    for (const chunkBytes of [megabyte, Infinity]) {
      expect((await short(bytes, chunkBytes)).records).toEqual([
        'e:1 {"n":1}',
        `e:2 ! the line of ${words.length} bytes is longer than the limit of ${16 * megabyte} bytes`,
        'e:3 {"n":3}',
      ]);
    }
  });
});

describe('what is no JSON', () => {
  const many = 'time,level,words\n'.repeat(1000);
  const tar = Buffer.alloc(1024);
  tar.write('ustar', 257);
  it.each([
    ['a tar archive', tar],
    ['xz data', Buffer.from('fd377a585a00', 'hex')],
    ['bzip2 data', Buffer.from('BZh91AY')],
    ['lz4 data', Buffer.from('04224d18', 'hex')],
    ['a PDF document', Buffer.from('%PDF-1.7\n')],
    ['a Parquet file', Buffer.from('PAR1')],
    ['UTF-32 text', Buffer.from('fffe00007b000000', 'hex')],
    ['XML or HTML text', Buffer.from('\n<!DOCTYPE html><html>{"n":1}</html>')],
    ['text that is not JSON', Buffer.from(many)],
    [
      'binary data of an unknown kind',
      Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * n * 7 + (n >> 3)) % 256)),
    ],
    ['binary data of an unknown kind', Buffer.alloc(100)],
  ])('%s is one unreadable input that is named', async (looks, bytes) => {
    for (const stored of [bytes, gzipSync(bytes)]) {
      const { records, result } = await readBytes('e.json', stored, 100);
      expect(records).toEqual([]);
      expect(result).toMatchObject({ readable: 'none', records: 0, bytes: stored.length });
      expect(result.fault).toMatch(`it looks like ${looks}, and nothing of it was read: `);
    }
  });

  it.each([
    ['few lines', 'not JSON\n{broken\n', 2],
    ['words before and after an event', `${'words\n'.repeat(300)}{"n":1}\n${'words\n'.repeat(300)}`, 601],
    ['blank lines before an event', `${'\n \r\n'.repeat(50_000)}{"n":1}\n`, 1],
    ['text of another script', `${'{"имя":"база"}\n'.repeat(50)}`, 50],
    ['Latin-1 text', Buffer.from('{"n":"é"}\n'.repeat(500), 'latin1'), 500],
  ])('but %s are records', async (_words, text, count) => {
    const { records } = await readBytes('e', Buffer.from(text));
    expect(records).toHaveLength(count);
  });
});

describe('a stream that fails', () => {
  it('ends early: what came before is read to the last byte, and the reason is told', async () => {
    const { readRecords } = await import('../../src/records/formats/read-records.js');
    const { newFileResult } = await import('../../src/records/formats/file-result.js');
    for (const bytes of [Buffer.from('{"n":1}\n{"n":2}\n'), gzipSync('{"n":1}\n{"n":2}\n')]) {
      async function* failing(): AsyncGenerator<Buffer> {
        yield bytes;
        throw new Error('the line is dead');
      }
      const result = newFileResult();
      const texts: string[] = [];
      for await (const batch of readRecords({ name: 'e', size: 1000, chunks: failing() }, result)) {
        texts.push(...inShort(batch));
      }
      expect(texts).toEqual(['e:1 {"n":1}', 'e:2 {"n":2}']);
      expect(result).toMatchObject({ fault: 'reading it failed: the line is dead', readable: 'part' });
    }
  });
});
