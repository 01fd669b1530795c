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

/** How many letters have to be added, taken away or changed to make one of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
