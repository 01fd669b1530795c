import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { isSuccess } from '../facts/resource-history.js';
import { type Outcome, outcomeRank } from '../model/verdict.js';

/**
 * Outcome of the day's backup attempts of one resource, worst wins. A failure with a later success is RECOVERED. A
 * canceled attempt counts only if nothing else succeeded.
 *
 * @param backups attempts that belong to the day, oldest first
 * @param withoutAny outcome of a day without any attempt
 */
export function outcomeOfDay(
  backups: readonly CorrelatedJob[],
  withoutAny: 'MISSED' | 'LATE' | 'NOT_DUE',
): Outcome {
  if (backups.length === 0) return withoutAny;
  const lastSuccess = backups.findLastIndex(isSuccess);
  const lastFailure = backups.findLastIndex((job) => job.status === 'FAILED');
  const has = (status: CorrelatedJob['status']): boolean => backups.some((job) => job.status === status);

  const isRecovered = lastSuccess >= 0 && endsAfter(backups[lastSuccess], backups[lastFailure]);
  if (lastFailure >= 0 && !isRecovered) return 'FAILED';
  if (has('UNKNOWN')) return 'UNKNOWN';
  if (has('IN_PROGRESS')) return 'IN_PROGRESS';
  if (lastSuccess < 0) return 'FAILED';
  if (lastFailure >= 0) return 'RECOVERED';
  return has('SUCCEEDED_WITH_WARNINGS') ? 'SUCCEEDED_WITH_WARNINGS' : 'SUCCEEDED';
}

/** The outcome of a day of which not all is known, or of a resource that nobody knows. */
export function unknownAtBest(outcome: Outcome): Outcome {
  return outcomeRank(outcome) < outcomeRank('UNKNOWN') ? outcome : 'UNKNOWN';
}

/** At the same instant the failure counts as the later one. */
function endsAfter(success: CorrelatedJob | undefined, failure: CorrelatedJob | undefined): boolean {
  if (success?.endMs === undefined || success.endMs === null) return false;
  return failure?.endMs === undefined || failure.endMs === null || success.endMs > failure.endMs;
}
