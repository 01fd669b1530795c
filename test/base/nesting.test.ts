import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../src/base/nesting.js';

function nested(levels: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

describe('how deep a value is nested', () => {
  it.each([
    ['a text', 'x', 0],
    ['null', null, 0],
    ['nothing', undefined, 0],
    ['an empty object', {}, 1],
    ['an empty list', [], 1],
    ['a field', { a: 1 }, 1],
    ['a list in an object', { a: 1, b: [1] }, 2],
    ['an object in the last place of a list', [1, null, { a: 1 }], 2],
    ['null in an object', { a: null }, 1],
    ['the deepest of several', { a: [1], b: { c: [1] }, d: 1 }, 3],
    ['the deepest of a list', [[1], [[1]], 1], 3],
    ['lists and objects by turns', nested(7), 7],
  ])('%s', (_says, value, levels) => {
    const deeper = Array.from({ length: levels + 2 }, (_, asked) => isDeeperThan(value, asked));
    expect(deeper).toEqual([...Array.from({ length: levels }, () => true), false, false]);
  });

  it('is looked for no further than is asked: what no stack holds is told, too', () => {
    expect(isDeeperThan(nested(200_000), 64)).toBe(true);
  });
});
