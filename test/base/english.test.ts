import { describe, expect, it } from 'vitest';
import { count, durationInWords } from '../../src/base/english.js';

describe('a duration in words', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [119 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [45 * 3_600_000 + 50 * 60_000, '45 h 50 min'],
    [48 * 3_600_000 - 1, '47 h 59 min'],
    [48 * 3_600_000, '2 d'],
    [170 * 3_600_000, '7 d 2 h'],
  ])('%i ms: %s', (ms, words) => {
    expect(durationInWords(ms)).toBe(words);
  });
});

describe('a count', () => {
  it.each([
    [0, '0 backups'],
    [1, '1 backup'],
    [2, '2 backups'],
  ])('of %i is %s', (number, words) => {
    expect(count(number, 'backup')).toBe(words);
  });

  it('has its own plural where it needs one', () => {
    expect([count(1, 'entry', 'entries'), count(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
  });
});
