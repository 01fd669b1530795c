import type { PictureSize } from './mail-pictures.js';

/** Pixels for one CSS pixel: screens of phones and of newer computers have as many. */
export const pixelDensity = 2;

/** An SVG that can be drawn. */
export interface Drawing {
  /** As the SVG says. */
  readonly size: PictureSize;
  /** As PNG, so many CSS pixels broad. */
  draw(width: number): Buffer;
}

/**
 * Reads an SVG. It is drawn without any font, so that the bytes are the same on every machine: text in it is not seen.
 * Throws Error for what is no SVG.
 */
export async function openDrawing(svg: string | Buffer): Promise<Drawing> {
  // Loaded here, because it is a native module of some megabytes that only a plan with a mail needs.
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
