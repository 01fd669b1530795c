import { describe, expect, it } from 'vitest';
import { pollPauses } from '../../src/base/poll.js';

describe('pauses between two looks', () => {
  it('grow by a factor, up to the longest, and stay there', () => {
    const pauses = pollPauses({ firstMs: 100, factor: 2, longestMs: 1000 });
    expect(Array.from({ length: 6 }, () => pauses.next().value)).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('are those of one wait: another begins anew', () => {
    const pace = { firstMs: 1000, factor: 1.5, longestMs: 4000 };
    const one = pollPauses(pace);
    one.next();
    expect(one.next().value).toBe(1500);
    expect(pollPauses(pace).next().value).toBe(1000);
  });
});
