import { artefactNames } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import type { Superseding } from '../../model/manifest.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { readArtefact } from './earlier-revision.js';
import type { CommittedRevision } from './read-revisions.js';
import { type Origin, reasonsOfRevision } from './revision-reasons.js';

/** How many changes the manifest lists. A mail shows ten; the two reports have all of them. */
const keptChanges = 100;

/** The report that replaces another one of the same day. */
export interface Successor<R extends ReportHead> {
  readonly report: R;
  readonly origin: Origin;
  readonly kind: Pick<ReportKind<R>, 'changesSince'>;
  readonly language: Language;
}

/** Why a revision replaces the newest one of its day, and what is different in it. */
export async function supersede<R extends ReportHead>(
  archive: Archive,
  newest: CommittedRevision,
  { report, origin, kind, language }: Successor<R>,
): Promise<Superseding> {
  const { revision, manifestSha256, manifest } = newest;
  const reason = reasonsOfRevision(manifest, origin, language).join('; ');
  const common = { revision, manifestSha256 };
  const before = await readArtefact(archive, newest, artefactNames.report);
  const changes = before && kind.changesSince(before, report, language);
  if (changes === null) {
    const unreadable = language.text('sentences.revision.unreadable', { revision });
    return { ...common, reason: `${reason}; ${unreadable}`, changes: [], changesTotal: 0 };
  }
  return { ...common, reason, changes: changes.slice(0, keptChanges), changesTotal: changes.length };
}
