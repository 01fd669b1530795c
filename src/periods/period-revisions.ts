import { z } from 'zod';
import { sha256Hex } from '../base/digest.js';
import { readKept, readVerified } from '../day/revisions/kept-file.js';
import { type RevisionFiles, listRevisionsBelow } from '../day/revisions/read-revisions.js';
import { wasCommitted } from '../day/revisions/was-committed.js';
import { Failure, UnreadableFile } from '../errors.js';
import { artefactNames } from '../model/artefact-names.js';
import { artefactEntrySchema } from '../model/manifest.js';
import { type PeriodManifest, periodManifestSchema } from '../model/period-manifest.js';
import { readDocument } from '../model/read-document.js';
import type { Archive } from '../ports/archive.js';

/** A committed revision of a period whose manifest was read and understood. */
export interface CommittedPeriod {
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifestSha256: string;
  readonly manifest: PeriodManifest;
}

export interface PeriodRevisions {
  readonly revisions: readonly RevisionFiles[];
  /** The newest whose manifest can be used; null: there is none. */
  readonly newest: CommittedPeriod | null;
  /** Whether a later one was committed and has a manifest that cannot be used: its number stays taken. */
  readonly isDamaged: boolean;
  readonly unfinished: readonly RevisionFiles[];
}

/** The fields that are read back; the rest is for people. */
const readableManifest = periodManifestSchema
  .pick({ schemaVersion: true, plan: true, revision: true, contentDigest: true, countsDigest: true })
  .extend({
    period: z.object({ label: z.string() }),
    days: z.array(z.object({ date: z.string(), manifestSha256: z.string().nullable() })),
    artefacts: z.array(artefactEntrySchema.extend({ sha256: z.string() })),
  });

/** What of a later format says what it is. */
const laterManifest = z.object({ schemaVersion: z.int().min(2) });

/** `<plan>/periods/2026-11/` */
export function periodPrefix(plan: string, label: string): string {
  return `${plan}/periods/${label}/`;
}

/**
 * All revisions of a period as they are now.
 *
 * @throws Failure('storage') where the archive cannot be listed or read, and where a newer version of this program wrote the newest
 */
export async function readPeriodRevisions(
  archive: Archive,
  plan: string,
  label: string,
): Promise<PeriodRevisions> {
  const folder = periodPrefix(plan, label);
  const revisions = await listRevisionsBelow(archive, folder);
  const unfinished: RevisionFiles[] = [];
  for (const files of revisions) {
    if (!(files.hasManifest || (await wasCommitted(archive, files.deliveries)))) unfinished.push(files);
  }
  let isDamaged = false;
  for (const files of revisions.toReversed()) {
    if (unfinished.includes(files)) continue;
    const newest = await readPeriodRevision(archive, { plan, label, revision: files.revision });
    if (newest !== null) return { revisions, newest, isDamaged, unfinished };
    isDamaged = true;
  }
  return { revisions, newest: null, isDamaged, unfinished };
}

async function readPeriodRevision(
  archive: Archive,
  { plan, label, revision }: { readonly plan: string; readonly label: string; readonly revision: number },
): Promise<CommittedPeriod | null> {
  const prefix = `${periodPrefix(plan, label)}r${revision}/`;
  const key = `${prefix}${artefactNames.manifest}`;
  const kept = await readKept(archive, key);
  if (!kept.ok) return null;
  const later = readDocument(kept.bytes, laterManifest);
  if (later.ok) throw madeByNewer(archive.locate(key), later.checked.schemaVersion);
  const read = readDocument(kept.bytes, readableManifest);
  if (!read.ok) return null;
  const { checked } = read;
  if (checked.plan !== plan || checked.period.label !== label || checked.revision !== revision) return null;
  // Unchecked fields are passed on as they were written and never used in a computation.
  const manifest = read.written as PeriodManifest;
  return { revision, prefix, manifestSha256: sha256Hex(kept.bytes), manifest };
}

/** What a later version wrote is not for this one to supersede. */
function madeByNewer(location: string, version: number): Failure {
  return new Failure(
    'storage',
    `${location}: a newer version of this program wrote it (format ${version}); nothing was written`,
    { hints: ['Update this program, or run the version that made the report of this period.'] },
  );
}

/** The newest revision, where it has this content and every file of it is the one that its manifest names; else null. */
export async function standingPeriod(
  archive: Archive,
  { newest, isDamaged }: PeriodRevisions,
  contentDigest: string,
): Promise<CommittedPeriod | null> {
  if (newest === null || isDamaged || newest.manifest.contentDigest !== contentDigest) return null;
  return (await isWhole(archive, newest)) ? newest : null;
}

async function isWhole(archive: Archive, { prefix, manifest }: CommittedPeriod): Promise<boolean> {
  for (const { name, sha256 } of manifest.artefacts) {
    if (!(await readVerified(archive, `${prefix}${name}`, sha256)).ok) return false;
  }
  return true;
}

/** A file of the revision; null where it is not there, or is not the one that the manifest names. */
export async function readPeriodFile(
  archive: Archive,
  { prefix, manifest }: CommittedPeriod,
  name: string,
): Promise<Uint8Array | null> {
  const expected = manifest.artefacts.find((artefact) => artefact.name === name)?.sha256;
  const kept = await readVerified(archive, `${prefix}${name}`, expected);
  return kept.ok ? kept.bytes : null;
}

/** Labels of the periods that have a committed revision. */
export async function committedPeriods(archive: Archive, plan: string): Promise<ReadonlySet<string>> {
  const labels = new Set<string>();
  for (const { key } of await listFolder(archive, `${plan}/periods/`)) {
    const [, , label = '', revision = '', name, ...rest] = key.split('/');
    if (name === artefactNames.manifest && rest.length === 0 && /^r[1-9]\d*$/.test(revision))
      labels.add(label);
  }
  return labels;
}

/** What cannot be listed counts as not there: whoever makes the period finds out. */
async function listFolder(archive: Archive, prefix: string): Promise<readonly { readonly key: string }[]> {
  try {
    return await archive.list(prefix);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}
