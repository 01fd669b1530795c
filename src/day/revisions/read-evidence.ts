import { z } from 'zod';
import { artefactNames } from '../../model/artefact-names.js';
import { manifestSchema } from '../../model/manifest.js';
import type { Archive } from '../../ports.js';
import { type EarlierEvidence, type EarlierSource, evidenceType } from '../evidence/earlier-evidence.js';
import { readArtefact } from './earlier-revision.js';
import { type CommittedRevision, listRevisions, readRevision, revisionPrefix } from './read-revisions.js';
import { unzipLines } from './unzip-lines.js';

/** What is read back of a source; manifests of version 0.1 do not have all of it. */
const sourcesSchema = z.array(
  manifestSchema.shape.sources.element
    .pick({ name: true, type: true, request: true, complete: true })
    .extend(manifestSchema.shape.sources.element.pick({ inputs: true, controlTotals: true }).partial().shape)
    .extend({ reasons: z.array(z.string()).default([]) }),
);

/**
 * The evidence that a later revision of the day must not fall behind: that of the newest revision. Where it is damaged,
 * also that of the newest whole one before it. What was damaged then is tried again.
 *
 * @returns the newest first
 */
export async function readEvidence(
  newest: CommittedRevision,
  archive: Archive,
): Promise<readonly EarlierEvidence[]> {
  const { plan, date } = newest.manifest;
  const sources = sourcesOf(newest);
  const earlier = [{ ...(await evidenceOf(newest, archive)), sources, isNewest: true }];
  const damagedThen = damagedRevisions(sources, (revision) => evidenceKey(plan, date, revision));
  const others = (await listRevisions(archive, plan, date))
    .filter(({ revision, hasManifest }) => hasManifest && revision < newest.revision)
    .map(({ revision }) => revision)
    .reverse();
  let isWhole = isThere(earlier[0]);
  for (const revision of others) {
    if (isWhole && !damagedThen.has(revision)) continue;
    const read = await olderEvidence(archive, { plan, date, revision });
    earlier.push(read);
    isWhole ||= isThere(read);
  }
  return earlier;
}

function isThere(evidence: Pick<EarlierEvidence, 'lines'> | undefined): boolean {
  return evidence !== undefined && evidence.lines !== null;
}

async function olderEvidence(
  archive: Archive,
  { plan, date, revision }: { readonly plan: string; readonly date: string; readonly revision: number },
): Promise<EarlierEvidence> {
  const of = { sources: [], isNewest: false };
  try {
    const found = await readRevision(archive, plan, date, revision);
    return { ...of, ...(await evidenceOf(found, archive)), sources: sourcesOf(found) };
  } catch {
    return { ...of, revision, key: evidenceKey(plan, date, revision), lines: null };
  }
}

async function evidenceOf(
  revision: CommittedRevision,
  archive: Archive,
): Promise<Pick<EarlierEvidence, 'revision' | 'key' | 'lines'>> {
  const key = `${revision.prefix}${artefactNames.evidence}`;
  const bytes = await readArtefact(archive, revision, artefactNames.evidence);
  return { revision: revision.revision, key, lines: bytes && (() => unzipLines(bytes)) };
}

/** Of a manifest whose sources cannot be understood, none: its evidence is read all the same. */
function sourcesOf({ manifest }: CommittedRevision): readonly EarlierSource[] {
  const read = sourcesSchema.safeParse(manifest.sources);
  return read.success ? read.data : [];
}

/** Revisions whose evidence was damaged when the newest revision was made. */
function damagedRevisions(
  sources: readonly EarlierSource[],
  keyOf: (revision: number) => string,
): ReadonlySet<number> {
  const keys = sources
    .filter(({ type }) => type === evidenceType)
    .flatMap(({ inputs }) => inputs?.entries.map(({ name }) => name) ?? []);
  const numbers = keys.flatMap((key) => {
    const revision = Number(/\/r(\d+)\/[^/]+$/.exec(key)?.[1]);
    return Number.isInteger(revision) && keyOf(revision) === key ? [revision] : [];
  });
  return new Set(numbers);
}

function evidenceKey(plan: string, date: string, revision: number): string {
  return `${revisionPrefix(plan, date, revision)}${artefactNames.evidence}`;
}
