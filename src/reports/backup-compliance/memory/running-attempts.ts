import type { RunningAttempt } from '../model/running-attempt.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { toRunningAttempt } from './memory.js';

/**
 * The attempts that had no end by the cut-off, as the report hands them on. Where a part of the day could not be read and
 * is read again with the next, also those that ended, begun before it, whose ends could be taken for another's.
 *
 * @param spanJobs all that ended since the memory, or run
 * @param rereadFromMs null: nothing is read again
 */
export function runningOf(
  spanJobs: readonly CorrelatedJob[],
  rereadFromMs: number | null,
): readonly RunningAttempt[] {
  const isAmbiguous = ({ begin, end }: CorrelatedJob): boolean =>
    rereadFromMs !== null &&
    begin !== null &&
    end !== null &&
    begin.timeMs < rereadFromMs &&
    begin.subjectId === begin.resource.resourceId;
  return spanJobs.filter((job) => job.end === null || isAmbiguous(job)).flatMap(toRunningAttempt);
}
