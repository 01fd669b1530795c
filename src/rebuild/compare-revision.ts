import { readFile } from 'node:fs/promises';
import { parsedLines } from '../day/revisions/earlier-revision.js';
import { artefactNames } from '../model/artefact-names.js';
import type { Manifest } from '../model/manifest.js';
import type { Archive } from '../ports/archive.js';
import { type ArchivedRevision, readAsItIs } from './archived-revision.js';
import { differenceInWords, differingFields } from './compare-json.js';
import { compareLines } from './compare-lines.js';
import { comparePages } from './compare-pages.js';
import { compareWorkbooks } from './compare-workbooks.js';
import { type ComparedFile, type RebuildDifference, worstOutcome } from './rebuilt-revision.js';
import type { ReplayedDay } from './replay-day.js';

/** How many fields of a document are told. */
const toldFields = 3;

export interface ComparedRevision {
  readonly outcome: ComparedFile['outcome'];
  readonly differences: readonly RebuildDifference[];
}

interface Comparison {
  /** What bytes depend on is not the same now. */
  readonly isOtherwiseMade: boolean;
  /** The archived report asserts what the one made again does, in codes and numbers. */
  readonly saysTheSame: boolean;
}

/**
 * Compares each file of a revision, as the archive has it, with the one that was made again, and what the manifest says of
 * the report.
 *
 * @param surroundings what bytes depend on and is another one now
 */
export async function compareRevision(
  archived: ArchivedRevision,
  replayed: ReplayedDay,
  archive: Archive,
  surroundings: readonly string[],
): Promise<ComparedRevision> {
  const isOtherwiseMade = surroundings.length > 0;
  const saysTheSame = isOtherwiseMade && (await assertsTheSame(archived, replayed, archive));
  const comparison = { isOtherwiseMade, saysTheSame };
  const differences: RebuildDifference[] = [];
  const outcomes: ComparedFile['outcome'][] = [];
  const note = (artefact: string, { outcome, words }: ComparedFile): void => {
    outcomes.push(outcome);
    differences.push(...words.map((each) => ({ artefact, words: each })));
  };
  const { manifest } = archived;
  const names = new Set([...manifest.artefacts, ...replayed.files].map(({ name }) => name));
  for (const name of names)
    note(name, await compareFile(name, archived, replayed, { archive, ...comparison }));
  note(artefactNames.manifest, compareManifests(manifest, replayed.manifest, comparison));
  if (replayed.findings.length > 0) {
    note(artefactNames.evidence, { outcome: 'differs', words: replayed.findings.slice(0, toldFields) });
  }
  return { outcome: worstOutcome(outcomes), differences };
}

/** Whether the archived report has the content digest of the one made again, as this version counts it. */
async function assertsTheSame(
  { committed }: ArchivedRevision,
  { kind, contentDigest }: ReplayedDay,
  archive: Archive,
): Promise<boolean> {
  const document = await readAsItIs(archive, committed, artefactNames.report);
  const lines = await readAsItIs(archive, committed, kind.linesFile);
  const report = document && kind.readReport(document);
  if (!report || !lines) return false;
  try {
    return (await kind.contentDigest(report, parsedLines(lines))) === contentDigest;
  } catch {
    // They are no lines: comparing them says so.
    return false;
  }
}

async function compareFile(
  name: string,
  { committed, manifest }: ArchivedRevision,
  { files, kind }: ReplayedDay,
  { archive, isOtherwiseMade, saysTheSame }: Comparison & { readonly archive: Archive },
): Promise<ComparedFile> {
  const then = await readAsItIs(archive, committed, name);
  const again = files.find((file) => file.name === name);
  if (again === undefined) return { outcome: 'differs', words: ['the replay makes no such file'] };
  if (!manifest.artefacts.some((file) => file.name === name)) {
    return { outcome: 'differs', words: ['the manifest names no such file, and the replay makes one'] };
  }
  if (then === null) return { outcome: 'differs', words: ['it is not there, or cannot be read'] };
  const now = await readFile(again.path);
  if (now.equals(then)) return { outcome: 'same-bytes', words: [] };
  const compared = await compareByForm(name, then, now, isOtherwiseMade);
  const isOfReport = name === artefactNames.report || name === kind.linesFile;
  const { outcome, words } = compared;
  if (outcome === 'same-content' && words.length === 0)
    return { outcome, words: ['other bytes with the same content'] };
  // Another version may have other words, and fields that this one does not have.
  return outcome === 'differs' && isOfReport && saysTheSame ? { outcome: 'same-content', words } : compared;
}

async function compareByForm(
  name: string,
  then: Uint8Array,
  now: Uint8Array,
  isOtherwiseMade: boolean,
): Promise<ComparedFile> {
  if (name.endsWith('.gz')) return compareLines(then, now);
  if (name.endsWith('.html')) return comparePages(then, now, isOtherwiseMade);
  if (name.endsWith('.xlsx')) return compareWorkbooks(then, now);
  const before = parsed(then);
  if (before === undefined) return { outcome: 'differs', words: ['it is not JSON'] };
  return compareDocuments(before, parsed(now));
}

function compareDocuments(then: unknown, now: unknown): ComparedFile {
  const { places, total } = differingFields(then, now, toldFields);
  if (total === 0) return { outcome: 'same-content', words: [] };
  const more = total - places.length;
  const words = places.map(differenceInWords);
  return { outcome: 'differs', words: more > 0 ? [...words, `${more} more fields differ`] : words };
}

/**
 * Fields that a replay takes as they are, that the files were compared by already, or that say what the archive has beside the
 * files: signature and time stamp, which `verify` checks by themselves.
 */
const notCompared = new Set([
  'revision',
  'nodeVersion',
  'runtime',
  'unfinishedRevisions',
  'previousManifest',
  'configurationDigest',
  'principal',
  'tool',
  'artefacts',
  // A replay has no key, no authority and no rules: it is made of what was redacted already.
  'signing',
  'timestamp',
  'redaction',
]);

/** What the manifest says of the report. */
function compareManifests(
  then: Manifest,
  now: Partial<Manifest>,
  { isOtherwiseMade, saysTheSame }: Comparison,
): ComparedFile {
  const isVersioned = then.contentDigestVersion !== now.contentDigestVersion;
  const ofVersion = new Set(isVersioned ? ['contentDigest', 'contentDigestVersion'] : []);
  const compared = (manifest: object): object =>
    Object.fromEntries(
      Object.entries(manifest).filter(([key]) => !notCompared.has(key) && !ofVersion.has(key)),
    );
  const result = compareDocuments(compared(then), compared(now));
  if (result.words.length === 0) return { outcome: 'same-bytes', words: [] };
  return isOtherwiseMade && saysTheSame ? { ...result, outcome: 'same-content' } : result;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
