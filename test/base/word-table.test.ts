import { describe, expect, it } from 'vitest';
import { createWordTable } from '../../src/base/word-table.js';

describe('a table of words', () => {
  it('has each word once, made when it is new, in the order of first use', () => {
    const table = createWordTable<string>();
    const places = ['b', 'a', 'b', 'c', 'a'].map((key) =>
      table.place(key, () => `${key}!${table.words.length}`),
    );
    expect(places).toEqual([0, 1, 0, 2, 1]);
    expect(table.words).toEqual(['b!0', 'a!1', 'c!2']);
  });
});
