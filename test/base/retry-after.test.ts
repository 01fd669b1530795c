import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/base/retry-after.js';

const nowMs = Date.parse('2026-11-19T06:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['seconds', '120', 120_000],
    ['seconds with spaces', ' 7 ', 7000],
    ['a date', 'Thu, 19 Nov 2026 06:00:30 GMT', 30_000],
    ['a date that is over', 'Thu, 19 Nov 2026 05:00:00 GMT', 0],
    ['neither', 'soon', 0],
    ['nothing', null, 0],
  ])('may be %s', (_what, value, waitMs) => {
    expect(retryAfterMs(value, nowMs)).toBe(waitMs);
  });
});
