import { isTimezone } from '../base/civil-dates.js';
import { readVerified } from '../day/revisions/kept-file.js';
import { wasDayOver } from '../day/revisions/made-after-day.js';
import {
  type CommittedRevision,
  type RevisionsOfDay,
  readRevision,
  readRevisions,
} from '../day/revisions/read-revisions.js';
import type { ArchiveDamage } from '../model/archive-damage.js';
import { artefactNames } from '../model/artefact-names.js';
import type { DayCoverage, IndexedDay } from '../model/day-coverage.js';
import type { Archive } from '../ports/archive.js';
import { type ListedFile, isSignature } from './list-plan.js';

/** What is asked for of each day. */
export interface CoverageRequest {
  readonly plan: string;
  /** Whether a day without a signature lacks one. */
  readonly isSigned: boolean;
  /** Reads an archived report.json whose digest was checked; null: this version cannot. Called for days in any order. */
  readFacts(bytes: Uint8Array, date: string): Promise<IndexedDay | null>;
}

/** The coverage of a day, and the language of its report. */
export interface CoveredDay {
  readonly day: DayCoverage;
  readonly timezone: string | null;
  readonly language: string | null;
}

/**
 * Reads every manifest of a day and the report of its newest revision. Of the other files it only knows whether they are
 * listed: `verify` reads them all.
 *
 * @param listed files of the day
 */
export async function coverDay(
  archive: Archive,
  request: CoverageRequest,
  date: string,
  listed: readonly ListedFile[],
): Promise<CoveredDay> {
  const { plan } = request;
  const revisions = await readRevisions(archive, plan, date);
  const { newest } = revisions;
  const damage: ArchiveDamage[] = [
    ...revisions.damaged,
    ...listed.flatMap((entry) => unreadable(archive, entry)),
    ...(await damagedBefore(archive, { plan, date }, revisions)),
  ];
  if (newest === null) return { day: withoutReport(date, revisions, damage), timezone: null, language: null };
  damage.push(...notListed(archive, newest, listed));
  const report = await readReport(archive, newest, damage);
  const facts = report && (await request.readFacts(report, date));
  const isOver = wasDayOver(newest.manifest);
  const { revision, manifest } = newest;
  const unique = uniqueByKey(damage);
  return {
    timezone: validZone(manifest.timezone),
    language: report && languageOf(report),
    day: {
      date,
      state: unique.length > 0 ? 'damaged' : isOver ? 'present' : 'missing',
      revision,
      committed: committedOf(revisions),
      unfinished: revisions.unfinished.map((each) => each.revision),
      status: manifest.status,
      generatedAt: manifest.generatedAt,
      isSigned: request.isSigned ? listed.some(({ file }) => isSignature(file, revision)) : null,
      damage: unique,
      facts,
    },
  };
}

/** It is only needed for the dates that a zone skipped, and was not checked when the manifest was read. */
function validZone(timezone: unknown): string | null {
  return typeof timezone === 'string' && isTimezone(timezone) ? timezone : null;
}

function withoutReport(
  date: string,
  revisions: RevisionsOfDay,
  damage: readonly ArchiveDamage[],
): DayCoverage {
  const unfinished = revisions.unfinished.map(({ revision }) => revision);
  return {
    date,
    state: damage.length > 0 ? 'damaged' : unfinished.length > 0 ? 'unfinished' : 'missing',
    revision: null,
    committed: committedOf(revisions),
    unfinished,
    status: null,
    generatedAt: null,
    isSigned: null,
    damage: uniqueByKey(damage),
    facts: null,
  };
}

/** Of which the archive has nothing. */
export function missingDay(date: string): CoveredDay {
  const nothing = { revisions: [], newest: null, damaged: [], unfinished: [] };
  return { day: withoutReport(date, nothing, []), timezone: null, language: null };
}

function committedOf({ revisions, unfinished }: RevisionsOfDay): number {
  return revisions.length - unfinished.length;
}

/** Manifests of superseded revisions. */
async function damagedBefore(
  archive: Archive,
  place: { readonly plan: string; readonly date: string },
  { revisions, newest, unfinished }: RevisionsOfDay,
): Promise<readonly ArchiveDamage[]> {
  const damage: ArchiveDamage[] = [];
  for (const files of revisions) {
    const isBefore = newest !== null && files.revision < newest.revision;
    if (!isBefore || unfinished.includes(files)) continue;
    const read = await readRevision(archive, { ...place, revision: files.revision });
    if (!read.ok) damage.push(read.damage);
  }
  return damage;
}

function unreadable(archive: Archive, { key, unreadable: reason }: ListedFile): readonly ArchiveDamage[] {
  return reason === undefined ? [] : [{ key, location: archive.locate(key), reason }];
}

/** Artefacts that the newest manifest names and that are not there. */
function notListed(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  listed: readonly ListedFile[],
): readonly ArchiveDamage[] {
  const keys = new Set(listed.map(({ key }) => key));
  return manifest.artefacts
    .map(({ name }) => `${prefix}${name}`)
    .filter((key) => !keys.has(key))
    .map((key) => ({ key, location: archive.locate(key), reason: 'not-there' }));
}

/** null: it is damaged. */
async function readReport(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  damage: ArchiveDamage[],
): Promise<Uint8Array | null> {
  const sha256 = manifest.artefacts.find(({ name }) => name === artefactNames.report)?.sha256;
  const kept = await readVerified(archive, `${prefix}${artefactNames.report}`, sha256);
  if (kept.ok) return kept.bytes;
  damage.push(kept.damage);
  return null;
}

/** Of a report.json whose digest is right. */
function languageOf(report: Uint8Array): string | null {
  try {
    const { language } = JSON.parse(Buffer.from(report).toString('utf8')) as { readonly language?: unknown };
    return typeof language === 'string' ? language : null;
  } catch {
    return null;
  }
}

function uniqueByKey(damage: readonly ArchiveDamage[]): readonly ArchiveDamage[] {
  return [...new Map(damage.toReversed().map((each) => [each.key, each])).values()].toReversed();
}
