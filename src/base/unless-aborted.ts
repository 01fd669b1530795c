/**
 * The result of `work`, unless the signal is aborted first: throws the signal's reason then, and leaves the work behind.
 * Whoever aborts a signal must not wait for work that does not look at it.
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(asError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** The items of a stream, with the rule of `unlessAborted` for each. A stream that is left behind is told to end. */
export async function* untilAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  if (signal === undefined) return yield* items;
  const iterator = items[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const result = await unlessAborted(iterator.next(), signal);
      if (result.done === true) {
        isOver = true;
        return;
      }
      yield result.value;
    }
  } catch (error) {
    isOver = true;
    // Not waited for: it may hang, which is why it is left.
    iterator.return?.().catch(() => undefined);
    throw error;
  } finally {
    if (!isOver) await iterator.return?.();
  }
}
