/** A string, or a number. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A whole number of more digits may lose some of them as a number of JavaScript. */
const safeDigits = 15;
const manyDigits = /\d{16}/;

/**
 * JSON of which no digit is lost: a whole number that JavaScript cannot hold becomes the text that the service wrote.
 *
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(manyDigits.test(text) ? text.replace(token, exactly) : text);
}

function exactly(found: string): string {
  if (found.startsWith('"') || found.length <= safeDigits || !/^-?\d+$/.test(found)) return found;
  return Number.isSafeInteger(Number(found)) ? found : `"${found}"`;
}
