import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Below that there is nothing to gain. */
const worthwhileBytes = 192 * 1024 * 1024;

/**
 * Collects garbage now, between two stages of a report, when most of what the first one made is of no use to the
 * second. V8 by itself waits until the heap has grown by as much again. The ways to ask for it are a flag at the
 * start of Node, which an installed command cannot give itself, and this one. It takes a tenth of a second, so a small
 * heap is left alone.
 */
export function releaseMemory(): void {
  if (process.memoryUsage().heapUsed < worthwhileBytes) return;
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
  }
  collect();
}
