import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import type { RunningAttempt } from '../model/running-attempt.js';
import { toRunningAttempt } from './memory.js';

/**
 * The attempts without an end by the cut-off, as the report passes them on. If a part of the day could not be read and
 * is read again next time, also ended attempts that began before it: their ends could be paired with others.
 *
 * @param spanJobs all jobs that ended since the memory, or are running
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
