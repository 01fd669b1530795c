import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { isLogSubJob } from '../facts/log-sub-jobs.js';
import { isSuccess } from '../facts/resource-history.js';
import { type Outcome, outcomeRank } from '../model/verdict.js';

/** What is owed at the cut-off apart from what was attempted: `LATE` only where nothing is due on the day itself. */
export type Owed = 'MISSED' | 'LATE' | 'NOT_DUE';

/**
 * Outcome of the day of one resource, worst wins. A failure stands unless a success ended strictly later. A canceled
 * attempt is a failure where nothing succeeded, even while another runs, and nothing at all where something did. A
 * backup that is late stays late while another attempt runs (design section 4, "Outcomes"). Sub-jobs that back up logs
 * alone are judged by themselves.
 *
 * @param backups attempts that belong to the day, oldest first
 * @param owed `MISSED` and `NOT_DUE` are what a day without any attempt is
 */
export function outcomeOfDay(backups: readonly CorrelatedJob[], owed: Owed): Outcome {
  if (backups.length === 0) return owed;
  const whole = backups.some(isLogSubJob) ? backups.filter((job) => !isLogSubJob(job)) : backups;
  if (whole.length < backups.length) {
    return worse(outcomeOfDay(whole, owed), outcomeOfAttempts(backups.filter(isLogSubJob), 'NOT_DUE'));
  }
  return outcomeOfAttempts(backups, owed);
}

function outcomeOfAttempts(backups: readonly CorrelatedJob[], owed: Owed): Outcome {
  const said: Outcome[] = owed === 'LATE' ? ['LATE'] : [];
  const lastSuccess = backups.findLast(isSuccess);
  const lastFailure = backups.findLast((job) => job.status === 'FAILED');
  if (lastFailure !== undefined) said.push(endsAfter(lastSuccess, lastFailure) ? 'RECOVERED' : 'FAILED');
  for (const { status } of backups) {
    if (status === 'CANCELED' && lastSuccess === undefined) said.push('FAILED');
    if (status !== 'CANCELED' && status !== 'FAILED') said.push(status);
  }
  return said.reduce(worse);
}

function worse(a: Outcome, b: Outcome): Outcome {
  return outcomeRank(a) <= outcomeRank(b) ? a : b;
}

/** The outcome of a day of which not all is known, or of a resource that nobody knows. */
export function unknownAtBest(outcome: Outcome): Outcome {
  return worse(outcome, 'UNKNOWN');
}

/** At the same instant the failure counts as the later one. */
function endsAfter(success: CorrelatedJob | undefined, failure: CorrelatedJob): boolean {
  if (success === undefined || success.endMs === null) return false;
  return failure.endMs === null || success.endMs > failure.endMs;
}
