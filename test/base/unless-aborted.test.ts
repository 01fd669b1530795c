import { describe, expect, it } from 'vitest';
import { unlessAborted, untilAborted } from '../../src/base/unless-aborted.js';

const never = new Promise<never>(() => undefined);

/** Items, then an error or none; notes whether it was told to end. */
function stream(items: readonly number[], { last = 'end' as 'end' | 'hang' | Error, ends = true } = {}) {
  const left = [...items];
  const noted = { returned: 0 };
  const iterator: AsyncIterator<number> = {
    next: async () => {
      const value = left.shift();
      if (value !== undefined) return { done: false, value };
      if (last === 'hang') return never;
      if (last instanceof Error) throw last;
      return { done: true, value: undefined };
    },
    return: async () => {
      noted.returned += 1;
      if (!ends) throw new Error('cannot end');
      return { done: true, value: undefined };
    },
  };
  return { noted, items: { [Symbol.asyncIterator]: () => iterator } };
}

async function collected(items: AsyncIterable<number>, onItem: (item: number) => void = () => undefined) {
  const all: number[] = [];
  for await (const item of items) {
    all.push(item);
    onItem(item);
  }
  return all;
}

describe('work that may be left', () => {
  it('gives its result or its error where nothing is aborted', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(unlessAborted(Promise.reject(new Error('refused')), signal)).rejects.toThrow('refused');
  });

  it.each([
    ['an error is the reason', new Error('stopped'), 'stopped'],
    ['anything else is its text', 'SIGTERM', 'SIGTERM'],
  ])('is left when the signal is aborted: %s', async (_says, reason, message) => {
    const controller = new AbortController();
    const waited = unlessAborted(never, controller.signal);
    controller.abort(reason);
    await expect(waited).rejects.toThrow(message);
    await expect(unlessAborted(never, AbortSignal.abort(reason))).rejects.toThrow(message);
  });

  it('takes the very error that is the reason', async () => {
    const reason = new RangeError('stopped');
    await expect(unlessAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('listens no longer than it lasts', async () => {
    const { signal } = new AbortController();
    const listening = new Set<unknown>();
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listening.add(args[1]);
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      if (args[0] === 'abort') listening.delete(args[1]);
      removeEventListener.apply(signal, args);
    };
    const work = unlessAborted(Promise.resolve(1), signal);
    expect(listening.size).toBe(1);
    await work;
    await Promise.resolve();
    expect(listening.size).toBe(0);
  });
});

describe('a stream that may be left', () => {
  it.each([undefined, new AbortController().signal])(
    'gives all of its items, and is not told to end',
    async (signal) => {
      const { items, noted } = stream([1, 2, 3]);
      expect(await collected(untilAborted(items, signal))).toEqual([1, 2, 3]);
      expect(noted.returned).toBe(0);
    },
  );

  it('is told to end when the signal is aborted while it hangs, and that is not waited for', async () => {
    const controller = new AbortController();
    const { items, noted } = stream([1, 2], { last: 'hang', ends: false });
    const all = collected(untilAborted(items, controller.signal), (item) => {
      if (item === 2) controller.abort(new Error('stopped'));
    });
    await expect(all).rejects.toThrow('stopped');
    expect(noted.returned).toBe(1);
  });

  it('fails with its own error', async () => {
    const { signal } = new AbortController();
    const { items } = stream([1], { last: new Error('refused') });
    await expect(collected(untilAborted(items, signal))).rejects.toThrow('refused');
  });

  it('is told to end once when its reader stops early', async () => {
    const { signal } = new AbortController();
    const { items, noted } = stream([1, 2, 3]);
    for await (const item of untilAborted(items, signal)) if (item === 2) break;
    expect(noted.returned).toBe(1);
  });
});
