import { type BackupsOfGroup, beganMs } from '../facts/group-backups.js';
import { type CorrelatedJob, belongsToDay, jobOf, resourceOfJob } from '../facts/correlate-jobs.js';
import type { DayDeletion } from '../facts/day-deletion.js';
import { type ResourceHistory, isSuccess, later } from '../facts/resource-history.js';
import { type Outcome, outcomeRank } from '../model/verdict.js';
import type { ReportDay } from '../../../model/report-day.js';
import { type Owed, outcomeOfDay } from './day-outcome.js';

/** How the member is judged, and since when it can be in a backup of its group. */
export interface MemberTerms {
  readonly day: ReportDay;
  /** null: unknown. */
  readonly createdMs: number | null;
  readonly maxDurationMs: number;
}

/** A member's facts with those of its group. */
export interface MemberFacts {
  /** Attempts of both, and the newest recovery point of either. */
  readonly history: ResourceHistory;
  /** The group's attempts of the day that can have the member. */
  readonly ofGroup: readonly CorrelatedJob[];
}

/**
 * A volume is backed up through its group: what the group's backups say of it, by the policy of the volume. A backup
 * counts only if it began after the volume was created or joined, and before it was terminated.
 */
export function withGroupBackups(
  history: ResourceHistory,
  { sinceMs, jobs, ofGroup: group }: BackupsOfGroup,
  { day, createdMs, maxDurationMs }: MemberTerms,
): MemberFacts {
  const fromMs = Math.max(sinceMs ?? Number.NEGATIVE_INFINITY, createdMs ?? Number.NEGATIVE_INFINITY);
  const untilMs = history.terminatedMs ?? Number.POSITIVE_INFINITY;
  const counted = jobs
    .filter((job) => beganMs(job) >= fromMs && beganMs(job) < untilMs)
    .map((job) => asOfMember(job, day.cutOffMs, maxDurationMs));
  const ofGroup = counted.filter((job) => belongsToDay(job, day));
  const made = counted.filter(isSuccess).map(({ endMs }) => endMs);
  const ofDay = [...history.dayBackups, ...ofGroup].sort(
    (a, b) => (a.endMs ?? a.startMs ?? 0) - (b.endMs ?? b.startMs ?? 0),
  );
  const all: ResourceHistory = {
    ...history,
    dayBackups: ofDay,
    lastSuccessMs: made.reduce(later, history.lastSuccessMs),
    lastFailure: counted.reduce(laterFailure, history.lastFailure),
    dayDeletions: [
      ...history.dayDeletions,
      ...group.dayDeletions.filter((each) => (creationOf(each) ?? fromMs) >= fromMs),
    ],
    witnesses: isNewest(group, history, fromMs) ? group.witnesses : history.witnesses,
  };
  return { history: all, ofGroup };
}

function creationOf({ createdMs, point }: DayDeletion): number | null {
  return createdMs ?? point?.createdMs ?? point?.endMs ?? null;
}

/** Whether the last success is the group's. */
function isNewest(
  { lastSuccessMs }: Pick<ResourceHistory, 'lastSuccessMs'>,
  own: Pick<ResourceHistory, 'lastSuccessMs'>,
  fromMs: number,
): boolean {
  return lastSuccessMs !== null && lastSuccessMs >= Math.max(own.lastSuccessMs ?? fromMs, fromMs);
}

/** How long an attempt may run is said by the member's own policy. */
function asOfMember(job: CorrelatedJob, cutOffMs: number, maxDurationMs: number): CorrelatedJob {
  if (job.endMs !== null || job.startMs === null || job.kind === 'unrecognised') return job;
  const isUnknownByNow = cutOffMs - job.startMs >= maxDurationMs;
  return { ...jobOf(job, resourceOfJob(job)), status: isUnknownByNow ? 'UNKNOWN' : 'IN_PROGRESS' };
}

function laterFailure(
  known: ResourceHistory['lastFailure'],
  { status, endMs, end }: CorrelatedJob,
): ResourceHistory['lastFailure'] {
  if (status !== 'FAILED' || endMs === null || endMs < (known?.endMs ?? endMs)) return known;
  return { endMs, message: end?.message ?? null };
}

/**
 * Worst of the group's outcome and the member's own; either counts only with an attempt of the day. A success of one
 * makes good no failure of the other.
 *
 * @param own the member's own attempts of the day
 * @param withoutAny outcome of a day without any attempt of either
 */
export function outcomeOfMember(
  own: readonly CorrelatedJob[],
  ofGroup: readonly CorrelatedJob[],
  withoutAny: Owed,
): Outcome {
  const outcomes = [own, ofGroup]
    .filter((attempts) => attempts.length > 0)
    .map((attempts) => outcomeOfDay(attempts, withoutAny));
  return outcomes.sort((a, b) => outcomeRank(a) - outcomeRank(b))[0] ?? withoutAny;
}
