import { expect, it } from 'vitest';
import { shownPercent } from '../../src/base/shown-percent.js';

it.each([
  [100, 100, 1],
  [0, 0, 1],
  [99.951, 99.9, 1],
  [(2 * 100) / 3, 66.6, 1],
  [(29 * 100) / 100, 29, 1],
  // What a product of two numbers loses.
  [28.999999999999996, 29, 1],
  [0.05, 0.05, 2],
  [0.0009, 0.0009, 4],
  [1e-12, 0, 6],
])('%d percent shows as %d, with %i places', (percent, value, places) => {
  expect(shownPercent(percent)).toEqual({ value, places });
});
