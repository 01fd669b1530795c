const mostPlaces = 6;
/** Most of a share that is not all, in percent. */
const mostBelowAll = 99.99;

/** A percentage as it is shown, and with how many decimal places. */
export interface ShownPercent {
  readonly value: number;
  readonly places: number;
}

/**
 * A percentage to the hundredth, as spreadsheets round it, so that page, mail and workbook say the same: 93.75, 66.67. Only
 * all is 100: 9,999.9 of 10,000 is 99.99. One above 0 that would show as 0 gets as many places as it needs. A second
 * place that is 0 is not shown.
 */
export function shownPercent(percent: number): ShownPercent {
  const exact = Number(percent.toPrecision(13));
  if (exact <= 0 || percent >= 100) return { value: exact, places: 1 };
  const value = Math.min(Math.round(exact * 100) / 100, mostBelowAll);
  if (value === 0) return tiny(exact);
  return { value, places: Number.isInteger(Math.round(value * 100) / 10) ? 1 : 2 };
}

function tiny(percent: number): ShownPercent {
  for (let places = 3; ; places += 1) {
    const scale = 10 ** places;
    const value = Math.floor(percent * scale + 1e-9) / scale;
    if (value > 0 || places === mostPlaces) return { value, places };
  }
}
