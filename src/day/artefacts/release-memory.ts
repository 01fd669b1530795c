import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** What was in use after the last time. */
let settledBytes = 0;

/** What must have been added since, or there is little to gain. */
const worthwhileBytes = 128 * 1024 * 1024;

/**
 * Collects garbage now, between two stages of a report, when most of what the first one made is of no use to the
 * second. V8 by itself waits until the heap has grown by as much again. The ways to ask for it are a flag at the
 * start of Node, which an installed command cannot give itself, and this one. It takes a tenth of a second, so a heap
 * that has hardly grown is left alone.
 */
export function releaseMemory(): void {
  if (process.memoryUsage().heapUsed - settledBytes < worthwhileBytes) return;
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
  }
  collect();
  settledBytes = process.memoryUsage().heapUsed;
}
