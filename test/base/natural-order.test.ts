import { describe, expect, it } from 'vitest';
import { compareNatural } from '../../src/base/natural-order.js';

describe('natural order', () => {
  it.each([
    [
      ['data-977', 'data-3908', 'data-12', 'data-2'],
      ['data-2', 'data-12', 'data-977', 'data-3908'],
    ],
    [
      ['a10b2', 'a2b10', 'a10b10', 'a2b2'],
      ['a2b2', 'a2b10', 'a10b2', 'a10b10'],
    ],
    [
      ['x', 'x1', '', 'x0', 'x00'],
      ['', 'x', 'x0', 'x00', 'x1'],
    ],
    [
      ['vol007', 'vol7', 'vol07', 'vol08'],
      ['vol007', 'vol07', 'vol7', 'vol08'],
    ],
    [
      ['9'.repeat(40), '1'.repeat(41), '10'],
      ['10', '9'.repeat(40), '1'.repeat(41)],
    ],
    [
      ['a:1', 'a1', 'a/1', 'a-1'],
      ['a-1', 'a/1', 'a1', 'a:1'],
    ],
    [
      ['ä2', 'z1', 'Z1', 'ä10'],
      ['Z1', 'z1', 'ä2', 'ä10'],
    ],
  ])('of %j is %j, from whichever order', (names, ordered) => {
    expect([...names].sort(compareNatural)).toEqual(ordered);
    expect([...ordered].reverse().sort(compareNatural)).toEqual(ordered);
  });

  it('is a total order: only equal texts are equal, and no circle is made', () => {
    const alphabet = ['a', '0', '1', '9', '-', ':'];
    const words = alphabet.flatMap((a) => alphabet.flatMap((b) => alphabet.map((c) => a + b + c)));
    const sorted = [...words].sort(compareNatural);
    const wrong = sorted.flatMap((one, index) =>
      sorted.slice(index + 1).filter((later) => compareNatural(one, later) >= 0),
    );
    expect(wrong).toEqual([]);
    expect(words.every((word) => compareNatural(word, word) === 0)).toBe(true);
  });
});
