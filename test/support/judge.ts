import { reportDayOf } from '../../src/base/civil-dates.js';
import { dayMs } from '../../src/base/time-units.js';
import type { ReportDay } from '../../src/model/report-day.js';
import { createRecordClassifier } from '../../src/reports/backup-compliance/events/classify-record.js';
import { EventLedger } from '../../src/reports/backup-compliance/events/event-ledger.js';
import { toBackupJob } from '../../src/reports/backup-compliance/facts/backup-jobs.js';
import {
  type CorrelatedJob,
  belongsToDay,
  correlateJobs,
  jobOfUnknown,
  jobsOfSpan,
  resourceOfJob,
} from '../../src/reports/backup-compliance/facts/correlate-jobs.js';
import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';
import { isUnknown } from '../../src/reports/backup-compliance/model/unknown-resource.js';
import { defaultPolicy } from '../../src/reports/backup-compliance/rules/default-policy.js';

/** The report day, which must exist. */
export function dayOf(date: string, timezone = 'UTC'): ReportDay {
  const day = reportDayOf(date, timezone);
  if (day === undefined) throw new Error(`${timezone} has no ${date}`);
  return day;
}

/** Puts parsed records through the ledger and correlates them for one day. */
export function correlate(
  records: readonly unknown[],
  day: ReportDay,
): { jobs: BackupJob[]; all: CorrelatedJob[]; ledger: EventLedger; dispositions: string[] } {
  const classify = createRecordClassifier({ fromMs: day.startMs - 7 * dayMs, toMs: day.cutOffMs });
  const ledger = new EventLedger();
  const dispositions: string[] = [];
  for (const record of records) {
    for (const found of classify(record)) {
      dispositions.push(
        found.kind === 'event' ? ledger.add(found.event, dispositions.length + 1) : found.kind,
      );
    }
  }
  for (const record of ledger.close()) dispositions[record - 1] = 'duplicate';
  const span = { fromMs: day.startMs - 7 * dayMs, cutOffMs: day.cutOffMs, followedSinceMs: 0 };
  const known = jobsOfSpan(correlateJobs(ledger.groups()), span, () => defaultPolicy.maxDurationMs);
  const all = known.map((job) => (isUnknown(resourceOfJob(job)) ? jobOfUnknown(job) : job));
  const jobs = all.filter((job) => belongsToDay(job, day)).map((job) => toBackupJob(job, []));
  return { jobs, all, ledger, dispositions };
}
