import type { ByteReader } from './byte-reader.js';
import type { FileResult } from './file-result.js';
import { inflateMember } from './inflate-member.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Longer names and comments in a gzip header are damage. */
const maxFieldBytes = 64 * 1024;

/** Bits of the header's flags (RFC 1952, section 2.3.1). */
const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

export function startsLikeGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b;
}

/**
 * Unpacks gzip data of any number of members (RFC 1952), each checked by its length and checksum. Zeros after a member
 * are padding. Nothing that was unpacked before a fault is lost.
 */
export async function* unpackGzip(reader: ByteReader, result: FileResult): AsyncGenerator<Buffer> {
  do {
    const header = await readHeader(reader);
    if (header !== 'whole') {
      result.fault ??= header === 'cut off' ? cutOff : damaged(reasonWords('headerUnreadable'));
      return;
    }
    const { end, words, bytes, crc } = yield* inflateMember(reader);
    const trailer = end === 'whole' ? await reader.take(8) : null;
    if (end === 'damaged') return void (result.fault ??= damaged(words));
    if (trailer === null) return void (result.fault ??= cutOff);
    if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== bytes % 2 ** 32) {
      result.fault ??= reasonWords('packedDoubtful', { format: 'gzip', why: reasonWords('checksumWrong') });
      return;
    }
    await skipZeros(reader);
  } while (startsLikeGzip(await reader.peek(2)));
  let unread = 0;
  for await (const bytes of reader.rest()) unread += bytes.length;
  if (unread > 0) result.fault ??= reasonWords('packedRestUnread', { bytes: unread, format: 'gzip' });
}

const cutOff = reasonWords('packedCutOff', { format: 'gzip' });

function damaged(words: string): string {
  return reasonWords('packedDamaged', { format: 'gzip', why: words });
}

async function skipZeros(reader: ByteReader): Promise<void> {
  for (let bytes = await reader.next(); bytes !== null; bytes = await reader.next()) {
    const at = bytes.findIndex((byte) => byte !== 0);
    if (at < 0) continue;
    reader.putBack(bytes.subarray(at));
    return;
  }
}

async function readHeader(reader: ByteReader): Promise<'whole' | 'cut off' | 'damaged'> {
  const fixed = await reader.take(10);
  if (fixed === null) return 'cut off';
  const flags = fixed[3] ?? 0;
  // 8 is DEFLATE, the only method there is; the upper flags are reserved.
  if (fixed[2] !== 8 || flags >= 32) return 'damaged';
  if ((flags & flag.extra) !== 0) {
    const length = await reader.take(2);
    if (length === null || (await reader.take(length.readUInt16LE(0))) === null) return 'cut off';
  }
  for (const field of [flag.name, flag.comment]) {
    const end = (flags & field) === 0 ? 'whole' : await skipText(reader);
    if (end !== 'whole') return end;
  }
  if ((flags & flag.headerCrc) !== 0 && (await reader.take(2)) === null) return 'cut off';
  return 'whole';
}

/** A text that a zero byte ends. */
async function skipText(reader: ByteReader): Promise<'whole' | 'cut off' | 'damaged'> {
  for (let length = 256; length <= maxFieldBytes; length *= 2) {
    const held = await reader.peek(length);
    const end = held.indexOf(0);
    if (end >= 0) {
      await reader.take(end + 1);
      return 'whole';
    }
    if (held.length < length) return 'cut off';
  }
  return 'damaged';
}
