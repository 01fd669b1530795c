import { fixedPiecesOf } from './wildcard.js';

interface HasPattern {
  readonly pattern: string;
}

/**
 * Finds the patterns that may match a text without trying all of them. A trigram is three consecutive characters
 * without a wildcard; a matching text contains all trigrams of the pattern. Each pattern is filed under its rarest one.
 * Patterns without any trigram (`*`, `DB?`) are candidates for every text.
 *
 * A look-up takes one step for each character of the text and one for each candidate, however many patterns there are.
 *
 * @param patterns folded, as the texts must be
 * @returns candidates only: each must still be tested
 */
export function indexByTrigram<Pattern extends HasPattern>(
  patterns: readonly Pattern[],
): (text: string) => readonly Pattern[] {
  const uses = countTrigrams(patterns);
  const always: Pattern[] = [];
  const filed = new Map<string, Pattern[]>();
  for (const each of patterns) {
    const rarest = rarestOf(trigramsOf(each.pattern), uses);
    const shelf = rarest === undefined ? always : (filed.get(rarest) ?? []);
    shelf.push(each);
    if (rarest !== undefined) filed.set(rarest, shelf);
  }
  if (filed.size === 0) return () => always;
  return (text) => {
    const found = [...always];
    for (let start = 0; start + 3 <= text.length; start += 1) {
      const shelf = filed.get(text.slice(start, start + 3));
      if (shelf !== undefined) for (const each of shelf) found.push(each);
    }
    return found;
  };
}

/** How many patterns have each trigram. */
function countTrigrams(patterns: readonly HasPattern[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { pattern } of patterns) {
    for (const trigram of trigramsOf(pattern)) uses.set(trigram, (uses.get(trigram) ?? 0) + 1);
  }
  return uses;
}

function trigramsOf(pattern: string): ReadonlySet<string> {
  const trigrams = new Set<string>();
  for (const piece of fixedPiecesOf(pattern)) {
    for (let start = 0; start + 3 <= piece.length; start += 1) trigrams.add(piece.slice(start, start + 3));
  }
  return trigrams;
}

function rarestOf(trigrams: Iterable<string>, uses: ReadonlyMap<string, number>): string | undefined {
  let rarest: string | undefined;
  let fewest = Infinity;
  for (const trigram of trigrams) {
    const used = uses.get(trigram) ?? 0;
    if (used < fewest) [rarest, fewest] = [trigram, used];
  }
  return rarest;
}
