import { isSameHash, nodeHash, rootOf, splitOf, treeOf } from './merkle-tree.js';

/*
 * Proofs of RFC 9162, section 2.1.3 (inclusion) and 2.1.4 (consistency). Hashes are those of leaves; a proof is a list of
 * hashes.
 */

/** Shows with few hashes that the tree of all hashes has the leaf of this number. @throws RangeError for a leaf that it does not have */
export function inclusionProof(hashes: readonly Uint8Array[], number: number): readonly Uint8Array[] {
  if (!(number >= 0 && number < hashes.length)) {
    throw new RangeError(`a tree of ${hashes.length} leaves has no leaf ${number}`);
  }
  if (hashes.length === 1) return [];
  const split = splitOf(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return number < split
    ? [...inclusionProof(left, number), rootOf(treeOf(right))]
    : [...inclusionProof(right, number - split), rootOf(treeOf(left))];
}

/** Whether a proof shows that the tree of this size and root has the leaf with this hash (RFC 9162, section 2.1.3.2). */
export function provesInclusion(
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  { number, hash }: { readonly number: number; readonly hash: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!(number >= 0 && number < size)) return false;
  const path = new PathUp(number, size - 1);
  let reached = hash;
  for (const each of proof) {
    if (path.isAtRoot) return false;
    if (path.isRightOrLast()) {
      reached = nodeHash(each, reached);
      path.climbWhileLeft();
    } else reached = nodeHash(reached, each);
    path.climb();
  }
  return path.isAtRoot && isSameHash(reached, root);
}

/** Shows that the tree of all hashes extends that of the first `size`. @throws RangeError where `size` is not from 1 to their number */
export function consistencyProof(hashes: readonly Uint8Array[], size: number): readonly Uint8Array[] {
  if (!(size >= 1 && size <= hashes.length)) {
    throw new RangeError(`a tree of ${hashes.length} leaves does not extend one of ${size}`);
  }
  return subproof(hashes, size, true);
}

/** @param isWhole whether the first `size` are known to who checks it */
function subproof(hashes: readonly Uint8Array[], size: number, isWhole: boolean): readonly Uint8Array[] {
  if (size === hashes.length) return isWhole ? [] : [rootOf(treeOf(hashes))];
  const split = splitOf(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return size <= split
    ? [...subproof(left, size, isWhole), rootOf(treeOf(right))]
    : [...subproof(right, size - split, false), rootOf(treeOf(left))];
}

interface SizedRoot {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether a proof shows that the later tree extends the earlier one, of at least one leaf (RFC 9162, section 2.1.4.2). */
export function provesConsistency(
  earlier: SizedRoot,
  later: SizedRoot,
  proof: readonly Uint8Array[],
): boolean {
  if (earlier.size < 1 || earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && isSameHash(earlier.root, later.root);
  const isPerfect = Number.isInteger(Math.log2(earlier.size));
  const [first, ...rest] = isPerfect ? [earlier.root, ...proof] : proof;
  if (first === undefined) return false;
  const path = new PathUp(earlier.size - 1, later.size - 1);
  path.climbWhileRight();
  let [ofEarlier, ofLater] = [first, first];
  for (const each of rest) {
    if (path.isAtRoot) return false;
    if (path.isRightOrLast()) {
      ofEarlier = nodeHash(each, ofEarlier);
      ofLater = nodeHash(each, ofLater);
      path.climbWhileLeft();
    } else ofLater = nodeHash(ofLater, each);
    path.climb();
  }
  return path.isAtRoot && isSameHash(ofEarlier, earlier.root) && isSameHash(ofLater, later.root);
}

/** The way from a node to the root: the numbers of the node and of the last one of its level (fn and sn of the RFC). */
class PathUp {
  constructor(
    private node: number,
    private last: number,
  ) {}

  get isAtRoot(): boolean {
    return this.last === 0;
  }

  isRightOrLast(): boolean {
    return this.node % 2 === 1 || this.node === this.last;
  }

  climb(): void {
    this.node = Math.floor(this.node / 2);
    this.last = Math.floor(this.last / 2);
  }

  climbWhileRight(): void {
    while (this.node % 2 === 1) this.climb();
  }

  climbWhileLeft(): void {
    while (this.node % 2 === 0 && this.node !== 0) this.climb();
  }
}
