import { type CorrelatedJob, resourceOfJob, toBackupJob } from '../core/correlate-jobs.js';
import type { BackupEvent } from '../model/backup-event.js';
import { GzipLineWriter } from './gzip-line-writer.js';

/**
 * Writes jobs.ndjson.gz, one job a line, in their order. Each line is made when it is written: a day of half a
 * million jobs is never in memory as text.
 *
 * @param failureNotices backup failure events, which are named on the jobs of their resource that ran at the time
 */
export async function writeJobs(
  jobs: readonly CorrelatedJob[],
  failureNotices: ReadonlyMap<string, readonly BackupEvent[]>,
  path: string,
): Promise<void> {
  const writer = new GzipLineWriter(path);
  try {
    for (const job of jobs) {
      const notices = failureNotices.get(resourceOfJob(job).resourceId) ?? [];
      const critical = notices.filter((event) => isDuring(event, job)).map(({ eventId }) => eventId);
      const behind = writer.write(JSON.stringify(toBackupJob(job, critical)));
      if (behind !== undefined) await behind;
    }
    await writer.close();
  } catch (error) {
    writer.destroy();
    throw error;
  }
}

/** Oracle notices a failure within minutes of it. */
const graceMs = 15 * 60 * 1000;

function isDuring(event: BackupEvent, job: CorrelatedJob): boolean {
  const from = job.startMs ?? job.endMs ?? event.timeMs;
  const to = job.endMs === null ? Number.POSITIVE_INFINITY : job.endMs + graceMs;
  return event.timeMs >= from && event.timeMs <= to;
}
