const shown = 10;

/**
 * Sorted, and no more than a person reads: for a service that is down all day nobody needs a hundred sentences, and the
 * manifest has every request.
 *
 * @param rest noun for the others: `of the kind`
 */
export function fewReasons(reasons: readonly string[], rest: string): string[] {
  const sorted = [...reasons].sort();
  if (sorted.length <= shown) return sorted;
  return [...sorted.slice(0, shown), `and ${sorted.length - shown} more ${rest}`];
}
