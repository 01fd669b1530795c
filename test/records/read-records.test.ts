import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipMembers, zipOf, zstdFrame } from '../support/packed-bytes.js';
import { inShort, readBytes } from '../support/read-bytes.js';

const events = [
  { eventType: 'a.b.end', n: 1, list: [{ x: '}{' }, { y: '] [' }], text: 'Zürich 😀 "quoted" \\ \u001e\n' },
  { eventType: 'a.b.begin', n: 2, empty: {}, none: [], deep: [[[{}]]], zero: -0.5e-3 },
  { eventType: 'a.b.end', n: 3, text: '' },
];
const compact = events.map((event) => JSON.stringify(event));
const pretty = events.map((event) => JSON.stringify(event, null, 2));

const layouts: readonly (readonly [string, string])[] = [
  ['NDJSON', compact.join('\n') + '\n'],
  ['NDJSON without a last newline', compact.join('\n')],
  ['NDJSON with blank lines', `\n${compact.join('\n \n\n')}\n\n`],
  ['NDJSON with CRLF', compact.join('\r\n') + '\r\n'],
  ['NDJSON with lone CR', compact.join('\r') + '\r'],
  ['NDJSON, indented', compact.map((text) => `  ${text}\n`).join('')],
  ['NDJSON with a BOM', `\uFEFF${compact.join('\n')}\n`],
  ['files with a BOM each, one after another', compact.map((text) => `\uFEFF${text}\n`).join('')],
  ['objects on one line', compact.join('')],
  ['objects on one line with blanks', compact.join('  ')],
  ['objects on some lines', `${compact[0]}${compact[1]}\n${compact[2]}\n`],
  ['pretty objects', pretty.join('\n')],
  ['pretty objects with CRLF', pretty.join('\n').replaceAll('\n', '\r\n')],
  ['pretty objects behind each other', pretty.join('')],
  ['pretty and compact objects', `${pretty[0]}\n${compact[1]}\n${pretty[2]}`],
  ['RFC 7464', compact.map((text) => `\u001E${text}\n`).join('')],
  ['RFC 7464, pretty', pretty.map((text) => `\u001E${text}\n`).join('')],
  ['a list', `[${compact.join(',')}]`],
  ['a list in lines', `[\n${compact.join(',\n')}\n]\n`],
  ['a list with commas first', `[ ${compact.join('\n, ')}\n]`],
  ['a pretty list', JSON.stringify(events, null, 4)],
  ['a pretty list with tabs', JSON.stringify(events, null, '\t')],
  ['lists one after another', `[${compact[0]}]\n[${compact[1]},${compact[2]}]\n`],
  ['a list after lines', `${compact[0]}\n[\n${compact[1]},\n${compact[2]}]`],
  ['an object that continues on a line', compact.join('\n').replace('},{"y"', '}\n,{"y"')],
];

function cut(bytes: Buffer, length: number): Buffer[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, part) => bytes.subarray(part * length, (part + 1) * length));
}

const packers: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['plain', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['two members', (bytes) => gzipMembers(bytes)],
  ['many members', (bytes) => Buffer.concat(cut(bytes, 20).map((part) => gzipSync(part)))],
  ['padded gzip', (bytes) => Buffer.concat([gzipMembers(bytes, 1), Buffer.alloc(600)])],
  ['zstd', (bytes) => zstdFrame(bytes)],
  ['two frames', (bytes) => Buffer.concat([zstdFrame(bytes.subarray(0, 9)), zstdFrame(bytes.subarray(9))])],
  ['zip', (bytes) => zipOf({ name: 'e', content: bytes })],
  ['stored zip', (bytes) => zipOf({ name: 'e', content: bytes, isStored: true })],
  ['streamed zip', (bytes) => zipOf({ name: 'e', content: bytes, hasDescriptor: true })],
  ['gzip of gzip', (bytes) => gzipSync(gzipSync(bytes))],
  ['gzip in zip', (bytes) => zipOf({ name: 'e.gz', content: gzipSync(bytes) })],
  ['zstd in gzip', (bytes) => gzipSync(zstdFrame(bytes))],
];

const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-16LE', (text) => Buffer.from(text.startsWith('\uFEFF') ? text : `\uFEFF${text}`, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(text.startsWith('\uFEFF') ? text : `\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16LE without a BOM', (text) => Buffer.from(text.replace(/^\uFEFF/, ''), 'utf16le')],
  ['UTF-16BE without a BOM', (text) => Buffer.from(text.replace(/^\uFEFF/, ''), 'utf16le').swap16()],
];

async function eventsOf(bytes: Buffer): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const chunkBytes of [1, 7, Infinity]) {
    // The name says nothing.
    const { records, result } = await readBytes('e.log', bytes, chunkBytes);
    const isOnOneLine = records.every((record) => record.kind === 'text' && !/[\r\n]/.test(record.text));
    const values = records.map((record): unknown =>
      record.kind === 'text' ? JSON.parse(record.text) : record,
    );
    all.push({ values, isOnOneLine, result });
  }
  return all;
}

function threeTimes(bytes: Buffer): unknown[] {
  const result = {
    bytes: bytes.length,
    records: 3,
    format: expect.any(Array) as unknown,
    fault: null,
    readable: 'all',
  };
  return Array.from({ length: 3 }, () => ({ values: events, isOnOneLine: true, result }));
}

/** Every layout in the most usual packings, the most usual layouts in every packing. */
const usualPackings = new Set(['plain', 'gzip', 'zstd', 'zip']);
const usualLayouts = new Set(['NDJSON', 'pretty objects', 'RFC 7464', 'a list']);

describe.each(layouts)('%s', (layout, text) => {
  const used = packers.filter(([packing]) => usualLayouts.has(layout) || usualPackings.has(packing));

  it.each(used)('%s', async (_packer, pack) => {
    const bytes = pack(Buffer.from(text));
    expect(await eventsOf(bytes)).toEqual(threeTimes(bytes));
  });

  // RS is no begin that a UTF-16 text without BOM is known by.
  it.each(layout.startsWith('RFC') ? encodings.slice(0, 3) : encodings)('%s', async (_encoding, encode) => {
    const bytes = encode(text);
    expect(await eventsOf(bytes)).toEqual(threeTimes(bytes));
  });
});

describe('a record', () => {
  it('keeps its text as it was written', async () => {
    const odd = '{"a" : 1.0e2, "a":"\\u00e9\\/",  "b":[ ]}';
    expect(inShort((await readBytes('e', Buffer.from(`${odd}\n`))).records)).toEqual([`e:1 ${odd}`]);
    expect(inShort((await readBytes('e', Buffer.from(`[${odd}, ${odd}]`))).records)).toEqual([
      `e[0] ${odd}`,
      `e[1] ${odd}`,
    ]);
  });

  it('of several lines is put on one, and only white space outside of texts is left out', async () => {
    const text = '{ "a b" : "c  \\" d" ,\n\t"e" : [ 1 ,\r\n tr\nue ] }';
    expect(inShort((await readBytes('e', Buffer.from(text))).records)).toEqual([
      'e:1 {"a b":"c  \\" d","e":[1,tr ue]}',
    ]);
  });

  it('has its place: the line where it begins, or its position in a list', async () => {
    const text = '\n{"n":1}\n\n{\n"n":2\n}{"n":3}\n[{"n":4},{"n":5}]\n\u001E{"n":6}\nword\n';
    expect(inShort((await readBytes('e', Buffer.from(text))).records)).toEqual([
      'e:2 {"n":1}',
      'e:4 {"n":2}',
      'e:6 {"n":3}',
      'e:7[0] {"n":4}',
      'e:7[1] {"n":5}',
      'e:8 {"n":6}',
      'e:9 word',
    ]);
  });

  it.each([
    ['', []],
    [' \n\r\n\t', []],
    ['\uFEFF', []],
    // The reader knows whether it is all of its file.
    ['[]', ['e []']],
    ['{"n":1}\n[]\n[ ]\n{"n":2}\n', ['e:1 {"n":1}', 'e:2 []', 'e:3 []', 'e:4 {"n":2}']],
    ['[{"n":1}]\n[\n]\n', ['e[0] {"n":1}', 'e:2 []']],
    ['{}', ['e:1 {}']],
    ['7', ['e:1 7']],
    ['"text"', ['e:1 "text"']],
    ['[1, "a", null]', ['e:1 [1, "a", null]']],
    ['["a", 1, null, true]', ['e[0] "a"', 'e[1] 1', 'e[2] null', 'e[3] true']],
    ['[[{}], {}]', ['e[0] [{}]', 'e[1] {}']],
    // The list of a container stays with it.
    ['{"items":[{"n":1},\n{"n":2}]}', ['e:1 {"items":[{"n":1},{"n":2}]}']],
    // A line of one object may still go on.
    ['{"n":{"m":1}\n,"k":2}\n{"n":3}\n', ['e:1 {"n":{"m":1},"k":2}', 'e:3 {"n":3}']],
    ['{"n":3}\n{"n":{"m":1}\n\n}\n', ['e:1 {"n":3}', 'e:2 {"n":{"m":1}}']],
    ['{"n":{"m":1}\r\n  ,"k":2}\r\n', ['e:1 {"n":{"m":1},"k":2}']],
    ['[2026-11-20 10:00] INFO {"n":1}\n{"n":2}\n', ['e:1 [2026-11-20 10:00] INFO {"n":1}', 'e:2 {"n":2}']],
    ['{"n":1} and more\n{"n":2}', ['e:1 {"n":1}', 'e:1 and more', 'e:2 {"n":2}']],
  ])('%j', async (text, expected) => {
    for (const chunkBytes of [1, 7, Infinity]) {
      const { records, result } = await readBytes('e', Buffer.from(text), chunkBytes);
      expect(inShort(records)).toEqual(expected);
      expect(result).toMatchObject({ fault: null, readable: 'all', records: expected.length });
    }
  });

  it.each([
    ['open lists', '['.repeat(100_000), 'part or none'],
    ['open objects', '{"a":'.repeat(100_000), 'part or none'],
    ['lists in lines', '[\n'.repeat(100_000), 'part or none'],
    ['lists that are closed', '['.repeat(100_000) + ']'.repeat(100_000), 'all'],
    ['objects that are closed', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), 'all'],
  ])('nested 100,000 times, %s, is no error', async (_words, text, expected) => {
    const { records, result } = await readBytes('e', Buffer.from(`{"n":1}\n${text}`), 5000);
    expect(inShort(records)[0]).toBe('e:1 {"n":1}');
    expect(expected).toContain(result.readable);
    expect(records.length).toBeGreaterThan(1);
  });
});
