import { describe, expect, it } from 'vitest';
import { clockFinding } from '../../src/day/doctor/clock-finding.js';

describe('the difference of clocks', () => {
  it.each([
    [0, 'ok', 'right to within 2 s'],
    [-1999, 'ok', 'right to within 2 s'],
    [2000, 'ok', 'up to 2 s behind'],
    [-2001, 'ok', 'up to 3 s ahead'],
    [60_000, 'ok', 'up to 60 s behind'],
    [60_001, 'warning', 'up to 61 s behind'],
    [-120_001, 'warning', 'up to 3 min ahead'],
    [2 * 3_600_000 + 1, 'warning', 'up to 3 h behind'],
    [2 * 86_400_000 + 1, 'warning', 'up to 3 d behind'],
  ])('of %s ms never looks smaller than it is', (skewMs, state, words) => {
    expect(clockFinding(skewMs)).toMatchObject({ state, words });
  });
});
