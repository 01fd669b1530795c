const star = '*'.charCodeAt(0);
const questionMark = '?'.charCodeAt(0);

/*
 * Patterns of rules: `*` stands for any number of characters, `?` for exactly one, everything else for itself. Brackets,
 * braces, `!` and backslashes have no magic, and a slash is a character like any other. (Libraries for file names see
 * paths in names; picomatch's `?` never fits a slash and its `*` never an empty name.)
 */

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** The pieces of a pattern between its wildcards: a text that it fits holds each of them. */
export function fixedPiecesOf(pattern: string): readonly string[] {
  return pattern.split(/[*?]/);
}

/**
 * Whether the pattern fits the whole text, both folded. In steps of at most pattern times text: on a mismatch only the
 * last `*` takes one character more, which is enough because whatever stands before it has fitted as early as it can.
 */
export function fitsWildcard(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterStar = -1;
  let starEnd = 0;
  while (inText < text.length) {
    const asked = pattern.charCodeAt(inPattern);
    if (asked === star) {
      inPattern += 1;
      afterStar = inPattern;
      starEnd = inText;
    } else if (asked === questionMark) {
      inPattern += 1;
      inText += widthAt(text, inText);
    } else if (asked === text.charCodeAt(inText)) {
      inPattern += 1;
      inText += 1;
    } else if (afterStar !== -1) {
      starEnd += widthAt(text, starEnd);
      inPattern = afterStar;
      inText = starEnd;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(inPattern) === star) inPattern += 1;
  return inPattern === pattern.length;
}

/**
 * Texts that differ only in case fold to the same text. Character by character, so that `?` stands for one character of
 * the original: one whose other case is two characters (`ß`, `SS`) stays as it is, and a sigma folds to the same letter
 * wherever in the word it stands. In one pass; text of plain ASCII is only put into lower case.
 */
export function foldCase(text: string): string {
  if (!/[^ -~]/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    const one = isOneCharacter(upper) ? upper : character;
    const lower = one.toLowerCase();
    return isOneCharacter(lower) ? lower : one;
  }).join('');
}

function isOneCharacter(text: string): boolean {
  return widthAt(text, 0) === text.length;
}

/** Of the character there, in UTF-16 units. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
