import { compareText } from '../../../../base/text-order.js';
import { type JobStatus, jobStatuses, newJobCounts } from '../../model/backup-job.js';
import { type BackupType, backupTypes } from '../../model/backup-type.js';
import type { TrendDay, TrendJobs } from '../../model/daily-report.js';

/** A type that jobs are drawn by. */
export interface JobType {
  /** null: of all others. */
  readonly backupType: BackupType | null;
  /** null: of many kinds. */
  readonly resourceType: string | null;
  /** `incremental\ndatabase`: what is summed up in it. */
  readonly keys: ReadonlySet<string>;
}

/** The types of the jobs of these days, most jobs first; at most `most`, of which the last sums up all others. */
export function jobTypes(trend: readonly TrendDay[], most: number): readonly JobType[] {
  const sums = new Map<string, { readonly entry: TrendJobs; jobs: number }>();
  for (const { jobs } of trend) {
    for (const entry of jobs ?? []) {
      const known = sums.get(keyOf(entry)) ?? { entry, jobs: 0 };
      for (const status of jobStatuses) known.jobs += entry.byStatus[status];
      sums.set(keyOf(entry), known);
    }
  }
  const sorted = [...sums.values()]
    .sort((a, b) => b.jobs - a.jobs || compareTypes(a.entry, b.entry))
    .map(({ entry }): JobType => {
      const { backupType, resourceType } = entry;
      return { backupType, resourceType, keys: new Set([keyOf(entry)]) };
    });
  if (sorted.length <= most) return sorted;
  const rest = sorted.slice(most - 1).flatMap(({ keys }) => [...keys]);
  return [...sorted.slice(0, most - 1), { backupType: null, resourceType: null, keys: new Set(rest) }];
}

/** How many jobs of the type ended in which status; null: nobody counted them. */
export function jobsOfType(
  { jobs }: TrendDay,
  { keys }: Pick<JobType, 'keys'>,
): Readonly<Record<JobStatus, number>> | null {
  if (jobs === undefined) return null;
  const sum = newJobCounts();
  for (const entry of jobs) {
    if (!keys.has(keyOf(entry))) continue;
    for (const status of jobStatuses) sum[status] += entry.byStatus[status];
  }
  return sum;
}

function keyOf({ backupType, resourceType }: TrendJobs): string {
  return `${backupType}\n${resourceType ?? ''}`;
}

function compareTypes(a: TrendJobs, b: TrendJobs): number {
  return (
    backupTypes.indexOf(a.backupType) - backupTypes.indexOf(b.backupType) ||
    compareText(a.resourceType ?? '', b.resourceType ?? '')
  );
}
