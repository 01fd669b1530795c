import { addDays } from './civil-dates.js';

/**
 * Dates in words: `2026-08-01 to 2026-08-14, 2026-09-03`; of more ranges than are to be shown, how many follow.
 *
 * @param dates in any order
 */
export function dateRanges(dates: readonly string[], shownRanges = 10): string {
  const ranges = rangesOf(dates);
  const shown = ranges.slice(0, shownRanges).map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
  const more = ranges.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

/** Dates in a row are one range; oldest first. @param dates in any order */
export function rangesOf(
  dates: readonly string[],
): readonly { readonly from: string; readonly to: string }[] {
  const ranges: { readonly from: string; to: string }[] = [];
  for (const date of [...new Set(dates)].sort()) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.to, 1) === date) last.to = date;
    else ranges.push({ from: date, to: date });
  }
  return ranges;
}
