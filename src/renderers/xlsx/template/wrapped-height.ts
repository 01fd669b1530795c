/** In points; for a row in the default font size of 11 points. */
export const defaultRowHeight = 15;

/** In points: LibreOffice's default height for common fonts is a little less than Excel's. */
const ordinaryHeightRange = 2.5;

/** Spreadsheet programs write the height of every row: one close to the default was not set by a person. */
export function isOrdinaryHeight(points: number): boolean {
  return Math.abs(points - defaultRowHeight) <= ordinaryHeightRange;
}

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

/** Letters that a capital or a digit takes, at most. */
const wideLetter = 1.25;
/** From here on characters are as wide as two letters: East Asian ones, symbols. */
const firstDoubleWidth = 0x1100;

/**
 * Height in points of a row that shows a whole wrapped text. LibreOffice and others do not compute it themselves.
 *
 * @param letters how many fit on one line
 * @param points height of a line
 */
export function wrappedHeight(text: string, letters: number, points: number): number {
  // Most texts of a large day: the loop over them costs less than a regular expression.
  if (text.length <= letters && !text.includes('\n') && widthOf(text) <= letters) return points;
  let lines = 0;
  for (const line of text.split('\n')) {
    lines += linesOf(line, letters);
    if (lines * points >= maxRowPoints) return maxRowPoints;
  }
  return lines * points;
}

/** Words go to the next line as a whole; one that is longer than a line is broken. */
function linesOf(line: string, letters: number): number {
  let lines = 1;
  let used = 0;
  for (const word of line.split(/(?<=[ -])/)) {
    const width = widthOf(word);
    if (used > 0 && used + width > letters) {
      lines += 1;
      used = 0;
    }
    const more = Math.max(0, Math.ceil(width / letters) - 1);
    lines += more;
    used += width - more * letters;
  }
  return lines;
}

function widthOf(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at += 1) width += widthOfLetter(text.charCodeAt(at));
  return width;
}

/** Small letters, most signs: 1. Capitals, digits, Cyrillic and other scripts, and the widest small ones: more. */
function widthOfLetter(code: number): number {
  if (code >= firstDoubleWidth) return 2;
  const isNarrow =
    (code > 0x60 && code < 0x7b && code !== 0x6d && code !== 0x77) || (code < 0x30 && code !== 0x25);
  return isNarrow || (code > 0xde && code < 0x100) ? 1 : wideLetter;
}
