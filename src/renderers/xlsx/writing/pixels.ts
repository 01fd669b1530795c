import { defaultRowHeight } from '../template/wrapped-height.js';

/** English Metric Units (EMU) of drawings, per pixel. */
export const unitsPerPixel = 9525;
export const pixelsPerPoint = 96 / 72;
/** Width of a digit and padding of a column, in the default font. */
const pixelsPerDigit = 7;
const columnPadding = 5;
/** Of a column that the template leaves unchanged, in characters. */
const usualWidth = 9;

export function columnPixels(width = usualWidth): number {
  return Math.floor(width * pixelsPerDigit) + columnPadding;
}

export const usualRowPixels = Math.floor(defaultRowHeight * pixelsPerPoint);
