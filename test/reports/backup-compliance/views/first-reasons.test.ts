import { expect, it } from 'vitest';
import { firstReasons } from '../../../../src/reports/backup-compliance/views/first-reasons.js';

it.each([
  ['none', [], 0],
  ['one, however long it is', [500], 1],
  ['those that are short together', [60, 60, 200], 2],
  ['no more than the most', [1, 1, 1, 1, 1], 3],
  ['the first where the second is long', [10, 200], 1],
  ['what just fits', [60, 60, 50], 3],
])('before the exceptions stand of the reasons: %s', (_, lengths, number) => {
  const reasons = lengths.map((length) => 'x'.repeat(length));
  expect(firstReasons(reasons, 3, 170)).toBe(number);
});
