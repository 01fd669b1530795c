import type { Language } from '../../model/language.js';
import type { RecallFinding } from '../../reports/report-kind.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';
import type { PreviousRevision } from './pending-report.js';
import type { CommittedRevision } from './read-revisions.js';

/**
 * A report goes on from the newest one before it that existed when it was made. Where a revision goes on from a later
 * one than the revision before it did, days were made in between: that is told, and is no fault.
 *
 * @param known the day's newest revision; null: the day has none
 * @param previous the report that the new one goes on from
 */
export function insertedDays(
  known: Pick<CommittedRevision, 'manifest'> | null,
  previous: Pick<PreviousRevision, 'manifest'> | null,
  language: Language,
): readonly RecallFinding[] {
  if (known === null || previous === null) return [];
  const { previousManifest } = known.manifest;
  const before = previousManifest === null ? null : dateOfManifest(previousManifest.key);
  const { date: after } = previous.manifest;
  if (before !== null && before >= after) return [];
  const words =
    before === null
      ? language.text('sentences.memory.continuedNone', { after: language.date(after) })
      : language.text('sentences.memory.continuedEarlier', {
          before: language.date(before),
          after: language.date(after),
        });
  return [{ kind: 'memory', subject: language.date(after), words }];
}
