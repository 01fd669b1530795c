const times = new Set(['datetime', 'time', 'timestamp']);

/**
 * The number that a count gave: the only one in the only result, under whatever name, as number or as text. No result at all is
 * none. null: the answer says no number, or more than one.
 */
export function countOf(results: readonly unknown[]): number | null {
  if (results.length === 0) return 0;
  const numbers = results.length === 1 ? numbersIn(results[0]) : [];
  const [count] = numbers;
  return numbers.length === 1 && count !== undefined && Number.isSafeInteger(count) && count >= 0
    ? count
    : null;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? [Number(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !times.has(key.toLowerCase()))
    .flatMap(([, field]) => numbersIn(field));
}
