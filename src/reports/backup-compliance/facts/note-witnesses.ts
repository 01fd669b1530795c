import { unionOf } from '../events/witness-sets.js';
import { type Witness, noWitnesses } from '../model/witness.js';
import type { CorrelatedJob } from './correlate-jobs.js';

interface Witnessed {
  readonly lastSuccessMs: number | null;
  readonly witnesses: readonly Witness[];
}

/**
 * The sources that told of a resource's last success, once a job is known: of the same success all of them. As long as
 * it has none, those that told of its last attempt.
 *
 * @param history as it was before the job
 */
export function witnessesAfter(
  { lastSuccessMs, witnesses }: Witnessed,
  job: CorrelatedJob,
  isSuccess: boolean,
): readonly Witness[] {
  const told = (job.end ?? job.begin)?.witnesses ?? noWitnesses;
  if (told.length === 0) return witnesses;
  if (!isSuccess) return lastSuccessMs === null ? told : witnesses;
  if (lastSuccessMs === null || job.endMs === null || job.endMs > lastSuccessMs) return told;
  return job.endMs === lastSuccessMs ? unionOf(witnesses, told) : witnesses;
}
