import type { ByteReader } from './byte-reader.js';
import { crc32 } from '../../base/crc32.js';
import type { FileResult } from './file-result.js';
import { type Inflated, inflateMember } from './inflate-member.js';
import { readZipDirectory } from './zip-directory.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const signature = {
  entry: 0x04034b50,
  directory: 0x02014b50,
  descriptor: 0x08074b50,
  end: 0x06054b50,
} as const;
const flag = { encrypted: 1, descriptor: 8 } as const;
const method = { stored: 0, deflated: 8 } as const;
/** In a 32-bit field: the size stands in the zip64 field instead. */
const inZip64 = 0xffffffff;
const advice = reasonWords('unpackOrGzip');
const cutOff = reasonWords('packedCutOff', { format: 'zip' });

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  /** Bytes as packed; null where they stand in the zip64 field or behind the data. */
  readonly size: number | null;
}

export function startsLikeZip(first: Buffer): boolean {
  const starts: readonly number[] = [signature.entry, signature.end, signature.descriptor];
  return first.length >= 4 && starts.includes(first.readUInt32LE(0));
}

/**
 * Unpacks a zip that holds exactly one file, from its beginning: it needs no central directory, so it works for streams
 * and for downloads that were cut off (APPNOTE.TXT of PKWARE, section 4.3). Folders, and
 * what macOS adds, are passed over.
 */
export async function* unpackZip(reader: ByteReader, result: FileResult): AsyncGenerator<Buffer> {
  let first: Entry | null = null;
  for (;;) {
    const next = await readEntry(reader);
    if (next === 'cut off' || next === 'damaged') {
      result.fault ??= next === 'cut off' ? cutOff : reasonWords('packedDamagedAt', { format: 'zip' });
      return;
    }
    if (next === null) break;
    if (isByTheWay(next)) {
      const entry = unpackEntry(reader, next);
      let step = await entry.next();
      while (step.done !== true) step = await entry.next();
      if (step.value === null) continue;
      result.fault ??= step.value;
      return;
    }
    if (first !== null) {
      const name = JSON.stringify(first.name);
      result.fault ??= reasonWords('zipOfSeveral', { name, advice });
      return;
    }
    const refusal = refusalOf(next);
    if (refusal !== null) {
      result.fault ??= refusal;
      return;
    }
    first = next;
    const fault = yield* unpackEntry(reader, next);
    if (fault === null) continue;
    result.fault ??= fault;
    return;
  }
  if (first === null) result.fault ??= reasonWords('zipEmpty');
  const fault = await readZipDirectory(reader);
  if (fault !== null) result.fault ??= fault;
  // To the very end, so that whoever gives the bytes can check them as a whole.
  while ((await reader.next()) !== null);
}

/** A folder, or what macOS adds about each file. */
function isByTheWay(entry: Entry): boolean {
  const isPlain = refusalOf(entry) === null;
  return isPlain && (entry.name.endsWith('/') || entry.name.startsWith('__MACOSX/'));
}

function refusalOf({ flags, method: packed, size }: Entry): string | null {
  if ((flags & flag.encrypted) !== 0) return reasonWords('zipEncrypted', { advice });
  if (packed !== method.stored && packed !== method.deflated)
    return reasonWords('zipMethod', { method: packed, advice });
  if (packed === method.stored && (size === null || (flags & flag.descriptor) !== 0))
    return reasonWords('zipNoLength', { advice });
  return null;
}

/** The header of the next entry; null where the central directory begins. */
async function readEntry(reader: ByteReader): Promise<Entry | 'cut off' | 'damaged' | null> {
  const head = await reader.peek(4);
  if (head.length < 4) return 'cut off';
  const kind = head.readUInt32LE(0);
  if (kind === signature.directory || kind === signature.end) return null;
  // A zip that was made for several disks begins with this mark.
  if (kind === signature.descriptor) await reader.take(4);
  else if (kind !== signature.entry) return 'damaged';
  const fixed = await reader.take(30);
  if (fixed === null) return 'cut off';
  if (fixed.readUInt32LE(0) !== signature.entry) return 'damaged';
  const name = await reader.take(fixed.readUInt16LE(26));
  const extra = await reader.take(fixed.readUInt16LE(28));
  if (name === null || extra === null) return 'cut off';
  const size = fixed.readUInt32LE(18);
  return {
    name: name.toString('utf8'),
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc: fixed.readUInt32LE(14),
    size: size === inZip64 ? zip64Size(extra) : size,
  };
}

/** The packed size in the zip64 field: it stands behind the unpacked size, 8 bytes each. */
function zip64Size(extra: Buffer): number | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1 || at + 20 > extra.length) continue;
    return Number(extra.readBigUInt64LE(at + 12));
  }
  return null;
}

/** The content of an entry. Returns what is wrong with it; null where nothing is. */
async function* unpackEntry(reader: ByteReader, entry: Entry): AsyncGenerator<Buffer, string | null> {
  const { end, words, crc } =
    entry.method === method.stored
      ? yield* readStored(reader, entry.size ?? 0)
      : yield* inflateMember(reader);
  if (end === 'cut off') return cutOff;
  if (end === 'damaged') return reasonWords('packedDamaged', { format: 'zip', why: words });
  const expected = (entry.flags & flag.descriptor) === 0 ? entry.crc : await readDescriptor(reader);
  if (expected === null) return cutOff;
  return expected === crc
    ? null
    : reasonWords('packedDoubtful', { format: 'zip', why: reasonWords('checksumWrong') });
}

async function* readStored(reader: ByteReader, size: number): AsyncGenerator<Buffer, Inflated> {
  let bytes = 0;
  let crc = 0;
  while (bytes < size) {
    const piece = await reader.next(size - bytes);
    if (piece === null) return { bytes, crc, end: 'cut off', words: '' };
    bytes += piece.length;
    crc = crc32(piece, crc);
    yield piece;
  }
  return { bytes, crc, end: 'whole', words: '' };
}

/** The checksum behind the data. Its mark is optional, and its two sizes have 4 or 8 bytes each. */
async function readDescriptor(reader: ByteReader): Promise<number | null> {
  const head = await reader.peek(28);
  const from = head.length >= 4 && head.readUInt32LE(0) === signature.descriptor ? 4 : 0;
  if (head.length < from + 4) return null;
  for (const sizes of [8, 16]) {
    const end = from + 4 + sizes;
    const next = head.length >= end + 4 ? head.readUInt32LE(end) : 0;
    if (next !== signature.entry && next !== signature.directory) continue;
    await reader.take(end);
    return head.readUInt32LE(from);
  }
  return null;
}
