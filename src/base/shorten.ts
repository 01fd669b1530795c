/** At most `maxChars` code points: where text is cut, the last of them is `…`. */
export function shorten(text: string, maxChars: number): string {
  // A code point has at most two units: this is enough to tell whether there are too many of them.
  const characters = Array.from(text.slice(0, 2 * maxChars + 2));
  return characters.length <= maxChars ? text : `${characters.slice(0, maxChars - 1).join('')}…`;
}
