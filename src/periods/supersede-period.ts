import { artefactNames } from '../model/artefact-names.js';
import type { Superseding } from '../model/manifest.js';
import type { PeriodHead } from '../model/period-head.js';
import type { Archive } from '../ports/archive.js';
import { type CommittedPeriod, readPeriodFile } from './period-revisions.js';
import type { PeriodPlan } from './period-plan.js';
import type { ReadDay } from './read-days.js';

/** How many changes the manifest lists. */
const keptChanges = 100;

/** Why a revision of a period replaces the newest one, and what is different in it. */
export async function supersedePeriod<P extends PeriodHead>(
  archive: Archive,
  newest: CommittedPeriod,
  { report, days }: { readonly report: P; readonly days: readonly ReadDay[] },
  { kind, language }: Pick<PeriodPlan<P>, 'kind' | 'language'>,
): Promise<Superseding> {
  const { revision, manifestSha256, manifest } = newest;
  const before = new Map(manifest.days.map((day) => [day.date, day.manifestSha256]));
  const number = days.filter(({ day }) => before.get(day.date) !== day.manifestSha256).length;
  const reason =
    number > 0 ? language.text('period.revised.days', { number }) : language.text('period.revised.other');
  const common = { revision, manifestSha256 };
  const bytes = await readPeriodFile(archive, newest, artefactNames.report);
  const earlier = bytes && kind.readReport(bytes);
  if (!earlier) {
    const unreadable = language.text('sentences.revision.unreadable', { revision });
    return { ...common, reason: `${reason}; ${unreadable}`, changes: [], changesTotal: 0 };
  }
  const changes = kind.changesSince(earlier, report, language);
  return { ...common, reason, changes: changes.slice(0, keptChanges), changesTotal: changes.length };
}
