import { imageSize } from '../../../base/image-size.js';
import { Failure } from '../../../errors.js';
import type { Branding } from '../../view/branding.js';

/** A picture that a workbook can hold. */
export interface LogoPicture {
  readonly extension: 'png' | 'jpeg';
  readonly bytes: Buffer;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Width of the picture made from an SVG, in pixels: sharp in print at the size of a row. */
const drawnWidth = 600;

/**
 * The logo as a picture for a workbook; null if there is none. An SVG becomes a PNG, since not every spreadsheet
 * program shows SVG.
 *
 * @throws Failure('usage') if it is not a picture of its type
 */
export async function workbookLogo(logo: Branding['logo']): Promise<LogoPicture | null> {
  if (logo === null) return null;
  const bytes = Buffer.from(logo.base64, 'base64');
  if (logo.mediaType === 'image/svg+xml') return drawnPicture(bytes);
  const size = imageSize(bytes);
  if (size === null || size.mediaType !== logo.mediaType)
    throw new Failure('usage', `branding.logo: it cannot be read as a picture of type ${logo.mediaType}`, {
      hints: ['Use a .png, .jpg or .svg file.'],
    });
  const { mediaType, width, height } = size;
  return { extension: mediaType === 'image/jpeg' ? 'jpeg' : 'png', bytes, width, height };
}

async function drawnPicture(drawing: Buffer): Promise<LogoPicture> {
  // Loaded on demand: it takes longer than reading the template.
  const { Resvg } = await import('@resvg/resvg-js');
  const options = {
    fitTo: { mode: 'width', value: drawnWidth },
    // The machine's fonts would make the bytes depend on the machine.
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
