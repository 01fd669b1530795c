/** In points; for a row in the default font size of 11 points. */
export const defaultRowHeight = 15;

const maxRowPoints = 409;
const usualFontSize = 11;
/** A column's width counts digits; letters of a sentence are narrower, bold ones a little less so. */
const lettersPerDigit = 1.1;
const boldLettersPerDigit = 0.95;

/** How many letters fit on one line of a column. */
export function lettersPerLine(width: number, fontSize = usualFontSize, isBold = false): number {
  const letters = isBold ? boldLettersPerDigit : lettersPerDigit;
  return Math.max(1, (width * letters * usualFontSize) / fontSize);
}

/** Height of a line of text, in points. */
export function linePoints(fontSize = usualFontSize): number {
  return (defaultRowHeight * fontSize) / usualFontSize;
}

/** Height in points of a row that shows a whole wrapped text. LibreOffice and others do not compute it themselves. */
export function wrappedHeight(text: string, letters: number, points: number): number {
  let lines = 0;
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / letters));
  return Math.min(lines * points, maxRowPoints);
}
