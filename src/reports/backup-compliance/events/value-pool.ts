/**
 * Makes a pool in which equal values become one object. A value's key is made of all its fields, so a look-up costs one
 * text.
 */
export function createValuePool<T>(keyOf: (value: T) => string): (value: T) => T {
  const pool = new Map<string, T>();
  return (value) => {
    const key = keyOf(value);
    const known = pool.get(key);
    if (known !== undefined) return known;
    pool.set(key, value);
    return value;
  };
}
