import { DateTime } from 'luxon';
import { dayMs, hourMs } from '../../src/base/time-units.js';
import type { ReportDay } from '../../src/model/report-day.js';
import type { FleetMember } from './fleet-members.js';
import {
  type AttemptFact,
  type DeletionFact,
  type SettingFact,
  begunMs,
  isSuccess,
} from './reference-facts.js';
import type { Fleet, FleetFacts } from './simulated-fleet.js';

/** What is true of a resource on a day, by all that was told before its cut-off. Nothing is judged here. */
export interface DayTruth {
  readonly day: ReportDay;
  readonly member: FleetMember;
  /** Of the resource, or of the volume group that it is in. In order of their ends. */
  readonly successes: readonly AttemptFact[];
  /** Ended in the day, or begun and not ended by its cut-off. */
  readonly ofDay: readonly AttemptFact[];
  readonly restores: readonly AttemptFact[];
  /** Ids of the backups that were deleted or have expired. */
  readonly gone: ReadonlySet<string | null>;
  readonly deletionsOfDay: readonly DeletionFact[];
  /** What was told of settings, oldest first: by updates and by the events of backups. */
  readonly settings: readonly Pick<SettingFact, 'told' | 'recoveryWindowDays' | 'autoBackupEnabled'>[];
  readonly isIncidentOpen: boolean;
}

export function truthOf({ facts, dates, timezone }: Fleet, member: FleetMember, day: ReportDay): DayTruth {
  const { resourceId, groupId, createdMs } = member;
  const first = DateTime.fromISO(dates[0] ?? '', { zone: timezone });
  const knownSinceMs = first.minus({ days: 7 }).startOf('day').toMillis();
  const isOwn = (fact: { readonly resourceId: string }): boolean => fact.resourceId === resourceId;
  const isBefore = ({ told }: { readonly told: { readonly ms: number } }): boolean => told.ms < day.cutOffMs;
  // What the group's backup began before the resource was there has nothing of it.
  const isOwnOrGroups = (each: AttemptFact): boolean =>
    isOwn(each) || (each.resourceId === groupId && begunMs(each) >= (createdMs ?? 0));
  const isOver = isEnded(facts, groupId, day);
  const own = facts.attempts.filter(isOwnOrGroups);
  const backups = own.filter(({ kind }) => kind === 'backup');
  const ended = (list: readonly AttemptFact[]): readonly AttemptFact[] =>
    list
      .filter((each) => isSuccess(each) && endOf(each) >= knownSinceMs && endOf(each) < day.cutOffMs)
      .sort((a, b) => endOf(a) - endOf(b));
  const deletions = facts.deletions.filter((each) => each.isDone && isBefore(each));
  const expired = backups.filter(({ expiresMs }) => expiresMs !== null && expiresMs <= day.cutOffMs);
  const notices = facts.notices.filter(isOwn).filter(isBefore);
  return {
    day,
    member,
    successes: ended(backups),
    ofDay: backups
      .filter((each) => isOfDay(each, day))
      .filter((each) => isOwn(each) || !isOver || endOf(each) < day.cutOffMs),
    restores: ended(own.filter(({ kind }) => kind === 'restore')),
    gone: new Set([...deletions, ...expired].map(({ backupId }) => backupId)),
    deletionsOfDay: deletions
      .filter(
        (each) =>
          isOwn(each) || backups.some(({ backupId }) => backupId !== null && backupId === each.backupId),
      )
      .filter(({ told }) => told.ms >= day.startMs),
    settings: settingsOf(backups.filter(isOwn), facts.settings.filter(isOwn), day),
    isIncidentOpen: notices.sort((a, b) => a.told.ms - b.told.ms).at(-1)?.isCleared === false,
  };
}

/** Terminated before the cut-off, and no backup of it has begun since. An attempt that runs is then not waited for. */
function isEnded(
  { terminations, attempts }: FleetFacts,
  id: string | null,
  { cutOffMs }: ReportDay,
): boolean {
  const ends = terminations.filter(({ resourceId, isDone, told }) => {
    return resourceId === id && isDone && told.ms < cutOffMs;
  });
  const endMs = Math.max(...ends.map(({ told }) => told.ms));
  const isAgain = attempts.some((each) => {
    return each.resourceId === id && begunMs(each) > endMs && begunMs(each) < cutOffMs;
  });
  return ends.length > 0 && !isAgain;
}

export function endOf({ end }: AttemptFact): number {
  return end?.ms ?? Infinity;
}

/** An attempt is followed for a week; an end of the six hours after the cut-off proves one of the last week. */
function isOfDay(attempt: AttemptFact, { startMs, cutOffMs }: ReportDay): boolean {
  const endMs = endOf(attempt);
  if (endMs < cutOffMs) return endMs >= startMs;
  const { begin, createdMs } = attempt;
  if (begin !== null && begin.ms < cutOffMs) return begin.ms >= startMs - 7 * dayMs;
  if (createdMs === null || endMs >= cutOffMs + 6 * hourMs) return false;
  return createdMs < cutOffMs && createdMs >= cutOffMs - 7 * dayMs;
}

function settingsOf(
  backups: readonly AttemptFact[],
  updates: readonly SettingFact[],
  { cutOffMs }: ReportDay,
): DayTruth['settings'] {
  const byBackups = backups.flatMap(({ begin, end, recoveryWindowDays, autoBackupEnabled }) =>
    [begin, end].flatMap((told) => (told === null ? [] : { told, recoveryWindowDays, autoBackupEnabled })),
  );
  return [...byBackups, ...updates.filter(({ isDone }) => isDone)]
    .filter(({ told }) => told.ms < cutOffMs)
    .sort((a, b) => a.told.ms - b.told.ms);
}
