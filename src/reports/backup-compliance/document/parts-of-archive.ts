import type { ReportKind } from '../../report-kind.js';
import type { BackupJob } from '../model/backup-job.js';
import type { CountedJob } from '../model/backup-type.js';
import type { DailyReport } from '../model/daily-report.js';
import type { Slice } from '../model/slice.js';
import { type Rules, openRuleBook } from '../rules/rule-book.js';
import { routeResources, sliceReport } from './slice-report.js';

type JobFacts = CountedJob & Pick<BackupJob, 'resourceId'>;

/** Splits an archived report among the recipients of these rules; see ReportKind.partsOf. */
export function archivedPartsBy(rules: Rules): ReportKind<DailyReport>['partsOf'] {
  return async (report, lines) => {
    const { slices } = routeResources(report.resources, openRuleBook(rules));
    if (slices.length === 0) return [];
    const jobs = await jobsOfSlices(lines(), slices);
    return slices.map((slice, index) => {
      const { name, slug, to } = slice;
      return { name, slug, to, report: sliceReport(report, slice, jobs[index] ?? []) };
    });
  };
}

/**
 * What sliceReport needs to know of the day's jobs, slice by slice. No more than that: a large day would not fit in
 * memory.
 */
async function jobsOfSlices(
  lines: AsyncIterable<string>,
  slices: readonly Slice[],
): Promise<readonly (readonly CountedJob[])[]> {
  const indexOf = new Map<string, number>();
  for (const [index, { resourceIds }] of slices.entries()) {
    for (const resourceId of resourceIds) indexOf.set(resourceId, index);
  }
  const jobs: CountedJob[][] = slices.map(() => []);
  const shared = new Map<string, CountedJob>();
  for await (const line of lines) {
    const { resourceId, ...counted }: JobFacts = JSON.parse(line);
    jobs[indexOf.get(resourceId) ?? -1]?.push(sharedJob(counted, shared));
  }
  return jobs;
}

/** Jobs that are counted alike are one object. */
function sharedJob(
  { kind, status, resourceType, backupType, eventType }: CountedJob,
  shared: Map<string, CountedJob>,
): CountedJob {
  const job = { kind, status, resourceType, backupType, eventType };
  const key = JSON.stringify(job);
  const known = shared.get(key) ?? job;
  shared.set(key, known);
  return known;
}
