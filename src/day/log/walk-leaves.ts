import type { Archive } from '../../ports/archive.js';
import { leafHash, type CompactTree, emptyTree, withLeaf } from '../../transparency-log/merkle-tree.js';
import { treeBefore } from '../../transparency-log/log-leaf.js';
import { isSameTree } from './append-leaf.js';
import { type ArchivedLeaf, type DamagedLeaf, damagedLeaf } from './log-files.js';

/** What the bytes of all leaves of a log give, whatever the leaves say of each other. */
export interface WalkedLog {
  /** The tree after each leaf; null from the first leaf on that cannot be used. */
  readonly trees: readonly (CompactTree | null)[];
  /** Leaves that cannot be used, or that contradict their neighbours, in order. */
  readonly damaged: readonly DamagedLeaf[];
}

/** Goes through the leaves from the first to the last. */
export function walkLeaves(archive: Archive, plan: string, leaves: readonly ArchivedLeaf[]): WalkedLog {
  const trees: (CompactTree | null)[] = [];
  const damaged = new Map<number, DamagedLeaf>();
  let tree: CompactTree | null = emptyTree;
  for (const [number, each] of leaves.entries()) {
    if (!each.ok) {
      damaged.set(number, each.damage);
      tree = null;
    } else {
      const wrong = contradicted(leaves, number);
      if (wrong !== null) damaged.set(wrong.number, damagedLeaf(archive, plan, wrong.number, wrong.words));
      tree = tree && withLeaf(tree, leafHash(each.bytes));
    }
    trees.push(tree);
  }
  return { trees, damaged: [...damaged.values()].sort((a, b) => a.number - b.number) };
}

/**
 * Which of a leaf and the one before it was changed, where the two contradict each other; null: they do not. The one that the
 * leaf after them goes on from was not.
 */
function contradicted(
  leaves: readonly ArchivedLeaf[],
  number: number,
): Pick<DamagedLeaf, 'number' | 'words'> | null {
  const [before, leaf] = [leaves[number - 1], leaves[number]];
  if (before?.ok !== true || leaf?.ok !== true) return null;
  if (isSameTree(before.tree, treeBefore(leaf.leaf))) return null;
  const after = leaves[number + 1];
  const isConfirmed = after?.ok === true && isSameTree(leaf.tree, treeBefore(after.leaf));
  const words = isConfirmed
    ? 'it is not the one that those after it go on from'
    : `it, or leaf ${number} after it, is not the one that was written`;
  return { number: number - 1, words };
}
