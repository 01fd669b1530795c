import { explainError } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import type { Log } from '../../ports/log.js';
import {
  type CheckpointReading,
  checkpointText,
  originOf,
  readCheckpoint,
  signedCheckpoint,
} from '../../transparency-log/checkpoint.js';
import { type CompactTree, isSameHash, rootOf } from '../../transparency-log/merkle-tree.js';
import type { OpenNoteSigner } from '../../transparency-log/signed-note.js';
import { readKept } from '../revisions/kept-file.js';
import { damagedLog } from './log-files.js';

export interface LogPorts {
  readonly archive: Archive;
  readonly log: Log;
  /** Signs checkpoints; absent: they are not signed. */
  readonly checkpointSigner?: OpenNoteSigner | undefined;
}

/** A checkpoint as it is kept and mailed. */
export interface KeptCheckpoint {
  readonly text: string;
  /** Why it is not signed, although it was to be; null: nothing went wrong. */
  readonly fault: string | null;
}

/**
 * Keeps the checkpoint up to the leaf of a revision in its folder, and returns what is there: whoever was first.
 *
 * @param tree of all leaves up to that of the revision
 * @throws Failure('storage') where the folder has another checkpoint
 */
export async function keepCheckpoint(
  plan: string,
  prefix: string,
  tree: CompactTree,
  { archive, checkpointSigner }: LogPorts,
): Promise<KeptCheckpoint> {
  const checkpoint = { origin: originOf(plan), size: tree.size, root: rootOf(tree) };
  const made = await written(checkpoint, checkpointSigner);
  const key = `${prefix}${artefactNames.checkpoint}`;
  if ((await archive.create(key, { bytes: Buffer.from(made.text) }, 'text/plain')) === 'created') return made;
  const kept = await readKept(archive, key);
  const text = kept.ok ? Buffer.from(kept.bytes).toString('utf8') : '';
  const read = readCheckpoint(text);
  if (read.ok && read.checkpoint.text === checkpointText(checkpoint)) return { text, fault: null };
  throw damagedLog(`${archive.locate(key)} is not the checkpoint of the leaf ${tree.size - 1} of the log`);
}

/** A key that cannot be reached makes a checkpoint without a signature: it is as good against what is in a mail. */
async function written(
  checkpoint: Parameters<typeof signedCheckpoint>[0],
  openSigner: OpenNoteSigner | undefined,
): Promise<KeptCheckpoint> {
  if (openSigner === undefined) return { text: checkpointText(checkpoint), fault: null };
  try {
    return { text: await signedCheckpoint(checkpoint, await openSigner()), fault: null };
  } catch (error) {
    return {
      text: checkpointText(checkpoint),
      fault: `the checkpoint is not signed: ${explainError(error)}`,
    };
  }
}

/** The text of the checkpoint of a revision; null: it has none that can be read. @throws Failure('storage') */
export async function readKeptCheckpoint(archive: Archive, prefix: string): Promise<string | null> {
  const kept = await readKept(archive, `${prefix}${artefactNames.checkpoint}`);
  if (!kept.ok) return null;
  const text = Buffer.from(kept.bytes).toString('utf8');
  return readCheckpoint(text).ok ? text : null;
}

/** What a checkpoint of a revision says. @throws Failure('storage') */
export async function checkpointAt(archive: Archive, prefix: string): Promise<CheckpointReading> {
  const kept = await readKept(archive, `${prefix}${artefactNames.checkpoint}`);
  if (!kept.ok) return { ok: false, words: 'it cannot be read' };
  return readCheckpoint(Buffer.from(kept.bytes).toString('utf8'));
}

/** Whether a tree is the one that the checkpoint is of. */
export function isTreeOf(
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  tree: CompactTree,
): boolean {
  return size === tree.size && isSameHash(root, rootOf(tree));
}
