/** How much is worked on at once. */
export const batchSize = 8;

/** The results of asynchronous work, in the order of the items; at most eight are worked on at once. */
export async function eachInBatches<T, U>(
  items: readonly T[],
  work: (item: T) => Promise<U>,
): Promise<readonly U[]> {
  const results: U[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map(work))));
  }
  return results;
}
