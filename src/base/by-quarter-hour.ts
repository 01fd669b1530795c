import { minuteMs } from './time-units.js';

const quarterMs = 15 * minuteMs;

/**
 * Of something that a zone's clock shows no finer than by quarter hours, such as its hour or date: asks the time-zone data
 * once for each quarter hour. Offsets are multiples of one, and clocks change at one.
 *
 * @param read what is shown at an instant, epoch milliseconds
 */
export function byQuarterHour<T>(read: (ms: number) => T): (ms: number) => T {
  const known = new Map<number, T>();
  return (ms) => {
    const quarter = Math.floor(ms / quarterMs);
    let value = known.get(quarter);
    if (value === undefined) known.set(quarter, (value = read(quarter * quarterMs)));
    return value;
  };
}
