import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  /** Without compression. */
  readonly isStored?: boolean;
  /** Lengths and checksum behind the data, as a writer makes it that cannot go back. */
  readonly hasDescriptor?: boolean;
  readonly flags?: number;
}

/** Two gzip members, cut at any place. */
export function gzipMembers(bytes: Buffer, at = Math.floor(bytes.length / 2)): Buffer {
  return Buffer.concat([gzipSync(bytes.subarray(0, at)), gzipSync(bytes.subarray(at))]);
}

/** A Zstandard frame of uncompressed blocks, without checksum (RFC 8878). */
export function zstdFrame(bytes: Buffer, blockBytes = 100): Buffer {
  // No flags; a window of 128 KiB.
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38])];
  for (let from = 0; from === 0 || from < bytes.length; from += blockBytes) {
    const block = bytes.subarray(from, from + blockBytes);
    const head = Buffer.alloc(3);
    head.writeUIntLE(block.length * 8 + (from + blockBytes >= bytes.length ? 1 : 0), 0, 3);
    parts.push(head, block);
  }
  return Buffer.concat(parts);
}

/** A zip of these entries. */
export function zipOf(...entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, content, isStored = false, hasDescriptor = false, flags = 0 } = entry;
    const data = isStored ? content : deflateRawSync(content);
    const facts = Buffer.alloc(12);
    facts.writeUInt32LE(crc32(content), 0);
    facts.writeUInt32LE(data.length, 4);
    facts.writeUInt32LE(content.length, 8);
    const common = Buffer.alloc(10);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags + (hasDescriptor ? 8 : 0), 2);
    common.writeUInt16LE(isStored ? 0 : 8, 4);
    const lengths = Buffer.from([name.length, 0, 0, 0]);
    const descriptor = hasDescriptor ? Buffer.concat([mark(0x08074b50), facts]) : Buffer.alloc(0);
    const known = hasDescriptor ? Buffer.alloc(12) : facts;
    const local = Buffer.concat([mark(0x04034b50), common, known, lengths, Buffer.from(name)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      mark(0x02014b50),
      Buffer.from([20, 0]),
      common,
      facts,
      lengths.subarray(0, 4),
      rest,
      Buffer.from(name),
    );
    parts.push(local, data, descriptor);
    offset += local.length + data.length + descriptor.length;
  }
  return Buffer.concat([...parts, ...directory, mark(0x06054b50), Buffer.alloc(18)]);
}

function mark(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
