import { Decompress } from 'fzstd';
import xxhash, { type XXHash } from 'xxhash-wasm';
import { explainError } from '../../errors.js';
import type { ByteReader } from './byte-reader.js';
import type { FileResult } from './file-result.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** What the zstd program itself unpacks without being asked. */
const maxWindowBytes = 128 * 1024 * 1024;
const maxBlockBytes = 128 * 1024;

const cutOff = reasonWords('packedCutOff', { format: 'zstd' });

interface FrameHeader {
  readonly bytes: Buffer;
  readonly hasChecksum: boolean;
  /** Bytes of its content, where it says so. */
  readonly contentBytes: number | null;
}

export function startsLikeZstd(first: Buffer): boolean {
  return isFrame(first) || isSkippable(first);
}

/**
 * Unpacks Zstandard data of any number of frames (RFC 8878), block by block. The library does not look at checksums, so
 * they are checked here, where a frame has one.
 */
export async function* unpackZstd(reader: ByteReader, result: FileResult): AsyncGenerator<Buffer> {
  const { create64 } = await xxhash();
  for (let head = await reader.peek(4); startsLikeZstd(head); head = await reader.peek(4)) {
    const fault = isFrame(head) ? yield* unpackFrame(reader, create64()) : await skipFrame(reader);
    if (fault === null) continue;
    result.fault ??= fault;
    return;
  }
  let unread = 0;
  for await (const bytes of reader.rest()) unread += bytes.length;
  if (unread > 0) result.fault ??= reasonWords('packedRestUnread', { bytes: unread, format: 'zstd' });
}

/** The next frame's content. Returns what is wrong with it; null where nothing is. */
async function* unpackFrame(reader: ByteReader, hash: XXHash<bigint>): AsyncGenerator<Buffer, string | null> {
  const header = await readFrameHeader(reader);
  if (typeof header === 'string') return header;
  let output: Buffer[] = [];
  const frame = new Decompress((bytes) => void output.push(Buffer.from(bytes)));
  let contentBytes = 0;
  let unread = header.bytes;
  for (let isLast = false; !isLast; unread = Buffer.alloc(0)) {
    const block = await readBlock(reader);
    if (typeof block === 'string') return block;
    isLast = block.isLast;
    const trailer = isLast && header.hasChecksum ? await reader.take(4) : Buffer.alloc(0);
    output = [];
    try {
      frame.push(Buffer.concat([unread, block.bytes, trailer ?? Buffer.alloc(4)]), isLast);
    } catch (error) {
      return damaged(explainError(error));
    }
    for (const bytes of output) {
      contentBytes += bytes.length;
      hash.update(bytes);
      yield bytes;
    }
    if (trailer === null) return cutOff;
    if (trailer.length > 0 && trailer.readUInt32LE(0) !== Number(hash.digest() & 0xffffffffn))
      return reasonWords('packedDoubtful', { format: 'zstd', why: reasonWords('checksumWrong') });
  }
  if (header.contentBytes !== null && header.contentBytes !== contentBytes)
    return reasonWords('packedDoubtful', { format: 'zstd', why: reasonWords('lengthWrong') });
  return null;
}

/** RFC 8878, section 3.1.1.1. A text says why the frame cannot be read. */
async function readFrameHeader(reader: ByteReader): Promise<FrameHeader | string> {
  const flags = (await reader.peek(5))[4];
  if (flags === undefined) return cutOff;
  const isSingle = (flags & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  const windowAt = 5;
  const dictionaryAt = windowAt + (isSingle ? 0 : 1);
  const sizeAt = dictionaryAt + dictionaryBytes;
  const bytes = await reader.take(sizeAt + sizeBytes);
  if (bytes === null) return cutOff;
  if ((flags & 8) !== 0) return damaged(reasonWords('headerUnreadable'));
  if (bytes.subarray(dictionaryAt, sizeAt).some((byte) => byte !== 0)) return reasonWords('zstdDictionary');
  const contentBytes = sizeBytes === 0 ? null : readSize(bytes.subarray(sizeAt));
  const windowBytes = isSingle ? (contentBytes ?? 0) : windowSize(bytes[windowAt] ?? 0);
  if (windowBytes > maxWindowBytes)
    return reasonWords('zstdWindow', { bytes: windowBytes, most: maxWindowBytes });
  return { bytes, hasChecksum: (flags & 4) !== 0, contentBytes };
}

function readSize(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE(0));
  // The field of two bytes counts from 256.
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}

async function readBlock(
  reader: ByteReader,
): Promise<{ readonly bytes: Buffer; readonly isLast: boolean } | string> {
  const head = (await reader.peek(3)).subarray(0, 3);
  if (head.length < 3) return cutOff;
  const bits = head.readUIntLE(0, 3);
  const type = (bits >>> 1) & 3;
  const size = bits >>> 3;
  if (type === 3 || size > maxBlockBytes) return damaged(reasonWords('blockUnreadable'));
  // 1: one byte, `size` times.
  const bytes = await reader.take(3 + (type === 1 ? 1 : size));
  return bytes === null ? cutOff : { bytes, isLast: (bits & 1) === 1 };
}

async function skipFrame(reader: ByteReader): Promise<string | null> {
  const head = await reader.take(8);
  if (head === null) return cutOff;
  for (let left = head.readUInt32LE(4); left > 0;) {
    const piece = await reader.next(left);
    if (piece === null) return cutOff;
    left -= piece.length;
  }
  return null;
}

function damaged(words: string): string {
  return reasonWords('packedDamagedBefore', { format: 'zstd', why: words });
}

function isFrame(first: Buffer): boolean {
  return first.length >= 4 && first.readUInt32LE(0) === 0xfd2fb528;
}

function isSkippable(first: Buffer): boolean {
  return first.length >= 4 && first.readUInt32LE(0) >>> 4 === 0x184d2a5;
}
