import { reasonWords } from '../model/reasons/reason-words.js';

const shown = 10;

/**
 * Sorted, and no more than a person reads: for a service that is down all day nobody needs a hundred sentences, and the
 * manifest has every request.
 *
 * @param rest what the others are
 */
export function fewReasons(
  reasons: readonly string[],
  rest: 'andMoreOfKind' | 'andMorePartitions',
): string[] {
  const sorted = [...reasons].sort();
  if (sorted.length <= shown) return sorted;
  return [...sorted.slice(0, shown), reasonWords(rest, { number: sorted.length - shown })];
}
