import type { FileResult } from './file-result.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** A byte that stands in no UTF-8 text: the record that it is in becomes unreadable. */
const noText = Buffer.from([0xff]);

/** UTF-16 as UTF-8, chunk by chunk. A half of a surrogate pair becomes a byte that is not UTF-8. */
export async function* decodeUtf16(
  chunks: AsyncIterable<Buffer>,
  isBigEndian: boolean,
  result: FileResult,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    let end = bytes.length - (bytes.length % 2);
    if (end >= 2 && isHighSurrogate(bytes[end - (isBigEndian ? 2 : 1)] ?? 0)) end -= 2;
    rest = bytes.subarray(end);
    // bytes is a copy, so that it may be swapped in place.
    const units = bytes.subarray(0, end);
    yield* encode((isBigEndian ? units.swap16() : units).toString('utf16le'));
  }
  if (rest.length > 0) {
    result.fault ??= reasonWords('utf16CutOff');
    yield noText;
  }
}

function isHighSurrogate(upperByte: number): boolean {
  return upperByte >= 0xd8 && upperByte <= 0xdb;
}

function* encode(text: string): Generator<Buffer> {
  if (text.isWellFormed()) {
    if (text !== '') yield Buffer.from(text);
    return;
  }
  // With the flag u, a surrogate that is matched stands alone.
  const parts = text.split(/\p{Surrogate}/u);
  for (const [index, part] of parts.entries()) {
    if (index > 0) yield noText;
    if (part !== '') yield Buffer.from(part);
  }
}
