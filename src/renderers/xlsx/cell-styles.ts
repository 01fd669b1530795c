import type { Style } from 'exceljs';
import type { Tone } from '../labels.js';

/*
 * One object per style, shared by all cells that have it: exceljs looks a style up by its object, and a new object
 * per cell doubles the time of a large workbook.
 */

/** In every font: one without a name is shown in whatever the reader falls back to. */
const typeface = { name: 'Calibri', family: 2, size: 11 } as const;

const lines = { style: 'thin', color: { argb: 'FFD9DEE4' } } as const;

/** Fill and text of each tone; words stand in the cell, so colour is never alone. */
const toneColours: Readonly<Record<Tone, { readonly fill: string; readonly text: string }>> = {
  good: { fill: 'FFDDF3E4', text: 'FF14532D' },
  warn: { fill: 'FFFDECC8', text: 'FF6B4700' },
  bad: { fill: 'FFFBD9D7', text: 'FF8A1C13' },
  unknown: { fill: 'FFE8DDF8', text: 'FF4C2A85' },
  info: { fill: 'FFDCEBFB', text: 'FF12487F' },
  quiet: { fill: 'FFECEFF2', text: 'FF4A5561' },
};

export const headerStyle: Partial<Style> = {
  font: { ...typeface, bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF24425F' } },
  alignment: { vertical: 'middle', wrapText: true },
  border: { bottom: lines },
};

/** Over numbers, which stand at the right. */
export const countHeaderStyle: Partial<Style> = {
  ...headerStyle,
  alignment: { horizontal: 'right', vertical: 'middle', wrapText: true },
};

export const titleStyle: Partial<Style> = {
  font: { ...typeface, bold: true, size: 16, color: { argb: 'FF24425F' } },
  alignment: { vertical: 'middle' },
};
export const sectionStyle: Partial<Style> = {
  font: { ...typeface, bold: true, size: 12, color: { argb: 'FF24425F' } },
  border: { bottom: lines },
};
export const labelStyle: Partial<Style> = {
  font: { ...typeface, color: { argb: 'FF4A5561' } },
  alignment: { vertical: 'top', wrapText: true },
};
/** At the top, as every cell: beside a wrapped text the row is tall. */
export const plainStyle: Partial<Style> = { alignment: { vertical: 'top' } };
export const wrapStyle: Partial<Style> = { alignment: { wrapText: true, vertical: 'top' } };
export const timeStyle: Partial<Style> = {
  numFmt: 'yyyy-mm-dd hh:mm:ss',
  alignment: { horizontal: 'left', vertical: 'top' },
};
export const dateStyle: Partial<Style> = {
  numFmt: 'yyyy-mm-dd',
  alignment: { horizontal: 'left', vertical: 'top' },
};
export const durationStyle: Partial<Style> = { numFmt: '[h]:mm:ss', alignment: { vertical: 'top' } };
export const countStyle: Partial<Style> = { numFmt: '#,##0', alignment: { vertical: 'top' } };
export const percentStyle: Partial<Style> = { numFmt: '0.0%', alignment: { vertical: 'top' } };
/** A number among facts, which stand at the left. */
export const factCountStyle: Partial<Style> = {
  numFmt: '#,##0',
  alignment: { horizontal: 'left', vertical: 'top' },
};

export const toneStyles: Readonly<Record<Tone, Partial<Style>>> = {
  good: toneStyle('good'),
  warn: toneStyle('warn'),
  bad: toneStyle('bad'),
  unknown: toneStyle('unknown'),
  info: toneStyle('info'),
  quiet: toneStyle('quiet'),
};

function toneStyle(tone: Tone): Partial<Style> {
  const { fill, text } = toneColours[tone];
  return {
    font: { ...typeface, bold: tone === 'bad' || tone === 'unknown', color: { argb: text } },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: fill } },
    alignment: { vertical: 'top' },
  };
}

const linePoints = 15;
/** A column's width counts digits; letters of a sentence are narrower. */
const lettersPerDigit = 1.1;
const maxRowPoints = 409;

/**
 * Height of a row that shows the whole of a wrapped text, in points. LibreOffice and others do not find it out by
 * themselves.
 */
export function wrappedHeight(text: string, width: number): number {
  let rows = 0;
  for (const line of text.split('\n'))
    rows += Math.max(1, Math.ceil(line.length / (width * lettersPerDigit)));
  return Math.min(rows * linePoints, maxRowPoints);
}
