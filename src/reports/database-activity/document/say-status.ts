import { parseInstant } from '../../../base/instants.js';
import type { Language } from '../../../model/language.js';
import { type Wholeness, unreadReasons } from '../../day-head.js';
import { isWithoutData } from '../facts/known-targets.js';
import type { ActivityTarget } from '../model/activity-report.js';

/** More targets than anybody would read one by one; the table has all of them. */
const mostNamed = 10;

export interface ActivityCompleteness extends Wholeness {
  readonly targets: readonly ActivityTarget[];
  readonly timezone: string;
}

/** Why the report is INCOMPLETE, one sentence each; empty if it is COMPLETE. */
export function sayActivityStatus(told: ActivityCompleteness, language: Language): readonly string[] {
  const reasons = [...sayTargets(told, language)];
  reasons.push(...unreadReasons(told, language));
  if (reasons.length === 0 && told.targets.length === 0)
    reasons.push(language.text('activity.status.noRecord'));
  return reasons;
}

function sayTargets({ targets, timezone }: ActivityCompleteness, language: Language): readonly string[] {
  const without = targets.filter(isWithoutData);
  const said = without.slice(0, mostNamed).map((target) => sayTarget(target, timezone, language));
  const more = without.length - said.length;
  return more > 0 ? [...said, language.text('activity.status.moreTargets', { number: more })] : said;
}

/** `erp-prod: no data, its audit trail UNIFIED_AUDIT_TRAIL is STOPPED and was collected until …` */
function sayTarget(target: ActivityTarget, timezone: string, language: Language): string {
  const trail = target.trails.find(({ lastCollected }) => lastCollected === target.collectedTo);
  const until =
    target.collectedTo === null
      ? language.text('activity.status.never')
      : language.text('activity.status.until', {
          when: language.instant(parseInstant(target.collectedTo) ?? 0, timezone),
        });
  return language.text(`activity.status.${target.collection === 'no-data' ? 'noData' : 'partial'}`, {
    target: target.targetName ?? target.targetId,
    location: trail?.location ?? '-',
    status: trail?.status ?? '-',
    until,
  });
}
