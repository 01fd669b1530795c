/** The values met last are compared one by one; most events have one of them. */
const remembered = 8;

/** What makes two values of a pool equal. */
export interface Equality<T> {
  /** Covers all fields. */
  readonly keyOf: (value: T) => string;
  /** The same without new text. */
  readonly isEqual: (a: T, b: T) => boolean;
}

/** Creates a pool in which equal values become one object. */
export function createValuePool<T>({ keyOf, isEqual }: Equality<T>): (value: T) => T {
  const pool = new Map<string, T>();
  const last: T[] = [];
  let oldest = 0;
  return (value) => {
    for (const each of last) if (isEqual(each, value)) return each;
    const key = keyOf(value);
    const known = pool.get(key) ?? value;
    if (known === value) pool.set(key, value);
    last[oldest] = known;
    oldest = (oldest + 1) % remembered;
    return known;
  };
}
