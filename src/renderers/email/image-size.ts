import type { PictureSize } from './mail-pictures.js';

/** Size of a PNG (RFC 2083, 11.2.1) or a JPEG (ISO/IEC 10918-1, B.2.2) in pixels; null where it is neither. */
export function imageSize(bytes: Buffer): PictureSize | null {
  return pngSize(bytes) ?? jpegSize(bytes);
}

function pngSize(bytes: Buffer): PictureSize | null {
  const isPng = bytes.length >= 24 && bytes.toString('latin1', 0, 8) === '\u0089PNG\r\n\u001a\n';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null;
}

function jpegSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let offset = 2;
  while (offset + 9 <= bytes.length && bytes[offset] === 0xff) {
    const marker = bytes[offset + 1] ?? 0;
    if (isFrame(marker)) {
      return { width: bytes.readUInt16BE(offset + 7), height: bytes.readUInt16BE(offset + 5) };
    }
    // A marker may be preceded by fill bytes.
    offset += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(offset + 2);
  }
  return null;
}

/** SOF0 to SOF15, but not the tables that have numbers in between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
