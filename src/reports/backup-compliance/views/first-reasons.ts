/**
 * How many reasons stand before the exceptions, so that these begin on the first screen of a phone: at least one, and no
 * more than are short together.
 *
 * @param most of them, however short they are
 * @param chars that all of them may have
 */
export function firstReasons(reasons: readonly string[], most: number, chars: number): number {
  let length = 0;
  for (const [at, words] of reasons.slice(0, most).entries()) {
    length += words.length;
    if (at > 0 && length > chars) return at;
  }
  return Math.min(most, reasons.length);
}
