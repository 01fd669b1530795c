/** A part as it stands in the zip. */
export interface ZipEntry {
  readonly name: string;
  /** Where its header begins. */
  readonly offset: number;
  readonly crc: number;
  readonly bytes: number;
  readonly compressedBytes: number;
}

/** Of version 2.0: deflate. */
const versionNeeded = 20;
/** Made on Unix, with version 4.5. */
const madeBy = (3 << 8) | 45;
/** Sizes and checksum follow the part, because they are not known before it (4.4.4, bit 3). */
const sizesFollow = 0x0008;
const nameIsUtf8 = 0x0800;
const deflated = 8;
/** 1980-01-01, the earliest that a zip can tell; the document's own properties say when it was made. */
const date = 0x0021_0000;
/** A plain file that its owner may change, and everybody may read. */
const attributes = 0x81a4_0020;

/** Before a part (4.3.7). */
export function localHeader(name: string): Buffer {
  const bytes = Buffer.from(name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeKind(header, 4, name);
  header.writeUInt16LE(bytes.length, 26);
  return Buffer.concat([header, bytes]);
}

/** After a part (4.3.9). */
export function descriptor({ crc, bytes, compressedBytes }: ZipEntry): Buffer {
  const written = Buffer.alloc(16);
  written.writeUInt32LE(0x0807_4b50, 0);
  written.writeUInt32LE(crc, 4);
  written.writeUInt32LE(compressedBytes, 8);
  written.writeUInt32LE(bytes, 12);
  return written;
}

/** In the directory at the end (4.3.12). */
export function centralHeader({ name, offset, crc, bytes, compressedBytes }: ZipEntry): Buffer {
  const nameBytes = Buffer.from(name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(madeBy, 4);
  writeKind(header, 6, name);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(compressedBytes, 20);
  header.writeUInt32LE(bytes, 24);
  header.writeUInt16LE(nameBytes.length, 28);
  header.writeUInt32LE(attributes, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, nameBytes]);
}

/** Behind the directory (4.3.16). */
export function endOfZip(entries: number, directoryOffset: number, directoryBytes: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}

/** Version, flags, method and date, which both headers have in this order. */
function writeKind(header: Buffer, at: number, name: string): void {
  const isAscii = Buffer.byteLength(name) === name.length;
  header.writeUInt16LE(versionNeeded, at);
  header.writeUInt16LE(sizesFollow | (isAscii ? 0 : nameIsUtf8), at + 2);
  header.writeUInt16LE(deflated, at + 4);
  header.writeUInt32LE(date, at + 6);
}
