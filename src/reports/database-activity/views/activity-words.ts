import { shortText } from '../../../renderers/view/view-parts.js';
import type { Label, Tone, Wording } from '../../../renderers/view/wording.js';
import type { ActivityResult } from '../model/activity.js';
import type { ActivityReport, ActivityTarget, ListedEvent } from '../model/activity-report.js';
import { type ActivityVerdict, activityVerdict } from '../model/standing.js';

export const toneOfVerdict: Readonly<Record<ActivityVerdict, Tone>> = {
  ATTENTION: 'bad',
  INCOMPLETE: 'warn',
  REVIEW: 'warn',
  ROUTINE: 'good',
};

const toneOfResult: Readonly<Record<ActivityResult, Tone>> = {
  succeeded: 'quiet',
  failed: 'warn',
  unknown: 'unknown',
};

const toneOfCollection: Readonly<Record<ActivityTarget['collection'], Tone>> = {
  collected: 'good',
  partial: 'warn',
  'no-data': 'bad',
  unknown: 'unknown',
};

export function activityVerdictLabel(report: ActivityReport, { text }: Wording): Label {
  const verdict = activityVerdict(report);
  return { words: text(`activity.verdict.${verdict}`), tone: toneOfVerdict[verdict] };
}

export function activityResultLabel(result: ActivityResult, { text }: Wording): Label {
  return { words: text(`activity.result.${result}`), tone: toneOfResult[result] };
}

/** Silence without data is no activity. */
export function collectionLabel({ collection, excluded }: ActivityTarget, { text }: Wording): Label {
  if (excluded !== null) return { words: text('activity.collection.excluded'), tone: 'quiet' };
  return { words: text(`activity.collection.${collection}`), tone: toneOfCollection[collection] };
}

export function targetWords(
  { targetName, targetId }: { readonly targetName: string | null; readonly targetId: string },
  { text }: Wording,
): string {
  return shortText(targetName ?? targetId, 120) || text('activity.notTold');
}

export function userWords(name: string | null, { text }: Wording): string {
  return shortText(name ?? '', 120) || text('activity.nobody');
}

/** `APP (os: jane)` */
export function whoWords({ dbUserName, osUserName }: ListedEvent, wording: Wording): string {
  const user = userWords(dbUserName, wording);
  return osUserName === null ? user : `${user} (${shortText(osUserName, 80)})`;
}

export function activityHeadline({ totals }: ActivityReport, { text }: Wording): string {
  const { records, failedLogins, privileged, drops, withoutData, auditingOff } = totals;
  const worst =
    auditingOff > 0
      ? text('activity.headline.auditingOff', { number: auditingOff })
      : text('activity.headline.look', { failedLogins, privileged, drops });
  const missing = withoutData > 0 ? text('activity.headline.withoutData', { number: withoutData }) : '';
  return text('activity.headline.all', { records, worst, missing });
}

/** `412 events = 380 succeeded + 30 failed + 2 not known` */
export function activityBalance({ totals }: ActivityReport, { text }: Wording): string {
  const { records, succeeded, failed, unknown } = totals;
  return text('activity.balance', { records, succeeded, failed, unknown });
}
