import { imageSize } from '../../base/image-size.js';
import type { Branding } from '../view/branding.js';
import type { Picture, PictureSize } from './mail-pictures.js';
import { openDrawing } from './rasterise.js';

/** The space for a logo at the head of a mail, in CSS pixels. */
const room: PictureSize = { width: 200, height: 48 };

/**
 * The company's logo for a mail; null if mail clients cannot show it: an SVG is converted to PNG, unless it contains
 * text, whose fonts are unknown, or other pictures.
 */
export async function mailLogo({ logo }: Branding): Promise<Picture | null> {
  if (logo === null) return null;
  const bytes = Buffer.from(logo.base64, 'base64');
  if (logo.mediaType === 'image/svg+xml') return drawnLogo(bytes);
  const size = imageSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) return null;
  const contentType = logo.mediaType === 'image/png' ? 'image/png' : 'image/jpeg';
  // Never enlarged beyond its own pixels.
  return { ...fitInto(size, 1), contentType, bytes };
}

async function drawnLogo(svg: Buffer): Promise<Picture | null> {
  if (/<(?:\w+:)?(?:text|image|foreignObject)\b/i.test(svg.toString('utf8'))) return null;
  try {
    const drawing = await openDrawing(svg);
    const size = fitInto(drawing.size, Number.POSITIVE_INFINITY);
    return { ...size, contentType: 'image/png', bytes: drawing.draw(size.width) };
  } catch {
    // A logo that cannot be drawn is left out; the company's name is shown instead.
    return null;
  }
}

/** As large as the space allows. */
function fitInto({ width, height }: PictureSize, maxScale: number): PictureSize {
  const scale = Math.min(room.width / width, room.height / height, maxScale);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
