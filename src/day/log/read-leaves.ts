import { eachInBatches } from '../../base/in-batches.js';
import type { Archive } from '../../ports/archive.js';
import type { CompactTree } from '../../transparency-log/merkle-tree.js';
import { type ArchivedLeaf, readLeaf } from './log-files.js';

/** Leaves of a log, in order of their numbers. */
export interface ReadLeaves {
  readonly leaves: readonly ArchivedLeaf[];
  /** The tree up to the first leaf of each revision, by the key of its manifest. */
  readonly byManifest: ReadonlyMap<string, CompactTree>;
}

/** Reads the first `size` leaves. @throws Failure('storage') */
export async function readLeaves(archive: Archive, plan: string, size: number): Promise<ReadLeaves> {
  const numbers = Array.from({ length: size }, (_, number) => number);
  const leaves = await eachInBatches(numbers, (number) => readLeaf(archive, plan, number));
  const byManifest = new Map<string, CompactTree>();
  for (const each of leaves) {
    if (each.ok && !byManifest.has(each.leaf.manifestKey)) byManifest.set(each.leaf.manifestKey, each.tree);
  }
  return { leaves, byManifest };
}
