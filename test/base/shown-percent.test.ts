import { expect, it } from 'vitest';
import { shownPercent } from '../../src/base/shown-percent.js';

it.each([
  [100, 100, 1],
  [0, 0, 1],
  [93.75, 93.75, 2],
  [99.951, 99.95, 2],
  [99.96, 99.96, 2],
  [99.901, 99.9, 1],
  [(2 * 100) / 3, 66.67, 2],
  // Only all is 100.
  [99.995, 99.99, 2],
  [99.9999999, 99.99, 2],
  [99.99999999999999, 99.99, 2],
  [(29 * 100) / 100, 29, 1],
  // What a product of two numbers loses.
  [28.999999999999996, 29, 1],
  [0.05, 0.05, 2],
  [0.0009, 0.0009, 4],
  [1e-12, 0, 6],
])('%d percent shows as %d, with %i places', (percent, value, places) => {
  expect(shownPercent(percent)).toEqual({ value, places });
});
