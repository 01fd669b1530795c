import type { Language } from '../../../model/language.js';
import type { RevisionChange } from '../../../model/manifest.js';
import type { ActivityReport } from '../model/activity-report.js';
import { readActivityReport } from './read-report.js';

const compared = [
  'auditingOff',
  'withoutData',
  'failedLogins',
  'privileged',
  'drops',
  'failed',
  'records',
  'targets',
] as const;

/** How the report differs from an archived one of the same day, worst first; null: that one cannot be read. */
export function activityRevisionChanges(
  bytes: Uint8Array,
  report: ActivityReport,
  language: Language,
): readonly RevisionChange[] | null {
  const before = readActivityReport(bytes);
  if (before === null) return null;
  const { text } = language;
  const turned = (subject: string, was: string, now: string): readonly RevisionChange[] =>
    was === now
      ? []
      : [{ kind: 'other', subject, words: text('activity.revision.turned', { before: was, now }) }];
  const changes = [
    ...turned(text('activity.revision.report'), before.status, report.status),
    ...compared.flatMap((field) =>
      turned(
        text(`activity.fact.${field}`),
        language.integer(before.totals[field]),
        language.integer(report.totals[field]),
      ),
    ),
  ];
  if (changes.length > 0) return changes;
  const words = text('activity.revision.details');
  return [{ kind: 'other', subject: text('activity.revision.events'), words }];
}
