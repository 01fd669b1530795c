const mostPlaces = 6;

/** A percentage as it is shown, and with how many decimal places. */
export interface ShownPercent {
  readonly value: number;
  readonly places: number;
}

/**
 * A percentage to one decimal place, rounded down: 999.9 of 1000 is not 100 %. One above 0 that would show as 0 gets as
 * many places as it needs.
 */
export function shownPercent(percent: number): ShownPercent {
  for (let places = 1; ; places += 1) {
    const value = flooredTo(percent, places);
    if (value > 0 || percent <= 0 || places === mostPlaces) return { value, places };
  }
}

/** 28.999999999999996 is 29: what a division of two whole numbers loses is no part of the share. */
function flooredTo(percent: number, places: number): number {
  const scale = 10 ** places;
  return Math.floor(percent * scale + 1e-9) / scale;
}
