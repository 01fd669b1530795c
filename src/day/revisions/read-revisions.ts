import { z } from 'zod';
import { sha256Hex } from '../../base/digest.js';
import { Failure, UnreadableFile } from '../../errors.js';
import { type ArchiveDamage, damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import { type ArchivedManifest, artefactEntrySchema, manifestSchema } from '../../model/manifest.js';
import { readDocument } from '../../model/read-document.js';
import { highestRevision } from '../../model/revision-numbers.js';
import type { Archive, ArchiveEntry } from '../../ports/archive.js';
import { readKept } from './kept-file.js';
import { wasCommitted } from './was-committed.js';

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
  /** Keys of its delivery claims and records. */
  readonly deliveries: readonly string[];
  /** Last change of its youngest file, epoch milliseconds. */
  readonly youngestMs: number;
}

/** A revision whose manifest cannot be used. Its number stays taken. */
export interface DamagedRevision extends ArchiveDamage {
  /** null: the folder of the day cannot be listed, and nobody knows what it has. */
  readonly revision: number | null;
}

export interface RevisionsOfDay {
  /** In order of their numbers. */
  readonly revisions: readonly RevisionFiles[];
  /** The newest whose manifest can be used; null: there is none. */
  readonly newest: CommittedRevision | null;
  /** Those that were committed after it and whose manifests cannot be used, the newest first. */
  readonly damaged: readonly DamagedRevision[];
  /** Those without a manifest: still being written, or left by a crash. */
  readonly unfinished: readonly RevisionFiles[];
}

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

/**
 * The fields that this program reads back; the rest is for people and for digests. Text is compared, not parsed, but for what
 * says whether the day was over.
 */
const readableManifest = manifestSchema.pick({ plan: true, revision: true, status: true }).extend({
  schemaVersion: z.literal([1, 2]),
  contentDigestVersion: z.int().optional(),
  madeBy: z.record(z.string(), z.string()).optional(),
  date: z.string(),
  generatedAt: instant,
  cutOff: instant.optional(),
  contentDigest: z.string(),
  artefacts: z.array(artefactEntrySchema.extend({ sha256: z.string() })),
});

/** What of a later format says what it is. */
const laterManifest = z.object({ schemaVersion: z.int().min(3) });

/** The newest revision of the day whose manifest can be used; null where there is none. */
export async function findNewestRevision(
  archive: Archive,
  plan: string,
  date: string,
): Promise<CommittedRevision | null> {
  return (await readRevisions(archive, plan, date)).newest;
}

/**
 * All revisions of a day as they are now. A manifest that cannot be used is damage, never an error.
 *
 * @throws Failure('storage') where the archive cannot be listed or read
 */
export async function readRevisions(archive: Archive, plan: string, date: string): Promise<RevisionsOfDay> {
  const listed = await listOrDamage(archive, plan, date);
  if ('damage' in listed) return { revisions: [], newest: null, damaged: [listed.damage], unfinished: [] };
  const { revisions } = listed;
  const damaged: DamagedRevision[] = [];
  const unfinished: RevisionFiles[] = [];
  let newest: CommittedRevision | null = null;
  for (const files of revisions) {
    if (!(files.hasManifest || (await wasCommitted(archive, files.deliveries)))) unfinished.push(files);
  }
  for (const files of revisions.toReversed()) {
    if (unfinished.includes(files)) continue;
    const { revision } = files;
    const read = await readRevision(archive, { plan, date, revision });
    if (read.ok) {
      newest = read.revision;
      break;
    }
    damaged.push({ revision, ...read.damage });
  }
  return { revisions, newest, damaged, unfinished };
}

/** A day whose folder is a link or may not be entered is damaged as a whole. */
async function listOrDamage(
  archive: Archive,
  plan: string,
  date: string,
): Promise<{ readonly revisions: readonly RevisionFiles[] } | { readonly damage: DamagedRevision }> {
  try {
    return { revisions: await listRevisions(archive, plan, date) };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { location, reason } = error;
    return { damage: { revision: null, key: dayPrefix(plan, date).slice(0, -1), location, reason } };
  }
}

/** The number that the next one takes: numbers of unfinished ones are used up. */
export function nextRevision(revisions: readonly Pick<RevisionFiles, 'revision'>[]): number {
  return Math.max(0, ...revisions.map(({ revision }) => revision)) + 1;
}

/** In order of their numbers. */
export function listRevisions(archive: Archive, plan: string, date: string): Promise<RevisionFiles[]> {
  return listRevisionsBelow(archive, dayPrefix(plan, date));
}

/** The same below any folder that has revisions: of a period. Strays are none of them. @param prefix ends in `/` */
export async function listRevisionsBelow(archive: Archive, prefix: string): Promise<RevisionFiles[]> {
  const byRevision = new Map<number, ArchiveEntry[]>();
  for (const entry of await archive.list(prefix)) {
    const revision = Number(/^r([1-9]\d{0,8})(?:\/|$)/.exec(entry.key.slice(prefix.length))?.[1]);
    if (Number.isNaN(revision)) continue;
    byRevision.set(revision, [...(byRevision.get(revision) ?? []), entry]);
  }
  const highest = highestRevision(byRevision.keys());
  return [...byRevision]
    .filter(([revision]) => revision <= highest)
    .map(([revision, entries]) => ({
      revision,
      hasManifest: entries.some(({ key }) => isManifest(key.slice(`${prefix}r${revision}`.length))),
      deliveries: entries.flatMap(({ key }) => (/\/delivery-[^/]*\.json$/.test(key) ? [key] : [])),
      youngestMs: Math.max(...entries.map((entry) => entry.modifiedMs)),
    }))
    .sort((a, b) => a.revision - b.revision);
}

/** A revision whose folder is none, or may not be entered, may have a manifest: its own name stands for it. */
function isManifest(name: string): boolean {
  return name === '' || name === `/${artefactNames.manifest}`;
}

export type ReadRevisionResult =
  | { readonly ok: true; readonly revision: CommittedRevision }
  | { readonly ok: false; readonly damage: ArchiveDamage };

/** A revision that was committed. */
export async function readRevision(
  archive: Archive,
  { plan, date, revision }: { readonly plan: string; readonly date: string; readonly revision: number },
): Promise<ReadRevisionResult> {
  const prefix = revisionPrefix(plan, date, revision);
  const manifestKey = `${prefix}${artefactNames.manifest}`;
  const kept = await readKept(archive, manifestKey);
  if (!kept.ok) return kept;
  const read = readManifest(kept.bytes);
  const place = { key: manifestKey, location: archive.locate(manifestKey) };
  if (!read.ok) return { ok: false, damage: { ...place, ...read.damage } };
  const { manifest } = read;
  if (manifest.plan !== plan || manifest.date !== date || manifest.revision !== revision) {
    const values = { plan: manifest.plan, date: manifest.date, revision: manifest.revision };
    return { ok: false, damage: { ...place, reason: 'of-another', values } };
  }
  const manifestSha256 = sha256Hex(kept.bytes);
  return { ok: true, revision: { revision, prefix, manifestKey, manifestSha256, manifest } };
}

type ReadManifest =
  | { readonly ok: true; readonly manifest: ArchivedManifest }
  | { readonly ok: false; readonly damage: Pick<ArchiveDamage, 'reason' | 'values'> };

function readManifest(bytes: Uint8Array): ReadManifest {
  const read = readDocument(bytes, readableManifest);
  // Unchecked fields are passed on as they were written and never used in a computation.
  if (read.ok) return { ok: true, manifest: read.written as ArchivedManifest };
  if (read.fault.kind === 'not-json') return { ok: false, damage: { reason: 'not-json' } };
  const later = readDocument(bytes, laterManifest);
  if (!later.ok) return { ok: false, damage: { reason: 'not-a-manifest' } };
  return { ok: false, damage: { reason: 'newer', values: { version: later.checked.schemaVersion } } };
}

/**
 * What a later version of this program wrote is not for this one to supersede.
 *
 * @throws Failure('storage') where the newest revision of the day is such a one
 */
export function mustNotBeNewer({ damaged }: Pick<RevisionsOfDay, 'damaged'>): void {
  const newer = damaged.find(({ reason }) => reason === 'newer');
  if (newer === undefined) return;
  throw new Failure('storage', `${newer.location}: ${damageInEnglish(newer)}; nothing was written`, {
    hints: ['Update this program, or run the version that made the report of this day.'],
  });
}

/** `<plan>/2026/11/19/`; the archive puts its own prefix before it. */
export function dayPrefix(plan: string, date: string): string {
  return `${plan}/${date.replaceAll('-', '/')}/`;
}

/** `<plan>/2026/11/19/r1/` */
export function revisionPrefix(plan: string, date: string, revision: number): string {
  return `${dayPrefix(plan, date)}r${revision}/`;
}
