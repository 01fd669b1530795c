import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { zipOf, zstdFrame } from '../support/packed-bytes.js';
import { readBytes } from '../support/read-bytes.js';

const lines = Buffer.from('{"a":1}\n{"a":2}\n');
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('what a file was found to be', () => {
  it.each<[string, Buffer, string[]]>([
    ['lines', lines, ['JSON lines']],
    ['one object', Buffer.from('{"a":1}'), ['JSON lines']],
    ['a list', Buffer.from('[{"a":1},\n{"a":2}]'), ['JSON list']],
    ['an indented object', Buffer.from('{\n "a": 1\n}\n'), ['JSON of several lines']],
    ['a sequence', Buffer.from('\u001E{"a":1}\n\u001E{"a":2}\n'), ['JSON sequence and JSON lines']],
    ['lines and a list', Buffer.from('{"a":1}\n[{"a":2}]\n'), ['JSON lines and JSON list']],
    ['lines of which one is none', Buffer.from('{"a":1}\nno JSON\n'), ['JSON lines and other lines']],
    ['damage alone', Buffer.from('{"a":'), ['text']],
    ['nothing', Buffer.alloc(0), []],
    ['gzip', gzipSync(lines), ['gzip', 'JSON lines']],
    ['gzip of gzip', gzipSync(gzipSync(lines)), ['gzip', 'gzip', 'JSON lines']],
    ['zstd', zstdFrame(lines), ['zstd', 'JSON lines']],
    ['a zip', zipOf({ name: 'a', content: lines }), ['zip of one file', 'JSON lines']],
    ['UTF-16', utf16('[{"a":1}]'), ['UTF-16 text (little-endian)', 'JSON list']],
    ['UTF-16, big-endian', utf16('[{"a":1}]').swap16(), ['UTF-16 text (big-endian)', 'JSON list']],
    ['a packed PDF', gzipSync(Buffer.from('%PDF-1.7')), ['gzip', 'a PDF document']],
  ])('%s', async (_words, bytes, format) => {
    for (const chunkBytes of [Infinity, 3]) {
      const { result } = await readBytes('file', bytes, chunkBytes);
      expect(result.format).toEqual(format);
    }
  });
});
