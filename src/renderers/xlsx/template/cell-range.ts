import type { CellRange } from './template-model.js';

/** Column number from letters: `A` -> 1, `AB` -> 28. */
export function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** Column letters from a number: 28 -> `AB`. */
export function columnLetters(column: number): string {
  const last = (column - 1) % 26;
  const before = column - 1 - last;
  return (before === 0 ? '' : columnLetters(before / 26)) + String.fromCharCode(65 + last);
}

/** `A4:R5` or `$A$4`; null if it is not a cell range. */
export function parseRange(written: string): CellRange | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$/.exec(written);
  if (found === null) return null;
  const [, left = '', top = '', right = left, bottom = top] = found;
  return { top: Number(top), left: columnNumber(left), bottom: Number(bottom), right: columnNumber(right) };
}

/** `A4:R5`; `A4` for a single cell. */
export function rangeText({ top, left, bottom, right }: CellRange): string {
  const first = `${columnLetters(left)}${top}`;
  const last = `${columnLetters(right)}${bottom}`;
  return first === last ? first : `${first}:${last}`;
}

/** `'Jobs'!$A$4:$R$5` */
export function absoluteRange(sheet: string, { top, left, bottom, right }: CellRange): string {
  const first = `$${columnLetters(left)}$${top}`;
  return `${quotedSheet(sheet)}!${first}:$${columnLetters(right)}$${bottom}`;
}

export function quotedSheet(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}

/** `'Jobs'` or `Jobs` as a formula writes it -> `Jobs` */
export function unquotedSheet(written: string): string {
  return written.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'");
}
