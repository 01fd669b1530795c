/** Each word once, in the order of its first use: a list of many rows then holds small numbers. */
export interface WordTable<Word> {
  readonly words: readonly Word[];
  /** @returns the place of the word of this key; `make` is called for a key that is new */
  readonly place: (key: string | number, make: () => Word) => number;
}

export function createWordTable<Word>(): WordTable<Word> {
  const words: Word[] = [];
  const places = new Map<string | number, number>();
  return {
    words,
    place: (key, make) => {
      let place = places.get(key);
      if (place === undefined) {
        place = words.push(make()) - 1;
        places.set(key, place);
      }
      return place;
    },
  };
}
