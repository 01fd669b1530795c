import { Failure } from '../../../errors.js';
import type { Branding } from '../../theme.js';

/** A picture that a workbook can hold. */
export interface LogoPicture {
  readonly extension: 'png' | 'jpeg';
  readonly bytes: Buffer;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Width of the picture that a drawing becomes, in pixels: sharp in print at the size of a row. */
const drawnWidth = 600;

/**
 * The logo as a picture for a workbook; null where there is none. A drawing (SVG) becomes a PNG, since not every
 * spreadsheet program shows drawings.
 *
 * @throws Failure('usage') for what is no picture of its type
 */
export async function workbookLogo(logo: Branding['logo']): Promise<LogoPicture | null> {
  if (logo === null) return null;
  const bytes = Buffer.from(logo.base64, 'base64');
  if (logo.mediaType === 'image/svg+xml') return drawnPicture(bytes);
  const size = logo.mediaType === 'image/jpeg' ? jpegSize(bytes) : pngSize(bytes);
  if (size === null)
    throw new Failure('usage', `branding.logo: it cannot be read as a picture of type ${logo.mediaType}`, {
      hints: ['Use a .png, .jpg or .svg file.'],
    });
  return { extension: logo.mediaType === 'image/jpeg' ? 'jpeg' : 'png', bytes, ...size };
}

async function drawnPicture(drawing: Buffer): Promise<LogoPicture> {
  // Loaded where it is needed: it takes longer than reading the template.
  const { Resvg } = await import('@resvg/resvg-js');
  const options = {
    fitTo: { mode: 'width', value: drawnWidth },
    // Fonts of the machine would make other bytes on another machine.
    font: { loadSystemFonts: false },
  } as const;
  try {
    const picture = new Resvg(drawing, options).render();
    return { extension: 'png', bytes: picture.asPng(), width: picture.width, height: picture.height };
  } catch (error) {
    throw new Failure('usage', 'branding.logo: the drawing cannot be read', {
      hints: ['Use a .png file.'],
      cause: error,
    });
  }
}

type Size = Pick<LogoPicture, 'width' | 'height'>;

/** Of the header, the first chunk of a PNG (www.w3.org/TR/png-3/#11IHDR). */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 24 || bytes.toString('latin1', 1, 4) !== 'PNG') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Of the frame header of a JPEG (ITU-T T.81, B.2.2): segments are gone through until it comes. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
