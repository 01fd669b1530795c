import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  leafHash,
  nodeHash,
  rootOf,
  subtreesOf,
  treeOf,
  withLeaf,
} from '../../src/transparency-log/merkle-tree.js';
import {
  consistencyProof,
  inclusionProof,
  provesConsistency,
  provesInclusion,
} from '../../src/transparency-log/proofs.js';
import { publishedLeaves, publishedRoots } from './published-vectors.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const hashesOf = (leaves: readonly Uint8Array[]): readonly Uint8Array[] => leaves.map(leafHash);

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** The definition of RFC 6962 word for word: no short cut, and no function of ours. */
function naiveRoot(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

test('an empty tree has the hash of nothing', () => {
  expect(hex(rootOf(treeOf([])))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test.each(publishedRoots.map((root, index) => [index + 1, root] as const))(
  'the published leaves give the published root of %i leaves',
  (size, root) => {
    expect(hex(rootOf(treeOf(hashesOf(publishedLeaves.slice(0, size)))))).toBe(root);
  },
);

test.each([
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
])('the published proof that leaf %i is in %i', (number, size, published) => {
  const hashes = hashesOf(publishedLeaves.slice(0, size));
  expect(inclusionProof(hashes, number).map(hex)).toEqual(published);
});

test.each([
  [1, 1, []],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
])('the published proof that %i leaves became %i', (earlier, size, published) => {
  const hashes = hashesOf(publishedLeaves.slice(0, size));
  expect(consistencyProof(hashes, earlier).map(hex)).toEqual(published);
});

const someLeaves = fc.array(fc.uint8Array({ maxLength: 3 }), { minLength: 1, maxLength: 40 });

test('a tree of any leaves has the root of the definition, and one subtree for each 1 of its size', () => {
  fc.assert(
    fc.property(someLeaves, (leaves) => {
      const tree = treeOf(hashesOf(leaves));
      expect(hex(rootOf(tree))).toBe(hex(naiveRoot(leaves)));
      expect(tree.roots).toHaveLength(subtreesOf(leaves.length));
      expect(subtreesOf(leaves.length)).toBe(leaves.length.toString(2).replaceAll('0', '').length);
    }),
    { numRuns: 60 },
  );
});

test('a proof of inclusion holds for its leaf, and for nothing else', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, at, otherAt) => {
      const hashes = hashesOf(leaves);
      const size = hashes.length;
      const tree = { size, root: naiveRoot(leaves) };
      const number = at % size;
      const hash = hashes[number]!;
      const proof = inclusionProof(hashes, number);
      expect(provesInclusion(tree, { number, hash }, proof)).toBe(true);
      expect(provesInclusion(tree, { number, hash: leafHash(Buffer.from('another')) }, proof)).toBe(false);
      expect(provesInclusion({ size, root: leafHash(hash) }, { number, hash }, proof)).toBe(false);
      expect(provesInclusion(tree, { number, hash }, [...proof, hash])).toBe(false);
      expect(provesInclusion(tree, { number: number + size, hash }, proof)).toBe(false);
      expect(provesInclusion(tree, { number: -1, hash }, proof)).toBe(false);
      expect(provesInclusion(tree, { number, hash }, proof.slice(1))).toBe(proof.length === 0);
      const other = otherAt % size;
      const isOther = other !== number && hex(hashes[other]!) !== hex(hash);
      expect(isOther && provesInclusion(tree, { number: other, hash }, proof)).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('a proof of consistency holds for a tree that was extended, and not for one that was changed', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, at, changedAt) => {
      const hashes = hashesOf(leaves);
      const size = (at % hashes.length) + 1;
      const earlier = { size, root: naiveRoot(leaves.slice(0, size)) };
      const later = { size: leaves.length, root: naiveRoot(leaves) };
      const proof = consistencyProof(hashes, size);
      expect(provesConsistency(earlier, later, proof)).toBe(true);
      const changed = leaves.with(changedAt % size, Buffer.from('changed'));
      const ofChanged = { size: leaves.length, root: naiveRoot(changed) };
      const forged = consistencyProof(hashesOf(changed), size);
      expect(provesConsistency(earlier, ofChanged, forged)).toBe(false);
      expect(provesConsistency(earlier, later, [...proof, earlier.root])).toBe(false);
      expect(proof.length > 0 && provesConsistency(earlier, later, proof.slice(1))).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('a proof is asked for of leaves that are there', () => {
  expect(() => inclusionProof(hashesOf(publishedLeaves), 8)).toThrow('a tree of 8 leaves has no leaf 8');
  expect(() => consistencyProof(hashesOf(publishedLeaves), 9)).toThrow('does not extend one of 9');
  expect(
    provesConsistency(
      { size: 0, root: rootOf(treeOf([])) },
      { size: 1, root: leafHash(Buffer.alloc(0)) },
      [],
    ),
  ).toBe(false);
});

test('one leaf more carries like a counter', () => {
  const [a, b, c, d] = hashesOf(publishedLeaves) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  expect(withLeaf(treeOf([a, b, c]), d).roots).toEqual([nodeHash(nodeHash(a, b), nodeHash(c, d))]);
});
