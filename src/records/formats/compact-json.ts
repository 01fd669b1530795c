import { byte } from './scan-value.js';

/**
 * A JSON value of several lines on one line: white space outside of texts is left out, all else stays as it was
 * written. One blank stays where two words would grow together, so that damage stays damage.
 */
export function compactJson(bytes: Buffer): Buffer {
  const compact = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let isInText = false;
  let isBehindSpace = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const char = bytes[at] ?? 0;
    if (!isInText && isSpace(char)) {
      isBehindSpace = true;
      continue;
    }
    if (isBehindSpace && isWord(char) && isWord(compact[length - 1] ?? 0)) compact[length++] = byte.space;
    isBehindSpace = false;
    compact[length++] = char;
    if (char === byte.quote) isInText = !isInText;
    // The escaped character is no quote that closes the text.
    if (isInText && char === byte.backslash && at + 1 < bytes.length) compact[length++] = bytes[++at] ?? 0;
  }
  return compact.subarray(0, length);
}

export function isSpace(char: number): boolean {
  return char === byte.space || char === byte.newline || char === byte.return || char === byte.tab;
}

/** Neither a bracket nor a comma nor a colon. */
function isWord(char: number): boolean {
  return char !== byte.comma && char !== byte.colon && !isBracket(char);
}

function isBracket(char: number): boolean {
  return (
    char === byte.openObject || char === byte.closeObject || char === byte.openList || char === byte.closeList
  );
}
