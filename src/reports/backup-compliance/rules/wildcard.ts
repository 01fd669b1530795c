const asterisk = '*'.charCodeAt(0);
const questionMark = '?'.charCodeAt(0);

/*
 * Patterns of rules: `*` matches any number of characters, `?` exactly one, everything else itself. Brackets, braces,
 * `!` and backslashes are not special, nor is a slash. (Libraries for file names treat names as paths: picomatch's `?`
 * never matches a slash and its `*` never an empty name.)
 */

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** The pieces of a pattern between its wildcards: a matching text contains each of them. */
export function fixedPiecesOf(pattern: string): readonly string[] {
  return pattern.split(/[*?]/);
}

/**
 * Whether the pattern matches the whole text, both folded. Takes at most pattern times text steps: on a mismatch only
 * the last `*` takes one more character, which suffices because everything before it matched as early as possible.
 */
export function fitsWildcard(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let star: { readonly after: number; end: number } | undefined;
  while (inText < text.length) {
    const asked = pattern.charCodeAt(inPattern);
    if (asked === asterisk) {
      inPattern += 1;
      star = { after: inPattern, end: inText };
    } else if (asked === questionMark) {
      inPattern += 1;
      inText += widthAt(text, inText);
    } else if (asked === text.charCodeAt(inText)) {
      inPattern += 1;
      inText += 1;
    } else if (star !== undefined) {
      star.end += widthAt(text, star.end);
      inPattern = star.after;
      inText = star.end;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(inPattern) === asterisk) inPattern += 1;
  return inPattern === pattern.length;
}

/**
 * Texts that differ only in case fold to the same text. It works character by character, so that `?` stands for one
 * original character: one whose other case has two characters (`ß`, `SS`) stays as it is, and a sigma folds the same
 * anywhere in a word. Plain ASCII is simply lowercased.
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

/** Of the character at that position, in UTF-16 units. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
