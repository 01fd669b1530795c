import { compareText } from '../../../base/text-order.js';
import { type BackupJob, type JobStatus, jobStatuses, newJobCounts } from '../model/backup-job.js';
import { type CountedJob, backupTypeOf, backupTypes } from '../model/backup-type.js';
import type { DailyReport, TrendJobs } from '../model/daily-report.js';

/** Resource types that are told apart; the jobs of all others are added up. An event may call its resource anything. */
const mostResourceTypes = 20;

/** How many jobs ended in which status. */
export function jobTotalsOf(jobs: readonly Pick<BackupJob, 'status'>[]): DailyReport['jobTotals'] {
  const byStatus = newJobCounts();
  for (const job of jobs) byStatus[job.status] += 1;
  return { total: jobs.length, byStatus };
}

/** How many jobs of which backup type and resource type ended in which status; most jobs first. */
export function jobsByType(jobs: Iterable<CountedJob>): readonly TrendJobs[] {
  const counts = new Map<string, TrendJobs & { byStatus: Record<JobStatus, number> }>();
  const kept = new Map<string, TrendJobs & { byStatus: Record<JobStatus, number> }>();
  for (const job of jobs) {
    // Half a million jobs have a few dozen different words.
    const told = [job.kind, job.backupType, job.resourceType, job.backupType === null ? job.eventType : ''];
    const key = told.join('\n');
    let entry = counts.get(key);
    if (entry === undefined) {
      entry = { backupType: backupTypeOf(job), resourceType: job.resourceType, byStatus: newJobCounts() };
      counts.set(key, entry);
    }
    entry.byStatus[job.status] += 1;
  }
  const apart = mostCommon([...counts.values()]);
  for (const { backupType, resourceType, byStatus } of counts.values()) {
    const type = resourceType !== null && apart.has(resourceType) ? resourceType : null;
    const key = `${backupType}\n${type ?? ''}`;
    const sum = kept.get(key) ?? { backupType, resourceType: type, byStatus: newJobCounts() };
    for (const status of jobStatuses) sum.byStatus[status] += byStatus[status];
    kept.set(key, sum);
  }
  return [...kept.values()].sort(compareCounts);
}

/** All jobs of an entry, whatever became of them. */
export function sumOfStatuses(byStatus: Readonly<Record<JobStatus, number>>): number {
  let sum = 0;
  for (const status of jobStatuses) sum += byStatus[status];
  return sum;
}

function mostCommon(entries: readonly TrendJobs[]): ReadonlySet<string> {
  const sums = new Map<string, number>();
  for (const { resourceType, byStatus } of entries) {
    if (resourceType === null) continue;
    sums.set(resourceType, (sums.get(resourceType) ?? 0) + sumOfStatuses(byStatus));
  }
  const sorted = [...sums].sort(([a, one], [b, other]) => other - one || compareText(a, b));
  return new Set(sorted.slice(0, mostResourceTypes).map(([type]) => type));
}

function compareCounts(a: TrendJobs, b: TrendJobs): number {
  return (
    sumOfStatuses(b.byStatus) - sumOfStatuses(a.byStatus) ||
    backupTypes.indexOf(a.backupType) - backupTypes.indexOf(b.backupType) ||
    compareText(a.resourceType ?? '', b.resourceType ?? '')
  );
}
