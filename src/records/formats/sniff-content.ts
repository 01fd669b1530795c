import { reasonWords } from '../../model/reasons/reason-words.js';
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

const unpackFirst = reasonWords('unpackOrGzip');
const noEvents = reasonWords('holdsNoEvents');

/** First bytes of contents that are not read: as Latin-1 text, where they stand, and what to do. */
const foreignContents: readonly (readonly [string, number, string, string])[] = [
  ['ustar', 257, reasonWords('isTar'), unpackFirst],
  ['\xfd7zXZ\0', 0, reasonWords('isXz'), unpackFirst],
  ['BZh', 0, reasonWords('isBzip2'), unpackFirst],
  ['\x04\x22\x4d\x18', 0, reasonWords('isLz4'), unpackFirst],
  ['\xff\x06\0\0sNaPpY', 0, reasonWords('isSnappy'), unpackFirst],
  ['7z\xbc\xaf\x27\x1c', 0, reasonWords('is7z'), unpackFirst],
  ['Rar!\x1a\x07', 0, reasonWords('isRar'), unpackFirst],
  ['LZIP', 0, reasonWords('isLzip'), unpackFirst],
  ['\x1f\x9d', 0, reasonWords('isCompress'), unpackFirst],
  ['x\x01', 0, reasonWords('isZlib'), unpackFirst],
  ['x\x5e', 0, reasonWords('isZlib'), unpackFirst],
  ['x\x9c', 0, reasonWords('isZlib'), unpackFirst],
  ['x\xda', 0, reasonWords('isZlib'), unpackFirst],
  ['PAR1', 0, reasonWords('isParquet'), reasonWords('exportAsJson')],
  ['Obj\x01', 0, reasonWords('isAvro'), reasonWords('exportAsJson')],
  ['ORC', 0, reasonWords('isOrc'), reasonWords('exportAsJson')],
  ['SQLite format 3\0', 0, reasonWords('isSqlite'), reasonWords('exportAsJson')],
  ['\xd0\xcf\x11\xe0', 0, reasonWords('isOffice'), reasonWords('exportAsJson')],
  ['%PDF-', 0, reasonWords('isPdf'), noEvents],
  ['\x89PNG', 0, reasonWords('isPng'), noEvents],
  ['\xff\xd8\xff', 0, reasonWords('isJpeg'), noEvents],
  ['GIF8', 0, reasonWords('isGif'), noEvents],
  ['\x7fELF', 0, reasonWords('isProgram'), noEvents],
  ['\0\0\xfe\xff', 0, reasonWords('isUtf32'), reasonWords('writeAsUtf8')],
  ['\xff\xfe\0\0', 0, reasonWords('isUtf32'), reasonWords('writeAsUtf8')],
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
    return foreign(reasonWords('isBinary'), noEvents);
  if (/^\uFEFF?\s*<[?!a-z]/i.test(text)) return foreign(reasonWords('isMarkup'), reasonWords('exportAsJson'));
  if (!hasJson && (text.match(/^.*\S/gm)?.length ?? 0) > manyLines)
    return foreign(reasonWords('isOtherText'), reasonWords('exportOrTakeOut'));
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
  return { kind: 'foreign', what, words: reasonWords('foreignContent', { what, advice }) };
}
