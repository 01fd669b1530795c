import { describe, expect, it } from 'vitest';
import { backOffMs, withJitter } from '../../src/base/back-off.js';

describe('a wait after failures', () => {
  it('is twice as long each time, up to the longest', () => {
    const waits = [1, 2, 3, 4, 5].map((failures) => backOffMs({ firstMs: 100, longestMs: 500 }, failures));

    expect(waits).toEqual([100, 200, 400, 500, 500]);
  });

  it('has no limit where none is set, and grows by the factor', () => {
    expect(backOffMs({ firstMs: 1000 }, 11)).toBe(1_024_000);
    expect(backOffMs({ firstMs: 1000, longestMs: 4000, factor: 1.5 }, 3)).toBe(2250);
  });

  it('is between half of it and the whole, by chance', () => {
    expect([0, 0.5, 0.999].map((random) => withJitter(1000, random))).toEqual([500, 750, 1000]);
  });
});
