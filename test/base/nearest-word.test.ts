import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/base/nearest-word.js';

describe('the nearest word', () => {
  it.each([
    ['the same', 'timezone', ['timezone'], 'timezone'],
    ['a letter is missing', 'timzone', ['policies', 'timezone'], 'timezone'],
    ['a letter is too much', 'timezzone', ['timezone'], 'timezone'],
    ['a letter is another one', 'timexone', ['timezone'], 'timezone'],
    ['two neighbours are swapped, which is one change', 'dya', ['day'], 'day'],
    ['the first two are swapped', 'ady', ['day'], 'day'],
    ['two letters that are no neighbours are two changes', 'yad', ['day'], null],
    ['the last of the words', 'polcy', ['match', 'policy'], 'policy'],
    ['the one with fewer changes, whichever comes first', 'matchs', ['march', 'match'], 'match'],
    ['the first of equals', 'bat', ['cat', 'hat'], 'cat'],
    ['a third of the letters may differ', 'abcxyz', ['abcdyw'], 'abcdyw'],
    ['more than a third may not', 'abcxyz', ['abcdvw'], null],
    ['of two letters none may differ', 'ab', ['ac'], null],
    ['nothing comes near', 'x', ['timezone'], null],
    ['there are no words', 'x', [], null],
    ['an empty word', '', ['a', ''], ''],
  ])('%s', (_says, word, words, expected) => {
    expect(nearestWord(word, words)).toBe(expected);
  });

  it('is looked for up to 100 letters: what is longer is no misspelt word', () => {
    const [long, longer] = ['a'.repeat(100), 'a'.repeat(101)];
    expect(nearestWord(long, [long])).toBe(long);
    expect(nearestWord(longer, [longer])).toBeNull();
  });
});
