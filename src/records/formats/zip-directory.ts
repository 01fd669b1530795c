import type { ByteReader } from './byte-reader.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

interface Part {
  /** Bytes of it that are always there. */
  readonly fixed: number;
  /** Bytes that follow these. */
  readonly more: (fixed: Buffer) => number;
}

/** What stands behind the files of a zip, by its mark (APPNOTE.TXT of PKWARE, section 4.3.6). */
const parts: ReadonlyMap<number, Part> = new Map<number, Part>([
  [0x02014b50, { fixed: 46, more: (at) => at.readUInt16LE(28) + at.readUInt16LE(30) + at.readUInt16LE(32) }],
  [0x05054b50, { fixed: 6, more: (at) => at.readUInt16LE(4) }],
  [0x06064b50, { fixed: 12, more: (at) => Number(at.readBigUInt64LE(4)) }],
  [0x07064b50, { fixed: 20, more: () => 0 }],
]);
const endMark = 0x06054b50;
const end: Part = { fixed: 22, more: (at) => at.readUInt16LE(20) };

/**
 * Reads the directory of a zip to its end. Returns what is wrong: it ends too early, or there is more behind it, such as
 * a second zip, which is not read. Zeros are no more: they fill up blocks. null: nothing is wrong.
 */
export async function readZipDirectory(reader: ByteReader): Promise<string | null> {
  for (;;) {
    const head = await reader.peek(4);
    if (head.length < 4) return reasonWords('packedCutOff', { format: 'zip' });
    const mark = head.readUInt32LE(0);
    const part = mark === endMark ? end : parts.get(mark);
    if (part === undefined) return reasonWords('zipDirectoryDamaged');
    const fixed = await reader.take(part.fixed);
    if (fixed === null || !(await passOver(reader, part.more(fixed))))
      return reasonWords('packedCutOff', { format: 'zip' });
    if (mark === endMark) return await faultBehind(reader);
  }
}

/** Whether there are as many bytes. */
async function passOver(reader: ByteReader, bytes: number): Promise<boolean> {
  let left = bytes;
  while (left > 0) {
    const piece = await reader.next(left);
    if (piece === null) return false;
    left -= piece.length;
  }
  return true;
}

async function faultBehind(reader: ByteReader): Promise<string | null> {
  let bytes = 0;
  let isFilling = true;
  for (let piece = await reader.next(); piece !== null; piece = await reader.next()) {
    bytes += piece.length;
    isFilling &&= piece.every((each) => each === 0);
  }
  return isFilling ? null : reasonWords('zipRestUnread', { bytes });
}
