import {
  type CorrelatedJob,
  resourceOfJob,
  toBackupJob,
} from '../../reports/backup-compliance/facts/correlate-jobs.js';
import type { BackupEvent } from '../../reports/backup-compliance/model/backup-event.js';
import type { BackupJob } from '../../reports/backup-compliance/model/backup-job.js';
import { GzipLineWriter } from './gzip-line-writer.js';

/** Oracle notices a failure within minutes of it. */
const graceMs = 15 * 60 * 1000;

/**
 * Makes the jobs as the report shows them, one by one when they are asked for, as often as they are: a day of half a million is never in
 * memory in this form.
 *
 * @param failureNotices backup failure events by resource; they are named on the jobs that ran at the time
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

/** Writes jobs.ndjson.gz. */
export async function writeJobs(lines: AsyncIterable<string>, path: string): Promise<void> {
  const writer = new GzipLineWriter(path);
  try {
    for await (const some of lines) {
      writer.writeLines(some);
      const behind = writer.behind();
      if (behind !== undefined) await behind;
    }
    await writer.close();
  } catch (error) {
    writer.destroy();
    throw error;
  }
}

function isDuring(event: BackupEvent, job: CorrelatedJob): boolean {
  const from = job.startMs ?? job.endMs ?? event.timeMs;
  const to = job.endMs === null ? Number.POSITIVE_INFINITY : job.endMs + graceMs;
  return event.timeMs >= from && event.timeMs <= to;
}
