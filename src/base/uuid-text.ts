/** Words of 32 bits that a UUID has. */
export const uuidWords = 4;

const textLength = 36;
const [zero, nine, letterA, letterF, hyphen] = [48, 57, 97, 102, 45];
/** What the letter `a` is more than its digit, 10. */
const beforeLetters = letterA - 10;

/**
 * Reads a UUID as services write it (RFC 9562, section 4): 32 hexadecimal digits, here in lower case alone, so that the
 * same text can be written again.
 *
 * @param words gets the four words from `at` on
 * @returns false: the text has another form
 */
export function readUuid(text: string, words: Int32Array, at: number): boolean {
  if (text.length !== textLength || !hasHyphens(text)) return false;
  const a = joined(fourDigits(text, 0), fourDigits(text, 4));
  const b = joined(fourDigits(text, 9), fourDigits(text, 14));
  const c = joined(fourDigits(text, 19), fourDigits(text, 24));
  const d = joined(fourDigits(text, 28), fourDigits(text, 32));
  if (a === none || b === none || c === none || d === none) return false;
  words[at] = a;
  words[at + 1] = b;
  words[at + 2] = c;
  words[at + 3] = d;
  return true;
}

/** The text of the four words from `at` on. */
export function writeUuid(words: Int32Array, at: number): string {
  const a = words[at] ?? 0;
  const b = words[at + 1] ?? 0;
  const c = words[at + 2] ?? 0;
  const d = words[at + 3] ?? 0;
  // One text of all its characters: joined from pieces, it would take several times as long.
  return String.fromCharCode(
    digit(a, 28),
    digit(a, 24),
    digit(a, 20),
    digit(a, 16),
    digit(a, 12),
    digit(a, 8),
    digit(a, 4),
    digit(a, 0),
    hyphen,
    digit(b, 28),
    digit(b, 24),
    digit(b, 20),
    digit(b, 16),
    hyphen,
    digit(b, 12),
    digit(b, 8),
    digit(b, 4),
    digit(b, 0),
    hyphen,
    digit(c, 28),
    digit(c, 24),
    digit(c, 20),
    digit(c, 16),
    hyphen,
    digit(c, 12),
    digit(c, 8),
    digit(c, 4),
    digit(c, 0),
    digit(d, 28),
    digit(d, 24),
    digit(d, 20),
    digit(d, 16),
    digit(d, 12),
    digit(d, 8),
    digit(d, 4),
    digit(d, 0),
  );
}

function hasHyphens(text: string): boolean {
  return (
    text.charCodeAt(8) === hyphen &&
    text.charCodeAt(13) === hyphen &&
    text.charCodeAt(18) === hyphen &&
    text.charCodeAt(23) === hyphen
  );
}

/** More than 32 bits: no word is this. */
const none = 2 ** 40;

function joined(upper: number, lower: number): number {
  return upper < 0 || lower < 0 ? none : (upper << 16) | lower;
}

/** Negative: they are not all digits. */
function fourDigits(text: string, at: number): number {
  const upper = (valueOf(text.charCodeAt(at)) << 12) | (valueOf(text.charCodeAt(at + 1)) << 8);
  return upper | (valueOf(text.charCodeAt(at + 2)) << 4) | valueOf(text.charCodeAt(at + 3));
}

/** -1: it is no digit. */
function valueOf(code: number): number {
  if (code >= zero && code <= nine) return code - zero;
  return code >= letterA && code <= letterF ? code - beforeLetters : -1;
}

/** @param shift of the digit within the word */
function digit(word: number, shift: number): number {
  const value = (word >>> shift) & 15;
  return value < 10 ? zero + value : beforeLetters + value;
}
