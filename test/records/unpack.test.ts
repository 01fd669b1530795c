import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32, tableCrc32 } from '../../src/base/crc32.js';
import { zipOf, zstdFrame } from '../support/packed-bytes.js';
import { inShort, readBytes } from '../support/read-bytes.js';

/** Made by the programs zstd 1.5 and zip 3.0 from five lines, and one line more where the name says so. */
const made: Readonly<Record<string, string>> = {
  'level19.zst':
    'KLUv/WQdAMUBAFQCeyJuIjogMSwgInRleHQiOiAiWlx1MDBmY3JpY2ggIn0KMjM0NQYAg0gKzis4WcERXGHDg8UJ4lkJUw==',
  'frames.zst':
    'KLUv/QRYQQAAeyJuIjo2fQra5cDKKLUv/WQdAMUBAFQCeyJuIjogMSwgInRleHQiOiAiWlx1MDBmY3JpY2ggIn0KMjM0NQYAg0gKzis4WcERXGHDg8UJ4lkJUw==',
  'piped.zst': 'KLUv/QBYxQEAVAJ7Im4iOiAxLCAidGV4dCI6ICJaXHUwMGZjcmljaCAifQoyMzQ1BgCDSArOKzhZwRFcYcODxQk=',
  'deflated.zip':
    'UEsDBBQAAAAIAPOFfV1tkrNFNAAAAB0BAAANAAAAZXZlbnRzLm5kanNvbqtWylOyUjDUUVAqSa0oATKVomJKDQzSkosykzMUcLGVarmqwRqNyNVoTK5GE3I1mpKuEQBQSwECHgMUAAAACADzhX1dbZKzRTQAAAAdAQAADQAAAAAAAAABAAAApIEAAAAAZXZlbnRzLm5kanNvblBLBQYAAAAAAQABADsAAABfAAAAAAA=',
  'stored.zip':
    'UEsDBAoAAAAAAPOFfV1tkrNFHQEAAB0BAAANAAAAZXZlbnRzLm5kanNvbnsibiI6IDEsICJ0ZXh0IjogIlpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoICJ9CnsibiI6IDIsICJ0ZXh0IjogIlpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoICJ9CnsibiI6IDMsICJ0ZXh0IjogIlpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoICJ9CnsibiI6IDQsICJ0ZXh0IjogIlpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoICJ9CnsibiI6IDUsICJ0ZXh0IjogIlpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoIFpcdTAwZmNyaWNoICJ9ClBLAQIeAwoAAAAAAPOFfV1tkrNFHQEAAB0BAAANAAAAAAAAAAAAAACkgQAAAABldmVudHMubmRqc29uUEsFBgAAAAABAAEAOwAAAEgBAAAAAA==',
  'descriptor.zip':
    'UEsDBC0AAAAIAPSFfV1tkrNF//////////8BABQALQEAEAAdAQAAAAAAADQAAAAAAAAAq1bKU7JSMNRRUCpJrSgBMpWiYkoNDNKSizKTMxRwsZVquarBGo3I1WhMrkYTcjWakq4RAFBLAQIeAy0AAAAIAPSFfV1tkrNFNAAAAB0BAAABAAAAAAAAAAEAAACAEQAAAAAtUEsGBiwAAAAAAAAAHgMtAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAC8AAAAAAAAAZwAAAAAAAABQSwYHAAAAAJYAAAAAAAAAAQAAAFBLBQYAAAAAAQABAC8AAABnAAAAAAA=',
  'zip64.zip':
    'UEsDBC0AAAAIAPOFfV1tkrNF//////////8NABQAZXZlbnRzLm5kanNvbgEAEAAdAQAAAAAAADQAAAAAAAAAq1bKU7JSMNRRUCpJrSgBMpWiYkoNDNKSizKTMxRwsZVquarBGo3I1WhMrkYTcjWakq4RAFBLAQIeAy0AAAAIAPOFfV1tkrNFNAAAAP////8NAAwAAAAAAAEAAACkgQAAAABldmVudHMubmRqc29uAQAIAB0BAAAAAAAAUEsGBiwAAAAAAAAAHgMtAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAEcAAAAAAAAAcwAAAAAAAABQSwYHAAAAALoAAAAAAAAAAQAAAFBLBQYAAAAAAQABAEcAAAD/////AAA=',
  'two.zip':
    'UEsDBBQAAAAIAPOFfV1tkrNFNAAAAB0BAAANAAAAZXZlbnRzLm5kanNvbqtWylOyUjDUUVAqSa0oATKVomJKDQzSkosykzMUcLGVarmqwRqNyNVoTK5GE3I1mpKuEQBQSwMECgAAAAAA84V9XRYH8YAIAAAACAAAAAsAAABtb3JlLm5kanNvbnsibiI6Nn0KUEsBAh4DFAAAAAgA84V9XW2Ss0U0AAAAHQEAAA0AAAAAAAAAAQAAAKSBAAAAAGV2ZW50cy5uZGpzb25QSwECHgMKAAAAAADzhX1dFgfxgAgAAAAIAAAACwAAAAAAAAABAAAApIFfAAAAbW9yZS5uZGpzb25QSwUGAAAAAAIAAgB0AAAAkAAAAAAA',
  'encrypted.zip':
    'UEsDBBQACQAIAPOFfV1tkrNFQAAAAB0BAAANAAAAZXZlbnRzLm5kanNvbg66gxfLc6RNMWqySI0IYvwalgDmG9kp2MkFUlU+m3W9DsJxNYO6OrsmFuki+XUui3vBkVskpX0LAHUZJ2JpSxxQSwcIbZKzRUAAAAAdAQAAUEsBAh4DFAAJAAgA84V9XW2Ss0VAAAAAHQEAAA0AAAAAAAAAAQAAAKSBAAAAAGV2ZW50cy5uZGpzb25QSwUGAAAAAAEAAQA7AAAAewAAAAAA',
  'folder.zip':
    'UEsDBAoAAAAAAPSFfV0AAAAAAAAAAAAAAAACAAAAZC9QSwMEFAAAAAgA9IV9XW2Ss0U0AAAAHQEAAA8AAABkL2V2ZW50cy5uZGpzb26rVspTslIw1FFQKkmtKAEylaJiSg0M0pKLMpMzFHCxlWq5qsEajcjVaEyuRhNyNZqSrhEAUEsBAh4DCgAAAAAA9IV9XQAAAAAAAAAAAAAAAAIAAAAAAAAAAAAQAO1BAAAAAGQvUEsBAh4DFAAAAAgA9IV9XW2Ss0U0AAAAHQEAAA8AAAAAAAAAAQAAAKSBIAAAAGQvZXZlbnRzLm5kanNvblBLBQYAAAAAAgACAG0AAACBAAAAAAA=',
  'bzip2.zip':
    'UEsDBC4AAAAMAPOFfV1tkrNFZwAAAB0BAAANAAAAZXZlbnRzLm5kanNvbkJaaDYxQVkmU1nFhjs2AACJ24AAEFAEfhAAFAthFkogAHBQADQMmQN6qKaPUaGEMymE8p1TdKpSJwn5LJhKRNfXvTW42Fk2iUiUTccjkaJ2HAuLJUYSqXGEwnRP4u5IpwoSGLDHZsBQSwECHgMuAAAADADzhX1dbZKzRWcAAAAdAQAADQAAAAAAAAAAAAAApIEAAAAAZXZlbnRzLm5kanNvblBLBQYAAAAAAQABADsAAACSAAAAAAA=',
  'mac.zip':
    'UEsDBBQAAAAIAPOFfV1tkrNFNAAAAB0BAAANAAAAZXZlbnRzLm5kanNvbqtWylOyUjDUUVAqSa0oATKVomJKDQzSkosykzMUcLGVarmqwRqNyNVoTK5GE3I1mpKuEQBQSwMEFAAAAAgA84V9XYM9c6UGAAAABAAAABgAAABfX01BQ09TWC8uX2V2ZW50cy5uZGpzb25jYBVjBwBQSwECFAMUAAAACADzhX1dbZKzRTQAAAAdAQAADQAAAAAAAAAAAAAApIEAAAAAZXZlbnRzLm5kanNvblBLAQIUAxQAAAAIAPOFfV2DPXOlBgAAAAQAAAAYAAAAAAAAAAAAAACAAV8AAABfX01BQ09TWC8uX2V2ZW50cy5uZGpzb25QSwUGAAAAAAIAAgCBAAAAmwAAAAAA',
};

const packed = (name: string): Buffer => Buffer.from(made[name] ?? '', 'base64');

const lines = Array.from({ length: 2000 }, (_, n) => `{"n":${n},"x":"${Math.imul(n, 2_654_435_761)}"}\n`);
const long = Buffer.from(lines.join(''));
/** DEFLATE data without its end. */
const flushed = deflateRawSync(long, { finishFlush: constants.Z_SYNC_FLUSH });
const more = Buffer.from('{"n":"more"}\n');

/** How many of the lines were read, from the first one on, without a gap. */
async function linesOf(bytes: Buffer): Promise<{ lines: number; fault: string | null; readable: string }> {
  const { records, result } = await readBytes('e', bytes, 1000);
  const good = records.filter(({ kind }) => kind === 'text').length;
  expect(inShort(records).slice(0, good)).toEqual(
    lines.slice(0, good).map((line, index) => `e:${index + 1} ${line.trim()}`),
  );
  return { lines: good, fault: result.fault, readable: result.readable };
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy[at] ?? 0) ^ 0xff, at);
  return copy;
}

describe('what other programs packed', () => {
  it.each([
    ['level19.zst', 5],
    ['frames.zst', 6],
    ['piped.zst', 5],
    ['deflated.zip', 5],
    ['stored.zip', 5],
    ['descriptor.zip', 5],
    ['zip64.zip', 5],
    ['folder.zip', 5],
    ['mac.zip', 5],
  ])('%s is read', async (name, records) => {
    for (const chunkBytes of [1, Infinity]) {
      const { result } = await readBytes(name, packed(name), chunkBytes);
      expect(result).toMatchObject({ records, fault: null, readable: 'all' });
    }
  });

  it.each([
    ['two.zip', 5, 'part', 'it is a zip of several files, and only the first, "events.ndjson", was read'],
    ['encrypted.zip', 0, 'none', 'it is an encrypted zip'],
    ['bzip2.zip', 0, 'none', 'it is a zip packed by method 12, which is not supported'],
  ])(
    '%s is read as far as it can be, and the reason says what to do',
    async (name, records, readable, words) => {
      const { result } = await readBytes(name, packed(name));
      const fault = `${words}: unpack it, or pack it with gzip`;
      expect(result).toMatchObject({ records, readable, fault });
    },
  );
});

describe('gzip', () => {
  const whole = gzipSync(long);

  it('with bytes behind it loses nothing before them', async () => {
    for (const behind of [Buffer.from('more'), Buffer.from([0, 0, 7]), Buffer.from([0x1f])]) {
      expect(await linesOf(Buffer.concat([whole, behind]))).toEqual({
        lines: 2000,
        readable: 'part',
        fault: expect.stringMatching(
          /^[14] bytes after its gzip data were not read: they are not gzip; what came before is in the report$/,
        ),
      });
    }
  });

  it('with a second member that cannot be begun loses nothing of the first', async () => {
    const { lines: read, fault } = await linesOf(Buffer.concat([whole, Buffer.from([0x1f, 0x8b, 7]), long]));
    expect({ read, fault }).toEqual({
      read: 2000,
      fault: expect.stringContaining('its header cannot be read'),
    });
  });

  it.each([0.01, 0.25, 0.5, 0.75, 0.9])('damaged at %d of it yields every line before', async (part) => {
    const at = Math.floor(whole.length * part);
    const before = gunzipSync(whole.subarray(0, at), { finishFlush: constants.Z_SYNC_FLUSH });
    const intact = before.toString().split('\n').length - 1;
    for (const chunkBytes of [50, Infinity]) {
      // All ones: such a code is soon noticed, and what is unpacked until then is wrong.
      const damaged = Buffer.concat([
        whole.subarray(0, at),
        Buffer.alloc(500, 0xff),
        whole.subarray(at + 500),
      ]);
      const { records, result } = await readBytes('e', damaged, chunkBytes);
      const texts = records.slice(0, intact).map((record) => (record.kind === 'text' ? record.text : record));
      expect(texts).toEqual(lines.slice(0, intact).map((line) => line.trim()));
      expect(result.fault).toMatch(/^its gzip data is damaged/);
      expect(result.readable).toBe('part');
    }
  });

  it.each([
    ['gzip', gzipSync(long, { finishFlush: constants.Z_SYNC_FLUSH })],
    ['a zip', zipOf({ name: 'e', content: long }).subarray(0, 31)],
  ])('%s with an impossible block yields all before it, though one step meets both', async (kind, begin) => {
    const data = kind === 'gzip' ? begin : Buffer.concat([begin, flushed]);
    const { lines: read, fault, readable } = await linesOf(Buffer.concat([data, Buffer.alloc(100, 0x07)]));
    expect({ read, readable }).toEqual({ read: 2000, readable: 'part' });
    expect(fault).toMatch(
      /data is damaged \(.*invalid block type\); what could be unpacked before the damage is in the report/,
    );
  });

  it('cut off anywhere yields the whole lines before', async () => {
    for (const length of [0, 2, 5, 10, 20, 1000, 5000, whole.length - 8, whole.length - 1]) {
      const { result } = await readBytes('e.ndjson.gz', whole.subarray(0, length), 100);
      expect(result.fault).not.toBeNull();
      expect(result.readable).toBe(length < 1000 ? 'none' : 'part');
    }
    expect((await linesOf(whole.subarray(0, whole.length - 8))).lines).toBe(2000);
  });

  it('with a wrong checksum or length yields its lines and says so', async () => {
    for (const at of [8, 4]) {
      const { lines: read, fault } = await linesOf(flipped(whole, whole.length - at));
      expect(read).toBe(2000);
      expect(fault).toContain('the checksum is wrong');
    }
  });

  it('with every field of its header', async () => {
    const flags = Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3]);
    const fields = [
      Buffer.from([3, 0, 1, 2, 3]),
      Buffer.from('name\0'),
      Buffer.from('words\0'),
      Buffer.alloc(2),
    ];
    const rest = gzipSync(more).subarray(-8);
    const member = Buffer.concat([flags, ...fields, deflateRawSync(more), rest]);
    expect(inShort((await readBytes('e', member, 1)).records)).toEqual(['e:1 {"n":"more"}']);
    for (let length = 2; length < member.length; length += 1) {
      expect((await readBytes('e', member.subarray(0, length))).result.fault).not.toBeNull();
    }
  });

  it('in gzip cut off on the outside says so', async () => {
    const twice = gzipSync(whole);
    const { lines: read, fault } = await linesOf(twice.subarray(0, twice.length / 2));
    expect(read).toBeGreaterThan(100);
    expect(fault).toBe('its gzip data is cut off; what came before is in the report');
  });

  it('with bytes behind it that holds gzip of several members is read whole', async () => {
    const inner = Buffer.concat([gzipSync(long), gzipSync(more)]);
    const { records } = await readBytes('e', Buffer.concat([gzipSync(inner), Buffer.from('x')]));
    expect(records).toHaveLength(2001);
  });
});

describe('zstd and zip', () => {
  const frame = zstdFrame(long);
  const zip = zipOf({ name: 'e', content: long });

  it.each([
    ['zstd', frame, 'its zstd data is cut off'],
    ['zip', zip, 'its zip data is cut off'],
    ['stored zip', zipOf({ name: 'e', content: long, isStored: true }), 'its zip data is cut off'],
    ['streamed zip', zipOf({ name: 'e', content: long, hasDescriptor: true }), 'its zip data is cut off'],
  ])('%s cut off half-way yields the lines before', async (_kind, bytes, words) => {
    const { lines: read, fault, readable } = await linesOf(bytes.subarray(0, bytes.length / 2));
    expect(read).toBeGreaterThan(500);
    expect(fault).toBe(`${words}; what came before is in the report`);
    expect(readable).toBe('part');
  });

  it('a wrong checksum is seen', async () => {
    const zst = packed('level19.zst');
    expect((await readBytes('e', flipped(zst, zst.length - 1))).result.fault).toMatch(/zstd .*checksum/);
    expect((await readBytes('e', flipped(zip, 15))).result.fault).toMatch(/zip .*checksum/);
  });

  it('every flipped byte of a zstd frame is seen, or changes nothing', async () => {
    const zst = packed('level19.zst');
    const { records } = await readBytes('e', zst);
    const unseen: number[] = [];
    for (let at = 0; at < zst.length; at += 1) {
      const read = await readBytes('e', flipped(zst, at));
      // Other bytes in front are no zstd any more.
      const isSeen = read.result.fault !== null || read.records.length !== records.length;
      if (!isSeen && inShort(read.records).join() !== inShort(records).join()) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });

  it('bytes behind zstd data are told; those behind a zip are its directory', async () => {
    expect(await linesOf(Buffer.concat([frame, Buffer.from('more')]))).toMatchObject({
      lines: 2000,
      fault:
        '4 bytes after its zstd data were not read: they are not zstd; what came before is in the report',
    });
    expect(await linesOf(zip)).toMatchObject({ lines: 2000, fault: null });
    expect(await linesOf(Buffer.concat([zip, Buffer.alloc(70_000)]))).toMatchObject({ fault: null });
  });

  it.each([
    ['another zip behind it', Buffer.concat([zip, zip]), / bytes after its zip data were not read/],
    ['text behind it', Buffer.concat([zip, Buffer.from('more')]), /^4 bytes after its zip data/],
    ['text behind zeros', Buffer.concat([zip, Buffer.from('\0\0x')]), /^3 bytes after its zip data/],
    ['no end of its directory', zip.subarray(0, -1), /^its zip data is cut off/],
    ['half a directory', zip.subarray(0, -40), /^its zip data is cut off/],
    ['no directory', zip.subarray(0, zip.lastIndexOf('PK\u0001\u0002')), /^its zip data is cut off/],
    ['a damaged directory', flipped(zip, zip.lastIndexOf('PK\u0005\u0006')), /^its zip directory is damaged/],
  ])('a zip with %s says so', async (_words, bytes, fault) => {
    const read = await linesOf(bytes);
    expect(read.lines).toBe(2000);
    expect(read.fault).toMatch(fault);
  });

  it.each([
    [
      'a skippable frame',
      Buffer.concat([Buffer.from('502a4d1803000000aabbcc', 'hex'), zstdFrame(more)]),
      null,
    ],
    [
      'a dictionary',
      Buffer.from('28b52ffd01380700', 'hex'),
      'it was packed with a zstd dictionary: pack it without',
    ],
    ['a window of 2 GiB', Buffer.from('28b52ffd00a8', 'hex'), expect.stringContaining('--long')],
    [
      'a wrong block',
      Buffer.from('28b52ffd0038070000', 'hex'),
      expect.stringContaining('a block cannot be read'),
    ],
  ])('zstd with %s', async (_words, bytes, fault) => {
    expect((await readBytes('e', bytes)).result.fault).toEqual(fault);
  });

  it.each([
    ['no file', zipOf(), 'it is a zip without a file in it'],
    ['a folder only', zipOf({ name: 'd/', content: Buffer.alloc(0) }), 'it is a zip without a file in it'],
    [
      'a stored file of unknown length',
      zipOf({ name: 'e', content: more, isStored: true, hasDescriptor: true }),
      'it is a zip whose file is stored without its length: unpack it, or pack it with gzip',
    ],
  ])('a zip with %s', async (_words, bytes, fault) => {
    expect((await readBytes('e', bytes)).result).toMatchObject({ fault, readable: 'none' });
  });

  it('an empty file is read, an empty packed one was cut off', async () => {
    expect((await readBytes('e.ndjson', Buffer.alloc(0))).result).toMatchObject({
      fault: null,
      readable: 'all',
    });
    for (const name of ['e.gz', 'e.NDJSON.GZ', 'e.zst', 'e.zip', 'e.gz.part']) {
      expect((await readBytes(name, Buffer.alloc(0))).result.fault).toMatch(
        /^it is empty, so its \w+ data was cut off$/,
      );
    }
  });

  it('what is packed too often is not unpacked for ever', async () => {
    let bytes: Buffer = more;
    for (let times = 0; times < 4; times += 1) bytes = gzipSync(bytes);
    expect((await readBytes('e', bytes)).result.fault).toBeNull();
    expect((await readBytes('e', gzipSync(bytes))).result).toMatchObject({
      fault: 'it is packed more than 4 times: unpack it',
      readable: 'none',
    });
  });
});

it('CRC-32 is the same with and without the native one', () => {
  expect(tableCrc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(tableCrc32(long.subarray(100), tableCrc32(long.subarray(0, 100)))).toBe(crc32(long));
});
