/** What is longer is no misspelt word. */
const longestWord = 100;

/** The word with the fewest letters to change, a third of them at most; the first of equals; null: none comes near. */
export function nearestWord(word: string, words: readonly string[]): string | null {
  if (word.length > longestWord) return null;
  let nearest: string | null = null;
  let fewest = Math.floor(word.length / 3) + 1;
  for (const each of words) {
    const changes = editDistance(word, each);
    if (changes < fewest) [nearest, fewest] = [each, changes];
  }
  return nearest;
}

/**
 * How many letters have to be added, taken away, changed or swapped with their neighbour to make one of the other (optimal
 * string alignment).
 */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
