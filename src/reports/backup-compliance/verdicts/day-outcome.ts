import type { Outcome } from '../model/verdict.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { isSuccess } from '../facts/resource-history.js';

/**
 * Outcome of the day's backup attempts of one resource, worst wins. A failure that a later success made good is
 * RECOVERED. An attempt that was canceled counts only where nothing else did the work.
 *
 * @param backups attempts that belong to the day, oldest first
 * @param withoutAny what a day without any attempt is
 */
export function outcomeOfDay(
  backups: readonly CorrelatedJob[],
  withoutAny: 'MISSED' | 'LATE' | 'NOT_DUE',
): Outcome {
  if (backups.length === 0) return withoutAny;
  const lastSuccess = backups.findLastIndex(isSuccess);
  const lastFailure = backups.findLastIndex((job) => job.status === 'FAILED');
  const has = (status: CorrelatedJob['status']): boolean => backups.some((job) => job.status === status);

  const isMadeGood = lastSuccess >= 0 && endsAfter(backups[lastSuccess], backups[lastFailure]);
  if (lastFailure >= 0 && !isMadeGood) return 'FAILED';
  if (has('UNKNOWN')) return 'UNKNOWN';
  if (has('IN_PROGRESS')) return 'IN_PROGRESS';
  if (lastSuccess < 0) return 'FAILED';
  if (lastFailure >= 0) return 'RECOVERED';
  return has('SUCCEEDED_WITH_WARNINGS') ? 'SUCCEEDED_WITH_WARNINGS' : 'SUCCEEDED';
}

/** At the same instant the failure has the last word. */
function endsAfter(success: CorrelatedJob | undefined, failure: CorrelatedJob | undefined): boolean {
  if (success?.endMs === undefined || success.endMs === null) return false;
  return failure?.endMs === undefined || failure.endMs === null || success.endMs > failure.endMs;
}
