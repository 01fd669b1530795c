import { readdir } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds after a pass. */
export interface Held {
  readonly descriptors: number;
  /** Timers, sockets, pipes, threads and requests that keep it alive. */
  readonly resources: number;
  readonly temporary: number;
  readonly heapBytes: number;
}

/** @param temporary its folder for temporary files */
export async function heldNow(temporary: string): Promise<Held> {
  collectGarbage();
  return {
    descriptors: (await readdir('/proc/self/fd')).length,
    resources: process.getActiveResourcesInfo().length,
    temporary: (await readdir(temporary)).length,
    heapBytes: process.memoryUsage().heapUsed,
  };
}

/**
 * How much more a pass holds than the one before it: the least of the last third against the least of the first. What a
 * pass holds for a while does not count, and a leak of one a pass is 1.
 */
export function growthOf(values: readonly number[]): number {
  const third = Math.floor(values.length / 3);
  const first = Math.min(...values.slice(0, third));
  const last = Math.min(...values.slice(-third));
  return (last - first) / (values.length - third);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
}
