import { z } from 'zod';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import { madeByKey } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import { manifestSchema } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import {
  type EarlierEvidence,
  type EarlierSource,
  evidenceType,
  revisionOfName,
} from '../evidence/earlier-evidence.js';
import { damageOfRevision } from './damage-of-revision.js';
import { readVerified } from './kept-file.js';
import {
  type CommittedRevision,
  type RevisionsOfDay,
  readRevision,
  revisionPrefix,
} from './read-revisions.js';
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
 * also that of the newest whole one before it. What was damaged then is looked at again.
 *
 * @param known what the archive has of the day
 * @returns the newest first
 */
export async function readEvidence(
  { plan, date }: { readonly plan: string; readonly date: string },
  known: RevisionsOfDay,
  archive: Archive,
): Promise<readonly EarlierEvidence[]> {
  const { newest, damaged, unfinished } = known;
  const earlier: EarlierEvidence[] = damaged.flatMap(({ revision, ...damage }) =>
    revision === null ? [] : [unusable(damage, evidenceKey(plan, date, revision), revision)],
  );
  if (newest === null) return earlier;
  const sources = sourcesOf(newest);
  const ofNewest = { ...(await evidenceOf(newest, archive)), sources, isNewest: true };
  earlier.push(ofNewest);
  const damagedThen = damagedRevisions(sources, { plan, date });
  const others = known.revisions
    .filter((each) => each.revision < newest.revision && !unfinished.includes(each))
    .map(({ revision }) => revision)
    .reverse();
  let isWhole = isThere(ofNewest);
  for (const revision of others) {
    if (isWhole && !damagedThen.has(revision)) continue;
    const read = await olderEvidence(archive, { plan, date, revision });
    earlier.push(read);
    isWhole ||= isThere(read);
  }
  return eachOnce(earlier);
}

function isThere({ lines }: EarlierEvidence): boolean {
  return lines !== null;
}

/** A file of made-by/ is that of several revisions: it is told of the oldest, so that a later one says the same. */
function eachOnce(earlier: readonly EarlierEvidence[]): readonly EarlierEvidence[] {
  const told = new Set<string>();
  const once = earlier.toReversed().map((evidence) => {
    const damage = evidence.damage.filter(({ key }) => !told.has(key));
    for (const { key } of damage) told.add(key);
    return { ...evidence, damage };
  });
  return once.reverse();
}

async function olderEvidence(
  archive: Archive,
  place: { readonly plan: string; readonly date: string; readonly revision: number },
): Promise<EarlierEvidence> {
  const read = await readRevision(archive, place);
  const { plan, date, revision } = place;
  if (!read.ok) return unusable(read.damage, evidenceKey(plan, date, revision), revision);
  const sources = sourcesOf(read.revision);
  return { ...(await evidenceOf(read.revision, archive)), sources, isNewest: false };
}

function unusable(damage: ArchiveDamage, key: string, revision: number): EarlierEvidence {
  return { revision, key, damage: [damage], lines: null, sources: [], isNewest: false };
}

async function evidenceOf(
  revision: CommittedRevision,
  archive: Archive,
): Promise<Pick<EarlierEvidence, 'revision' | 'key' | 'lines' | 'damage'>> {
  const key = `${revision.prefix}${artefactNames.evidence}`;
  const expected = revision.manifest.artefacts.find(({ name }) => name === artefactNames.evidence);
  const others = await damageOfRevision(revision, archive);
  const kept = await readVerified(archive, key, expected?.sha256);
  const common = { revision: revision.revision, key };
  if (!kept.ok) return { ...common, lines: null, damage: [kept.damage, ...others] };
  return { ...common, lines: () => unzipLines(kept.bytes), damage: others };
}

/** Of a manifest whose sources cannot be understood, none: its evidence is read all the same. */
function sourcesOf({ manifest }: CommittedRevision): readonly EarlierSource[] {
  const read = sourcesSchema.safeParse(manifest.sources);
  return read.success ? read.data : [];
}

/** Revisions that had damaged files when the newest revision was made. */
function damagedRevisions(
  sources: readonly EarlierSource[],
  { plan, date }: { readonly plan: string; readonly date: string },
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { name, type, inputs } of sources) {
    const revision = type === evidenceType ? revisionOfName(name) : null;
    if (revision === null) continue;
    const places = [revisionPrefix(plan, date, revision), madeByKey(plan, '')];
    const isOfArchive = (input: string): boolean => places.some((place) => input.startsWith(place));
    if (inputs?.entries.some((entry) => isOfArchive(entry.name))) found.add(revision);
  }
  return found;
}

function evidenceKey(plan: string, date: string, revision: number): string {
  return `${revisionPrefix(plan, date, revision)}${artefactNames.evidence}`;
}
