import { createHash } from 'node:crypto';

/*
 * Merkle tree hashing of RFC 6962, section 2.1 (RFC 9162, section 2.1): SHA-256, with one byte in front that tells leaves
 * from nodes. A hash is 32 bytes.
 */

/** The hash of a leaf with these bytes. */
export function leafHash(data: Uint8Array): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(0)).update(data).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

/**
 * What is needed of a tree to go on from it: the roots of its perfect subtrees, the largest first. A tree of 6 leaves has
 * two, of 4 leaves and of 2: one for each 1 of the size in binary.
 */
export interface CompactTree {
  /** How many leaves it has. */
  readonly size: number;
  readonly roots: readonly Uint8Array[];
}

export const emptyTree: CompactTree = { size: 0, roots: [] };

/** How many perfect subtrees a tree of this size has. */
export function subtreesOf(size: number): number {
  let ones = 0;
  for (let left = size; left > 0; left = Math.floor(left / 2)) ones += left % 2;
  return ones;
}

/** The tree with one leaf more. */
export function withLeaf({ size, roots }: CompactTree, hash: Uint8Array): CompactTree {
  const kept = [...roots];
  let last = hash;
  // Two subtrees of the same size become one, as in a counter that carries.
  for (let left = size; left % 2 === 1; left = Math.floor(left / 2)) {
    const before = kept.pop();
    if (before === undefined)
      throw new TypeError(`a tree of ${size} leaves has ${subtreesOf(size)} subtrees`);
    last = nodeHash(before, last);
  }
  return { size: size + 1, roots: [...kept, last] };
}

/** The root of the whole tree; of an empty one the hash of nothing. */
export function rootOf({ roots }: CompactTree): Uint8Array {
  const last = roots.at(-1);
  if (last === undefined) return createHash('sha256').digest();
  return roots.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The tree of leaves with these hashes. */
export function treeOf(hashes: Iterable<Uint8Array>): CompactTree {
  let tree = emptyTree;
  for (const hash of hashes) tree = withLeaf(tree, hash);
  return tree;
}

/** The largest power of two below a size of at least 2: where its tree is split. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
