import { count } from '../../base/english.js';
import type { Archive } from '../../ports/archive.js';
import {
  type ReadCheckpoint,
  checkpointWithin,
  originOf,
  readCheckpoint,
} from '../../transparency-log/checkpoint.js';
import { emptyTree } from '../../transparency-log/merkle-tree.js';
import type { NoteKey } from '../../transparency-log/signed-note.js';
import { isTreeOf } from './checkpoint-file.js';
import { type CheckpointStanding, type FaultySignature, checkSignaturesOf } from './checkpoint-signatures.js';
import { type DamagedLeaf, leafInWords, listLeaves } from './log-files.js';
import { readLeaves } from './read-leaves.js';
import { walkLeaves } from './walk-leaves.js';

/** What an archive is to a checkpoint from outside. `size`: leaves that the checkpoint is of; `now`: leaves that there are. */
export type ExtensionProof =
  /** The archive has all that it had then, unaltered. */
  | {
      readonly kind: 'extends';
      readonly size: number;
      readonly now: number;
      readonly signature: CheckpointStanding;
    }
  /** Leaves of the end were removed. */
  | { readonly kind: 'rolled-back'; readonly size: number; readonly now: number }
  /** It has as many leaves, and others. */
  | { readonly kind: 'another-history'; readonly size: number; readonly now: number }
  | { readonly kind: 'damaged-leaf'; readonly leaf: DamagedLeaf }
  | { readonly kind: 'not-a-checkpoint'; readonly words: string }
  | { readonly kind: 'of-another-log'; readonly origin: string; readonly expected: string }
  | FaultySignature;

/**
 * Whether the log of a plan extends a checkpoint that somebody kept elsewhere. Reads all leaves, and computes the tree from
 * their bytes alone.
 *
 * @param text the checkpoint, or a text that has it, such as the plain text of a mail
 * @param keys that its signature may be of; none: a signature is not checked
 * @throws Failure('storage') where the archive cannot be listed or read
 */
export async function proveExtends(
  archive: Archive,
  plan: string,
  text: string,
  keys: readonly NoteKey[] = [],
): Promise<ExtensionProof> {
  const read = readCheckpoint(checkpointWithin(text));
  if (!read.ok) return { kind: 'not-a-checkpoint', words: read.words };
  const { checkpoint } = read;
  const expected = originOf(plan);
  if (checkpoint.origin !== expected) {
    return { kind: 'of-another-log', origin: checkpoint.origin, expected };
  }
  const signature = checkSignaturesOf(checkpoint, keys);
  if (typeof signature !== 'string') return signature;
  return compareTrees(archive, plan, checkpoint, signature);
}

async function compareTrees(
  archive: Archive,
  plan: string,
  checkpoint: ReadCheckpoint,
  signature: CheckpointStanding,
): Promise<ExtensionProof> {
  const { size } = checkpoint;
  const listed = await listLeaves(archive, plan);
  const sizes = { size, now: listed.size };
  if (listed.size < size) return { kind: 'rolled-back', ...sizes };
  const { leaves } = await readLeaves(archive, plan, listed.size);
  const { trees, damaged } = walkLeaves(archive, plan, leaves);
  const tree = size === 0 ? emptyTree : (trees[size - 1] ?? null);
  const isSame = tree !== null && isTreeOf(checkpoint, tree);
  // Leaves that the checkpoint confirms are whole, whatever others say of them.
  const wrong = damaged.find(({ number }) => !isSame || number >= size);
  if (wrong !== undefined && (isSame || wrong.number < size)) return { kind: 'damaged-leaf', leaf: wrong };
  return isSame ? { kind: 'extends', ...sizes, signature } : { kind: 'another-history', ...sizes };
}

/** For a person, in English. */
export function extensionInWords(proof: ExtensionProof): string {
  switch (proof.kind) {
    case 'extends':
      return `the archive has all ${leavesIn(proof.size)} of the checkpoint unaltered, and ${proof.now} in all`;
    case 'rolled-back':
      return `the archive was rolled back: the checkpoint is of ${leavesIn(proof.size)}, and the log has ${proof.now}`;
    case 'another-history':
      return `the archive has another history: its first ${leavesIn(proof.size)} are not those of the checkpoint`;
    case 'damaged-leaf':
      return leafInWords(proof.leaf);
    case 'not-a-checkpoint':
      return `this is no checkpoint: ${proof.words}`;
    case 'of-another-log':
      return `the checkpoint is of another log: ${proof.origin}, and not ${proof.expected}`;
    case 'signature-wrong':
      return `the signature of the checkpoint is wrong: ${proof.keyName} did not sign this text`;
    case 'unknown-key':
      return `the checkpoint is signed by a key that is not known: ${proof.keyName}`;
  }
}

function leavesIn(number: number): string {
  return count(number, 'leaf', 'leaves');
}
