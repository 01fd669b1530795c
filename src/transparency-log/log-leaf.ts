import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import {
  countSchema,
  dateSchema,
  planNameSchema,
  schemaVersionSchema,
  sha256Schema,
} from '../model/document-values.js';
import { readDocument } from '../model/read-document.js';
import { type CompactTree, leafHash, subtreesOf, withLeaf } from './merkle-tree.js';

/**
 * One leaf of the log of a plan. It has no time: the same revision under the same number has the same bytes, whoever
 * writes it.
 */
export const logLeafSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    number: countSchema.describe('Number of the leaf, from 0: the name of the file.'),
    plan: planNameSchema,
    date: dateSchema.describe('Day of the report.'),
    revision: z.int().min(1).describe('Number of the revision.'),
    manifestKey: z.string().min(1).describe('Key of its manifest in the archive.'),
    manifestSha256: sha256Schema.describe('Of the bytes of its manifest.'),
    before: z
      .array(sha256Schema)
      .describe(
        'Roots of the perfect subtrees of all leaves before it, the largest first, by RFC 6962: with the bytes of this file they give the root.',
      ),
  })
  .meta({
    title: 'log/N.json',
    description:
      'A leaf of the log of a plan: one committed revision. The data of the leaf are the bytes of this file.',
  });

export type LogLeaf = DeepReadonly<z.infer<typeof logLeafSchema>>;

/** The revision that a leaf is of. */
export type LoggedRevision = Pick<LogLeaf, 'plan' | 'date' | 'revision' | 'manifestKey' | 'manifestSha256'>;

/** The bytes of the next leaf after a tree. */
export function leafBytes(
  { plan, date, revision, manifestKey, manifestSha256 }: LoggedRevision,
  { size, roots }: CompactTree,
): Uint8Array {
  const before = roots.map((root) => Buffer.from(root).toString('hex'));
  const leaf: LogLeaf = {
    schemaVersion: 1,
    number: size,
    plan,
    date,
    revision,
    manifestKey,
    manifestSha256,
    before,
  };
  return Buffer.from(`${JSON.stringify(leaf, null, 2)}\n`);
}

export type LeafReading =
  | { readonly ok: true; readonly leaf: LogLeaf }
  /** In English, for a sentence: "it is the leaf 3 of daily". */
  | { readonly ok: false; readonly words: string };

/** Checks that the bytes are the leaf of this number, and that it has as many subtrees before it as that number asks for. */
export function readLeafBytes(bytes: Uint8Array, plan: string, number: number): LeafReading {
  const read = readDocument(bytes, logLeafSchema);
  if (!read.ok) {
    return { ok: false, words: read.fault.kind === 'not-json' ? 'it is not JSON' : 'it is no leaf of a log' };
  }
  const leaf = read.checked;
  if (leaf.plan !== plan || leaf.number !== number) {
    return { ok: false, words: `it is the leaf ${leaf.number} of ${leaf.plan}` };
  }
  if (leaf.before.length !== subtreesOf(number)) {
    return { ok: false, words: 'it does not have the subtrees that its number asks for' };
  }
  return { ok: true, leaf };
}

/** The tree of all leaves before one. */
export function treeBefore({ number, before }: LogLeaf): CompactTree {
  return { size: number, roots: before.map((root) => Buffer.from(root, 'hex')) };
}

/** The tree of all leaves up to one, with it. */
export function treeUpTo(leaf: LogLeaf, bytes: Uint8Array): CompactTree {
  return withLeaf(treeBefore(leaf), leafHash(bytes));
}
