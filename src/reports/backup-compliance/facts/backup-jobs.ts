import { toIso } from '../../../base/instants.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { BackupJob } from '../model/backup-job.js';
import { type CorrelatedJob, jobIdOf, resourceOfJob } from './correlate-jobs.js';

/** Oracle reports a failure within minutes. */
const graceMs = 15 * 60 * 1000;

/**
 * Creates the jobs as the report shows them, lazily and again on each iteration: the half million jobs of a large day
 * are never in memory in this form.
 *
 * @param failureNotices backup failure events by resource; jobs that ran at the time name them
 */
export function backupJobs(
  jobs: readonly CorrelatedJob[],
  failureNotices: ReadonlyMap<string, readonly BackupEvent[]>,
): Iterable<BackupJob> {
  return {
    *[Symbol.iterator]() {
      for (const job of jobs) {
        const notices = failureNotices.get(resourceOfJob(job).resourceId) ?? [];
        const critical = notices.filter((event) => isDuring(event, job)).map(({ eventId }) => eventId);
        yield toBackupJob(job, critical);
      }
    },
  };
}

function isDuring(event: BackupEvent, job: CorrelatedJob): boolean {
  const from = job.startMs ?? job.endMs ?? event.timeMs;
  const to = job.endMs === null ? Number.POSITIVE_INFINITY : job.endMs + graceMs;
  return event.timeMs >= from && event.timeMs <= to;
}

/** The job as written to jobs.ndjson.gz. */
export function toBackupJob(job: CorrelatedJob, criticalEventIds: readonly string[]): BackupJob {
  const { begin, end, startMs, endMs } = job;
  const resource = resourceOfJob(job);
  const event = end ?? begin;
  const traits = event?.traits;
  return {
    family: event?.type.family ?? 'unknown',
    kind: job.kind,
    jobId: jobIdOf(job),
    resourceId: resource.resourceId,
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
    compartmentName: resource.compartmentName,
    status: job.status,
    state: event?.result.state ?? null,
    startTime: startMs === null ? null : toIso(startMs),
    endTime: endMs === null ? null : toIso(endMs),
    durationSeconds:
      startMs === null || endMs === null ? null : Math.max(0, Math.round((endMs - startMs) / 1000)),
    backupType: traits?.backupType ?? begin?.traits.backupType ?? null,
    trigger: traits?.trigger ?? begin?.traits.trigger ?? null,
    statusMessage: end?.message ?? begin?.message ?? null,
    eventType: event?.type.name ?? '',
    // An attempt that is known by a later end alone has a begin without an id.
    beginEventId: begin?.eventId || null,
    endEventId: end?.eventId ?? null,
    criticalEventIds,
    ...toldOfBackup(job),
  };
}

/** What few events tell. The end says it of the backup that was made, else the begin. */
function toldOfBackup({
  begin,
  end,
}: CorrelatedJob): Pick<BackupJob, 'destination' | 'sizeBytes' | 'expires'> {
  const destination = end?.traits.destinationType ?? begin?.traits.destinationType ?? null;
  const sizeBytes = end?.sizeBytes ?? begin?.sizeBytes ?? null;
  const expiresMs = end?.expiresMs ?? begin?.expiresMs ?? null;
  return {
    ...(destination === null ? {} : { destination }),
    ...(sizeBytes === null ? {} : { sizeBytes }),
    ...(expiresMs === null ? {} : { expires: toIso(expiresMs) }),
  };
}
