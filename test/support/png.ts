import { deflateSync, inflateSync } from 'node:zlib';

/** What a PNG of 8 bits a channel with alpha says of itself, and its rows, each with its filter byte before it. */
export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  readonly rows: Buffer;
}

/** Decodes a PNG (RFC 2083); throws Error for what is none. */
export function decodePng(bytes: Buffer): DecodedPng {
  if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('no PNG');
  const data: Buffer[] = [];
  for (let offset = 8; offset < bytes.length;) {
    const length = bytes.readUInt32BE(offset);
    const type = bytes.toString('latin1', offset + 4, offset + 8);
    if (type === 'IDAT') data.push(bytes.subarray(offset + 8, offset + 8 + length));
    offset += length + 12;
  }
  const rows = inflateSync(Buffer.concat(data));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), rows };
}

/** The beginning of a PNG of a size: enough for who only asks how large it is. */
export function pngOfSize(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.write('\u0089PNG\r\n\u001a\n', 'latin1');
  bytes.writeUInt32BE(13, 8);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return Buffer.concat([bytes, deflateSync('')]);
}
