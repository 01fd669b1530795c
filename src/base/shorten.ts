/** At most `maxChars` code points; the last is `…` where text was cut. */
export function shorten(text: string, maxChars: number): string {
  // A code point has at most two UTF-16 units, so this prefix shows whether there are too many.
  const characters = Array.from(text.slice(0, 2 * maxChars + 2));
  return characters.length <= maxChars ? text : `${characters.slice(0, maxChars - 1).join('')}…`;
}
