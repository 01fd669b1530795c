import { addDays } from './civil-dates.js';

/** So many ranges are shown. */
const shownRanges = 10;

/**
 * Dates in words: `2026-08-01 to 2026-08-14, 2026-09-03`; of more than ten ranges the first ten, and how many follow.
 *
 * @param dates in order, each once
 */
export function dateRanges(dates: readonly string[]): string {
  const ranges: { readonly from: string; to: string }[] = [];
  for (const date of dates) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.to, 1) === date) last.to = date;
    else ranges.push({ from: date, to: date });
  }
  const shown = ranges.slice(0, shownRanges).map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
  const more = ranges.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
