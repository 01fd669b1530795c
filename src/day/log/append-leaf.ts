import type { LoggedRevision } from '../../transparency-log/log-leaf.js';
import { leafBytes, treeBefore, treeUpTo } from '../../transparency-log/log-leaf.js';
import { type CompactTree, isSameHash, leafHash, withLeaf } from '../../transparency-log/merkle-tree.js';
import type { LogPorts } from './checkpoint-file.js';
import { damagedLog, leafInWords, leafKey, readLeaf } from './log-files.js';

/**
 * Appends the leaf of a revision, and returns the tree of all leaves up to it. Where another process takes the number, the next
 * one is tried; where that process appended this very revision, its leaf is the one.
 *
 * @param known the tree of the first leaves, of which none is of this revision
 * @param passed gets the leaves of other revisions on the way, by the keys of their manifests
 * @throws Failure('storage') where a leaf on the way cannot be used
 */
export async function appendLeaf(
  revision: LoggedRevision,
  known: CompactTree,
  { archive, log }: LogPorts,
  passed: Map<string, CompactTree> = new Map(),
): Promise<CompactTree> {
  const { plan, date } = revision;
  for (let tree = known; ;) {
    const number = tree.size;
    const bytes = leafBytes(revision, tree);
    if ((await archive.create(leafKey(plan, number), { bytes }, 'application/json')) === 'created') {
      log.info({ plan, date, revision: revision.revision, leaf: number }, 'log: leaf appended');
      return withLeaf(tree, leafHash(bytes));
    }
    const taken = await readLeaf(archive, plan, number);
    if (!taken.ok) throw damagedLog(leafInWords(taken.damage));
    if (!isSameTree(treeBefore(taken.leaf), tree)) {
      const words = `leaf ${number} of the log contradicts those before it`;
      throw damagedLog(`${words}: ${archive.locate(leafKey(plan, number))}`);
    }
    tree = treeUpTo(taken.leaf, taken.bytes);
    const { manifestKey } = taken.leaf;
    if (manifestKey === revision.manifestKey) return tree;
    if (!passed.has(manifestKey)) passed.set(manifestKey, tree);
  }
}

export function isSameTree(one: CompactTree, other: CompactTree): boolean {
  const isSameRoot = (root: Uint8Array, index: number): boolean => {
    const [left, right] = [root, other.roots[index]];
    return right !== undefined && isSameHash(left, right);
  };
  return one.size === other.size && one.roots.length === other.roots.length && one.roots.every(isSameRoot);
}
