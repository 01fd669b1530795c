import { artefactNames } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import type { ArchivedManifest } from '../../model/manifest.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { Log } from '../../ports/log.js';
import type { EarlierRevision, ReportKind } from '../../reports/report-kind.js';
import { readVerified } from './kept-file.js';
import { mustBeOfKind } from './other-kind.js';
import { readMadeBy } from './made-by-store.js';
import type { CommittedRevision } from './read-revisions.js';
import { unzipLines } from './unzip-lines.js';

/** The newest archived report of the day that is made again. */
export interface ReadRevision<R extends ReportHead> extends EarlierRevision<R> {
  /** The archived lines, parsed; null where they do not match the manifest. Read when called. */
  lines(): Promise<AsyncIterable<object> | null>;
}

export interface ReadEarlier<R extends ReportHead> {
  readonly earlier: ReadRevision<R> | null;
  /** Why it cannot be read: the new report is INCOMPLETE, because it may know less. */
  readonly faults: readonly string[];
}

/**
 * Reads the report of a revision back. One that does not match its manifest is not used.
 *
 * @throws Failure('usage') where it is of another kind (ADR 40)
 */
export async function readEarlier<R extends ReportHead>(
  revision: CommittedRevision,
  { kind, language }: { readonly kind: ReportKind<R>; readonly language: Language },
  { archive, log }: { readonly archive: Archive; readonly log: Log },
): Promise<ReadEarlier<R>> {
  const { manifest, prefix } = revision;
  const { plan, madeBy = {} } = manifest;
  const bytes = await readArtefact(archive, revision, artefactNames.report);
  // Said with the other damage of the revision.
  if (bytes === null) return { earlier: null, faults: [] };
  mustBeOfKind(bytes, { name: plan, kind }, manifest.date);
  const report = kind.readReport(bytes);
  if (report === null || !isOfManifest(report, manifest)) {
    const location = archive.locate(`${prefix}${artefactNames.report}`);
    log.warn(
      { plan, date: manifest.date, location },
      'archive: the earlier report of the day cannot be read',
    );
    const why = language.text('sentences.memory.contradicted');
    return { earlier: null, faults: [language.text('sentences.memory.earlierUnusable', { location, why })] };
  }
  const earlier: ReadRevision<R> = {
    report,
    readMadeBy: async (name) => {
      const sha256 = madeBy[name];
      return sha256 === undefined ? null : readMadeBy(archive, plan, sha256);
    },
    lines: async () => {
      const compressed = await readArtefact(archive, revision, kind.linesFile);
      return compressed && parsedLines(compressed);
    },
  };
  return { earlier, faults: [] };
}

/**
 * The content digest of an archived report in the version of this program: of a report of another version, it is that
 * of its document and lines, so that an upgrade by itself revises nothing. null: it cannot be told.
 */
export async function digestOf<R extends ReportHead>(
  { contentDigest, contentDigestVersion = 1 }: ArchivedManifest,
  earlier: ReadRevision<R> | null,
  kind: Pick<ReportKind<R>, 'contentDigest' | 'contentDigestVersion'>,
): Promise<string | null> {
  if (contentDigestVersion === kind.contentDigestVersion) return contentDigest;
  const lines = earlier && (await earlier.lines());
  return earlier && lines && kind.contentDigest(earlier.report, lines);
}

/** The objects of a gzipped file of lines. */
export async function* parsedLines(compressed: Uint8Array): AsyncGenerator<object> {
  for await (const line of unzipLines(compressed)) yield JSON.parse(line) as object;
}

/** Whether the manifest says the same of the report as the report: its own bytes are named nowhere. */
function isOfManifest(report: ReportHead, manifest: ArchivedManifest): boolean {
  return report.status === manifest.status && report.generatedAt === manifest.generatedAt;
}

/** A file of a revision; null where it is not there, or does not match the manifest. */
export async function readArtefact(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  name: string,
): Promise<Uint8Array | null> {
  const expected = manifest.artefacts.find((artefact) => artefact.name === name)?.sha256;
  const kept = await readVerified(archive, `${prefix}${name}`, expected);
  return kept.ok ? kept.bytes : null;
}
