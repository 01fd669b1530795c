import { createHash } from 'node:crypto';
import { artefactNames } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import type { ArchivedManifest, Manifest, Superseding } from '../../model/manifest.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports.js';
import type { ReportKind } from '../../reports/report-kind.js';
import type { CommittedRevision } from './read-revisions.js';

/** How many changes the manifest lists. A mail shows ten; the two reports have all of them. */
const keptChanges = 100;

/** What a manifest says about the origin of its report. */
export type Origin = Pick<
  Manifest,
  'configurationDigest' | 'inventoryDigest' | 'controlTotals' | 'status' | 'tool' | 'previousManifest'
>;

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
  const reason = reasonsOf(manifest, origin, language).join('; ');
  const common = { revision, manifestSha256 };
  const before = await readReport(archive, newest);
  const changes = before && kind.changesSince(before, report, language);
  if (changes === null) {
    const unreadable = language.text('sentences.revision.unreadable', { revision });
    return { ...common, reason: `${reason}; ${unreadable}`, changes: [], changesTotal: 0 };
  }
  return { ...common, reason, changes: changes.slice(0, keptChanges), changesTotal: changes.length };
}

/** null where it does not match its manifest. */
async function readReport(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
): Promise<Uint8Array | null> {
  const bytes = await archive.read(`${prefix}${artefactNames.report}`);
  const expected = manifest.artefacts.find(({ name }) => name === artefactNames.report)?.sha256;
  return bytes !== null && createHash('sha256').update(bytes).digest('hex') === expected ? bytes : null;
}

function reasonsOf(before: ArchivedManifest, now: Origin, language: Language): readonly string[] {
  const reasons: string[] = [];
  // Manifests of other versions may lack these fields.
  const usedBefore = before.controlTotals?.used ?? now.controlTotals.used;
  const more = now.controlTotals.used - usedBefore;
  if (more > 0) reasons.push(language.text('sentences.revision.reason.moreEvents', { number: more }));
  if (more < 0) reasons.push(language.text('sentences.revision.reason.fewerEvents', { number: -more }));
  if (before.status !== now.status)
    reasons.push(
      language.text(
        now.status === 'COMPLETE'
          ? 'sentences.revision.reason.complete'
          : 'sentences.revision.reason.incomplete',
      ),
    );
  if (before.configurationDigest !== now.configurationDigest)
    reasons.push(language.text('sentences.revision.reason.configuration'));
  if (before.inventoryDigest !== now.inventoryDigest)
    reasons.push(language.text('sentences.revision.reason.inventory'));
  if (before.previousManifest?.sha256 !== now.previousManifest?.sha256)
    reasons.push(language.text('sentences.revision.reason.previous'));
  if (before.tool?.version !== now.tool.version)
    reasons.push(language.text('sentences.revision.reason.tool'));
  return reasons.length === 0 ? [language.text('sentences.revision.reason.other')] : reasons;
}
