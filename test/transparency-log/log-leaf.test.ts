import { expect, it } from 'vitest';
import { leafBytes, readLeafBytes } from '../../src/transparency-log/log-leaf.js';
import { emptyTree, leafHash, withLeaf } from '../../src/transparency-log/merkle-tree.js';

const revision = {
  plan: 'daily',
  date: '2026-11-19',
  revision: 1,
  manifestKey: 'daily/2026/11/19/r1/manifest.json',
  manifestSha256: 'a'.repeat(64),
};
const tree = withLeaf(emptyTree, leafHash(Buffer.from('first')));
const second = leafBytes(revision, tree);
const leaf = JSON.parse(Buffer.from(second).toString()) as object;
const edited = (change: object): Buffer => Buffer.from(JSON.stringify({ ...leaf, ...change }));

it('a leaf is read as what was written', () => {
  expect(readLeafBytes(second, 'daily', 1)).toEqual({ ok: true, leaf });
});

it.each<[what: string, bytes: Uint8Array, plan: string, number: number, words: string]>([
  ['of another plan', second, 'other', 1, 'it is the leaf 1 of daily'],
  ['of another number', second, 'daily', 2, 'it is the leaf 1 of daily'],
  [
    'with subtrees of another number',
    edited({ before: [] }),
    'daily',
    1,
    'the subtrees that its number asks for',
  ],
  ['that is no JSON', Buffer.from('{'), 'daily', 1, 'it is not JSON'],
  ['that is something else', Buffer.from('{}'), 'daily', 1, 'it is no leaf of a log'],
])('one %s is refused', (_what, bytes, plan, number, words) => {
  expect(readLeafBytes(bytes, plan, number)).toEqual({ ok: false, words: expect.stringContaining(words) });
});
