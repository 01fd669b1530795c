import { describe, expect, it } from 'vitest';
import { UuidMap } from '../../src/base/uuid-map.js';

/** @param number of 32 bits @param tail how the id ends: 20 digits and two hyphens */
function uuid(number: number, tail = '4a77-a2b2-ae3d27d4eb2f'): string {
  return `${(number >>> 0).toString(16).padStart(8, '0')}-85eb-${tail}`;
}

const many = Array.from({ length: 3_000 }, (_, index) => index);

describe('numbers by UUID', () => {
  it.each([
    { ids: 'that differ in their first digits', textOf: (index: number) => uuid(index) },
    {
      ids: 'that differ in their last digits',
      textOf: (index: number) => [...uuid(index)].reverse().join(''),
    },
    { ids: 'that are spread', textOf: (index: number) => uuid(Math.imul(index + 1, 2_654_435_761)) },
    { ids: 'that are none', textOf: (index: number) => `id ${index}` },
    { ids: 'of both sorts', textOf: (index: number) => (index % 3 === 0 ? `id ${index}` : uuid(index)) },
  ])('are those of a Map: ids $ids', ({ textOf }) => {
    const map = new UuidMap();
    const before: unknown[] = [];
    for (const index of many) before.push(map.get(textOf(index)), map.addOnce(textOf(index), index));
    expect(before).toEqual(many.flatMap((index) => [undefined, index]));
    expect(many.map((index) => map.addOnce(textOf(index), index + 1))).toEqual(many);
    expect(many.map((index) => map.get(textOf(index)))).toEqual(many);
  });

  it('are right where many ids want one place', () => {
    const map = new UuidMap();
    const wanting = collidingIds(2000);
    expect(new Set(wanting).size).toBe(2000);
    for (const [index, text] of wanting.entries()) map.addOnce(text, index);
    expect(wanting.map((text) => map.get(text))).toEqual([...wanting.keys()]);
    expect(wanting.map((text, index) => map.addOnce(text, index + 7))).toEqual([...wanting.keys()]);
  });

  it('are gone when it is cleared', () => {
    const map = new UuidMap();
    for (const text of [uuid(1), 'other']) map.addOnce(text, 1);
    map.clear();
    for (const text of [uuid(1), 'other']) {
      expect(map.get(text)).toBeUndefined();
      expect(map.addOnce(text, 2)).toBe(2);
    }
  });
});

/** Ids of one hash: the fourth word is added after the rounds of the first three, and makes the sum the same. */
function collidingIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const [a, b, c] = [index, 7, 9];
    const before = round((round(round(a) + b) | 0) + c);
    const words = [a, b, c, (1234 - before) | 0].map((word) => (word >>> 0).toString(16).padStart(8, '0'));
    const [first = '', second = '', third = '', fourth = ''] = words;
    return `${first}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${fourth}`;
  });
}

/** As the map mixes its words. */
function round(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}
