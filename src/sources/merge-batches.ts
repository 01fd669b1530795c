/**
 * What several readings yield, as it comes; at most so many are read at once, and the next begins when one has ended. A reading
 * that is not asked for its next value waits: no more than one value of each is in memory.
 *
 * Whatever one throws ends all; so does whoever stops asking.
 */
export async function* mergeBatches<T>(
  readings: Iterable<AsyncIterable<T>>,
  parallel: number,
): AsyncGenerator<T> {
  const waiting = readings[Symbol.iterator]();
  const running = new Map<AsyncIterator<T>, Promise<Step<T>>>();
  let shown: AsyncIterator<T> | null = null;
  try {
    for (;;) {
      while (running.size < parallel) {
        const next = waiting.next();
        if (next.done === true) break;
        const iterator = next.value[Symbol.asyncIterator]();
        running.set(iterator, stepOf(iterator));
      }
      if (running.size === 0) return;
      const { iterator, result } = await Promise.race(running.values());
      running.delete(iterator);
      if (result.done === true) continue;
      shown = iterator;
      yield result.value;
      shown = null;
      running.set(iterator, stepOf(iterator));
    }
  } finally {
    for (const [iterator, step] of running) {
      // It may be busy with a call: nobody waits for that, nor for what it comes to.
      step.then(() => iterator.return?.()).catch(() => undefined);
    }
    await shown?.return?.();
  }
}

interface Step<T> {
  readonly iterator: AsyncIterator<T>;
  readonly result: IteratorResult<T>;
}

function stepOf<T>(iterator: AsyncIterator<T>): Promise<Step<T>> {
  const step = iterator.next().then((result) => ({ iterator, result }));
  // Awaited by the race, unless an earlier one ends the whole reading.
  step.catch(() => undefined);
  return step;
}
