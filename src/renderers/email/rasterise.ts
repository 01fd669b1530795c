import type { PictureSize } from './mail-pictures.js';

/** Device pixels per CSS pixel, as on phones and recent computers. */
const pixelDensity = 2;

/** An SVG that can be drawn. */
export interface Drawing {
  /** As given by the SVG. */
  readonly size: PictureSize;
  /** As PNG, `width` CSS pixels wide. */
  draw(width: number): Buffer;
}

/**
 * Parses an SVG. It is drawn without fonts, so that the bytes are the same on every machine: text in it is invisible.
 * Throws Error if it is not an SVG.
 */
export async function openDrawing(svg: string | Buffer): Promise<Drawing> {
  // Loaded on demand: a native module of some megabytes that only plans with mail need.
  const { Resvg } = await import('@resvg/resvg-js');
  const options = { font: { loadSystemFonts: false }, logLevel: 'off' } as const;
  const { width, height } = new Resvg(svg, options);
  return {
    size: { width, height },
    draw: (shown) => {
      const fitTo = { mode: 'width', value: shown * pixelDensity } as const;
      return new Resvg(svg, { ...options, fitTo }).render().asPng();
    },
  };
}
