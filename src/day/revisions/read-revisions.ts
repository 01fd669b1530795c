import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import { type ArchivedManifest, artefactEntrySchema, manifestSchema } from '../../model/manifest.js';
import { type DocumentFault, readDocument } from '../../model/read-document.js';
import type { Archive, ArchiveEntry } from '../../ports.js';

/** A revision whose manifest was read and understood. */
export interface CommittedRevision {
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifestKey: string;
  /** sha-256 hex of the bytes of manifest.json. */
  readonly manifestSha256: string;
  readonly manifest: ArchivedManifest;
}

export interface RevisionFiles {
  readonly revision: number;
  readonly hasManifest: boolean;
  /** Last change of its youngest file, epoch milliseconds. */
  readonly youngestMs: number;
}

export interface RevisionsOfDay {
  /** In order of their numbers. */
  readonly revisions: readonly RevisionFiles[];
  /** null: none has a manifest. */
  readonly newest: CommittedRevision | null;
  /** Those without a manifest: still being written, or left by a crash. */
  readonly unfinished: readonly RevisionFiles[];
}

/** The fields that this program reads back; the rest is for people and for digests. Text is compared, not parsed. */
const readableManifest = manifestSchema.pick({ plan: true, revision: true, status: true }).extend({
  schemaVersion: z.literal([1, 2]),
  contentDigestVersion: z.int().optional(),
  madeBy: z.record(z.string(), z.string()).optional(),
  date: z.string(),
  generatedAt: z.string(),
  contentDigest: z.string(),
  artefacts: z.array(artefactEntrySchema.extend({ sha256: z.string() })),
});

/** The highest revision of the day that has a manifest; null where there is none. */
export async function findNewestRevision(
  archive: Archive,
  plan: string,
  date: string,
): Promise<CommittedRevision | null> {
  return (await readRevisions(archive, plan, date)).newest;
}

/** All revisions of a day as they are now. */
export async function readRevisions(archive: Archive, plan: string, date: string): Promise<RevisionsOfDay> {
  const revisions = await listRevisions(archive, plan, date);
  const newest = await readNewest(archive, plan, date, revisions);
  return { revisions, newest, unfinished: revisions.filter(({ hasManifest }) => !hasManifest) };
}

/** In order of their numbers. */
export async function listRevisions(archive: Archive, plan: string, date: string): Promise<RevisionFiles[]> {
  const prefix = dayPrefix(plan, date);
  const byRevision = new Map<number, ArchiveEntry[]>();
  for (const entry of await archive.list(prefix)) {
    const revision = Number(/^r([1-9]\d{0,8})\//.exec(entry.key.slice(prefix.length))?.[1]);
    if (Number.isNaN(revision)) continue;
    byRevision.set(revision, [...(byRevision.get(revision) ?? []), entry]);
  }
  return [...byRevision]
    .map(([revision, entries]) => ({
      revision,
      hasManifest: entries.some((entry) => entry.key === `${prefix}r${revision}/${artefactNames.manifest}`),
      youngestMs: Math.max(...entries.map((entry) => entry.modifiedMs)),
    }))
    .sort((a, b) => a.revision - b.revision);
}

async function readNewest(
  archive: Archive,
  plan: string,
  date: string,
  revisions: readonly RevisionFiles[],
): Promise<CommittedRevision | null> {
  const revision = revisions.findLast((found) => found.hasManifest)?.revision;
  return revision === undefined ? null : readRevision(archive, plan, date, revision);
}

/**
 * A revision that has a manifest.
 *
 * @throws Failure('storage') for a manifest that cannot be understood
 */
export async function readRevision(
  archive: Archive,
  plan: string,
  date: string,
  revision: number,
): Promise<CommittedRevision> {
  const prefix = revisionPrefix(plan, date, revision);
  const manifestKey = `${prefix}${artefactNames.manifest}`;
  const bytes = await archive.read(manifestKey);
  if (bytes === null) throw badManifest(archive.locate(manifestKey), 'it was listed but cannot be read');
  const manifest = parseManifest(bytes, archive.locate(manifestKey));
  if (manifest.plan !== plan || manifest.date !== date || manifest.revision !== revision) {
    throw badManifest(
      archive.locate(manifestKey),
      `it is the manifest of ${manifest.plan}, ${manifest.date}, r${manifest.revision}`,
    );
  }
  const manifestSha256 = createHash('sha256').update(bytes).digest('hex');
  return { revision, prefix, manifestKey, manifestSha256, manifest };
}

function parseManifest(bytes: Uint8Array, location: string): ArchivedManifest {
  const read = readDocument(bytes, readableManifest);
  if (!read.ok) throw badManifest(location, ...reasonOf(read.fault));
  // Unchecked fields are passed on as they were written and never used in a computation.
  return read.written as ArchivedManifest;
}

function reasonOf(fault: DocumentFault): readonly [why: string, cause: unknown] {
  return fault.kind === 'not-json'
    ? ['it is not JSON', fault.cause]
    : [z.prettifyError(fault.error), fault.error];
}

/** `<plan>/2026/11/19/`; the archive puts its own prefix before it. */
export function dayPrefix(plan: string, date: string): string {
  return `${plan}/${date.replaceAll('-', '/')}/`;
}

/** `<plan>/2026/11/19/r1/` */
export function revisionPrefix(plan: string, date: string, revision: number): string {
  return `${dayPrefix(plan, date)}r${revision}/`;
}

function badManifest(location: string, why: string, cause?: unknown): Failure {
  return new Failure('storage', `cannot understand the manifest ${location}: ${why}`, {
    hints: [
      'Restore it from a copy of the archive, or use the version of this program that wrote it.',
      'If there is no copy, move the directory of this revision out of the archive and run again.',
    ],
    cause,
  });
}
