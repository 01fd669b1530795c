import { startsLikeGzip } from './unpack-gzip.js';
import { startsLikeZip } from './unpack-zip.js';
import { startsLikeZstd } from './unpack-zstd.js';

/** What the beginning of a content looks like. */
export type Content =
  | { readonly kind: 'gzip' | 'zstd' | 'zip' | 'text' | 'utf-16le' | 'utf-16be' }
  /** `what` it looks like: `a tar archive`; `words` say so, and what to do. */
  | { readonly kind: 'foreign'; readonly what: string; readonly words: string };

/** So many first bytes are looked at. */
export const sniffedBytes = 64 * 1024;

/** So many lines without JSON are one content of another kind, and not that many damaged records. */
const manyLines = 100;

const unpackFirst = 'unpack it, or pack it with gzip';
const noEvents = 'such files hold no events: take it out of the source';

/** First bytes of contents that are not read: as Latin-1 text, where they stand, and what to do. */
const foreignContents: readonly (readonly [string, number, string, string])[] = [
  ['ustar', 257, 'a tar archive', unpackFirst],
  ['\xfd7zXZ\0', 0, 'xz data', unpackFirst],
  ['BZh', 0, 'bzip2 data', unpackFirst],
  ['\x04\x22\x4d\x18', 0, 'lz4 data', unpackFirst],
  ['\xff\x06\0\0sNaPpY', 0, 'snappy data', unpackFirst],
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7z archive', unpackFirst],
  ['Rar!\x1a\x07', 0, 'a rar archive', unpackFirst],
  ['LZIP', 0, 'lzip data', unpackFirst],
  ['\x1f\x9d', 0, 'data of compress (.Z)', unpackFirst],
  ['x\x01', 0, 'zlib data', unpackFirst],
  ['x\x5e', 0, 'zlib data', unpackFirst],
  ['x\x9c', 0, 'zlib data', unpackFirst],
  ['x\xda', 0, 'zlib data', unpackFirst],
  ['PAR1', 0, 'a Parquet file', 'export it as JSON'],
  ['Obj\x01', 0, 'an Avro file', 'export it as JSON'],
  ['ORC', 0, 'an ORC file', 'export it as JSON'],
  ['SQLite format 3\0', 0, 'an SQLite database', 'export it as JSON'],
  ['\xd0\xcf\x11\xe0', 0, 'an Office document', 'export it as JSON'],
  ['%PDF-', 0, 'a PDF document', noEvents],
  ['\x89PNG', 0, 'a PNG image', noEvents],
  ['\xff\xd8\xff', 0, 'a JPEG image', noEvents],
  ['GIF8', 0, 'a GIF image', noEvents],
  ['\x7fELF', 0, 'a program', noEvents],
  ['\0\0\xfe\xff', 0, 'UTF-32 text', 'write it as UTF-8'],
  ['\xff\xfe\0\0', 0, 'UTF-32 text', 'write it as UTF-8'],
];

/** Judges a content by its first bytes (at least `sniffedBytes` of them, or all that there are), never by its name. */
export function sniffContent(head: Buffer): Content {
  if (startsLikeGzip(head)) return { kind: 'gzip' };
  if (startsLikeZstd(head)) return { kind: 'zstd' };
  if (startsLikeZip(head)) return { kind: 'zip' };
  for (const [mark, at, words, advice] of foreignContents) {
    if (head.toString('latin1', at, at + mark.length) === mark) return foreign(words, advice);
  }
  return sniffUtf16(head) ?? sniffText(head.subarray(0, sniffedBytes));
}

function sniffUtf16(head: Buffer): Content | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { kind: 'utf-16le' };
  if (head[0] === 0xfe && head[1] === 0xff) return { kind: 'utf-16be' };
  // Without a byte order mark: JSON begins with two ASCII characters (RFC 4627, section 3).
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if (second === 0 && fourth === 0 && isJsonBegin(first, third)) return { kind: 'utf-16le' };
  if (first === 0 && third === 0 && isJsonBegin(second, fourth)) return { kind: 'utf-16be' };
  return null;
}

function isJsonBegin(first: number, second: number): boolean {
  return '{[ \r\n\t'.includes(String.fromCharCode(first)) && first > 0 && second >= 0x09 && second < 0x7f;
}

function sniffText(head: Buffer): Content {
  const text = head.toString('utf8');
  const odd = countOdd(text);
  const lines = text.replaceAll('\u001E', '\n');
  const hasJson = /^[ \t\uFEFF]*(\{[ \t]*(["}\r]|$)|\[[ \t]*([{["\]\r]|$))/m.test(lines);
  if (odd > text.length * (hasJson ? 0.3 : 0.05) && (odd > 8 || text.includes('\0')))
    return foreign('binary data of an unknown kind', noEvents);
  if (/^\uFEFF?\s*<[?!a-z]/i.test(text)) return foreign('XML or HTML text', 'export it as JSON');
  if (!hasJson && (text.match(/^.*\S/gm)?.length ?? 0) > manyLines)
    return foreign('text that is not JSON', 'export it as JSON, or take it out of the source');
  return { kind: 'text' };
}

/** Characters that text does not have. The replacement character stands for bytes that are not UTF-8. */
function countOdd(text: string): number {
  let odd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    const isSeparator = char === 0x1e || (char >= 0x09 && char <= 0x0d);
    if ((char < 0x20 && !isSeparator) || char === 0x7f || char === 0xfffd) odd += 1;
  }
  return odd;
}

function foreign(what: string, advice: string): Content {
  return { kind: 'foreign', what, words: `it looks like ${what}, and nothing of it was read: ${advice}` };
}
