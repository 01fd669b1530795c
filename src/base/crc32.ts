import zlib from 'node:zlib';

/** CRC-32 as of gzip and zip, continued from `crc`. Node has it since 20.15; before, it is computed here. */
export function crc32(bytes: Buffer, crc = 0): number {
  const native: unknown = Reflect.get(zlib, 'crc32');
  return typeof native === 'function' ? zlib.crc32(bytes, crc) : tableCrc32(bytes, crc);
}

/** The same by a table: ISO 3309, polynomial 0xEDB88320 (reversed). */
export function tableCrc32(bytes: Buffer, crc = 0): number {
  const table = crcTable();
  let rest = ~crc;
  for (const byte of bytes) rest = (table[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}

function crcTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}
