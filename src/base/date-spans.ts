import { addDays } from './civil-dates.js';

/** Dates in order, in as few words as possible: `2026-03-01 to 2026-03-09`, `2026-04-02`. */
export function dateSpans(dates: readonly string[]): readonly string[] {
  const spans: { readonly from: string; to: string }[] = [];
  for (const date of [...new Set(dates)].sort()) {
    const last = spans.at(-1);
    if (last !== undefined && addDays(last.to, 1) === date) last.to = date;
    else spans.push({ from: date, to: date });
  }
  return spans.map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
}
