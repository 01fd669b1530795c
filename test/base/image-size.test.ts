import { describe, expect, it } from 'vitest';
import { imageSize } from '../../src/base/image-size.js';

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('\u0089PNG\r\n\u001a\n', 0, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A frame header behind a segment and a fill byte. */
function jpeg(width: number, height: number, frame = 0xc0): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  const segment = [0xff, 0xe0, 0, 4, 1, 2];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, ...segment, 0xff, 0xff, frame, 0, 11, 8]),
    size,
    Buffer.alloc(6),
  ]);
}

describe('the size of a picture', () => {
  it('is read of a PNG and of a JPEG', () => {
    expect(imageSize(png(640, 48))).toEqual({ mediaType: 'image/png', width: 640, height: 48 });
    expect(imageSize(jpeg(300, 200))).toEqual({ mediaType: 'image/jpeg', width: 300, height: 200 });
  });

  it('is not read of a table whose marker lies among those of frames', () => {
    for (const table of [0xc4, 0xc8, 0xcc, 0xbf, 0xd0]) expect(imageSize(jpeg(300, 200, table))).toBeNull();
  });

  it.each([0xc0, 0xc1, 0xc2, 0xcf])('is read of every kind of frame: %d', (frame) => {
    expect(imageSize(jpeg(300, 200, frame))).toMatchObject({ width: 300, height: 200 });
  });

  it('is not known of anything else, nor of what is cut off', () => {
    for (const bytes of [
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
      png(1, 1).subarray(0, 20),
      jpeg(1, 1).subarray(0, 12),
    ]) {
      expect(imageSize(bytes)).toBeNull();
    }
  });
});
