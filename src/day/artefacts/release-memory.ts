import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Heap in use after the last collection. */
let settledBytes = 0;

/** Growth since then that makes a collection worthwhile. */
const worthwhileBytes = 128 * 1024 * 1024;

/**
 * Collects garbage between two stages of a report, when most of what the first one allocated is no longer needed. V8
 * would let the heap double first. The only other way to request a collection is a flag when Node starts, which an
 * installed command cannot set for itself. It takes a tenth of a second, so a heap that has hardly grown is left alone.
 */
export function releaseMemory(): void {
  if (usedBytes() - settledBytes < worthwhileBytes) return;
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
  }
  collect();
  settledBytes = usedBytes();
}

/** Without the size of the process, which `process.memoryUsage()` reads from a file. */
function usedBytes(): number {
  return getHeapStatistics().used_heap_size;
}
