import type { CountedJob } from '../model/backup-type.js';
import { type CorrelatedJob, resourceOfJob } from './correlate-jobs.js';

/** A job as it is counted, of one that is still in its events. */
export function countedJob(job: CorrelatedJob): CountedJob {
  const { kind, status, begin, end } = job;
  const event = end ?? begin;
  return {
    kind,
    status,
    resourceType: resourceOfJob(job).resourceType,
    backupType: event?.traits.backupType ?? begin?.traits.backupType ?? null,
    eventType: event?.type.name ?? '',
  };
}

/** The jobs of a day, one at a time: half a million of them are never in memory in this form. */
export function* eachCountedJob(jobs: Iterable<CorrelatedJob>): Iterable<CountedJob> {
  for (const job of jobs) yield countedJob(job);
}
