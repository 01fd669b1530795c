/**
 * Creates a pool in which equal values become one object. The key covers all fields, so a look-up builds one string.
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
