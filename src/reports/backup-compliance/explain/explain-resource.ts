import { nearestWord } from '../../../base/nearest-word.js';
import { parseJson } from '../../../records/json.js';
import type { ExplainedRecord, NearSubject, SubjectLookup } from '../../explanation.js';
import type { BackupJob } from '../model/backup-job.js';
import type { DailyReport } from '../model/daily-report.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import type { ResourceCase } from './resource-case.js';
import { linesOfResource } from './resource-in-words.js';

const shownNear = 10;

/** Looks a resource up by its OCID in any case or by its name, and gathers what the report says of it. */
export async function explainResource(
  report: DailyReport,
  query: string,
  lines: AsyncIterable<string>,
): Promise<SubjectLookup> {
  const wanted = query.trim().toLowerCase();
  const byId = report.resources.filter(({ resourceId }) => resourceId === wanted);
  const matching =
    byId.length > 0
      ? byId
      : report.resources.filter(({ resourceName }) => resourceName.toLowerCase() === wanted);
  const [resource] = matching;
  if (resource === undefined || matching.length > 1) {
    return { found: false, near: nearTo(report, wanted, matching) };
  }
  const gathered = await gather(report, resource, lines);
  return {
    found: true,
    subject: {
      id: resource.resourceId,
      name: resource.resourceName,
      lines: linesOfResource(gathered),
      answer: gathered,
      rests: restsOn(gathered),
    },
  };
}

async function gather(
  report: DailyReport,
  resource: ResourceCompliance,
  lines: AsyncIterable<string>,
): Promise<ResourceCase> {
  const { resourceId } = resource;
  const isOfIt = (each: { readonly resourceId: string | null }): boolean => each.resourceId === resourceId;
  // A volume that is backed up through its group rests on the group's jobs, too.
  const ids = [resourceId, ...(resource.volumeGroup ? [resource.volumeGroup.resourceId] : [])];
  const quoted = ids.map((id) => JSON.stringify(id));
  const jobs: BackupJob[] = [];
  for await (const line of lines) {
    // Most lines are of other resources: they need not be parsed.
    if (!quoted.some((id) => line.includes(id))) continue;
    const job = parseJson(line) as BackupJob;
    if (ids.includes(job.resourceId)) jobs.push(job);
  }
  return {
    resource,
    policy: report.policies.find(({ name }) => name === resource.policy) ?? null,
    jobs,
    incidents: report.incidents.filter(isOfIt),
    changes: report.changes.filter(isOfIt),
  };
}

/** Records that name the resource, or that one of its jobs or incidents was made of. */
function restsOn({ resource, jobs, incidents }: ResourceCase): (record: ExplainedRecord) => boolean {
  const events = new Set<string | null>([
    ...jobs.flatMap((job) => [job.beginEventId, job.endEventId, ...job.criticalEventIds]),
    ...incidents.flatMap(({ eventIds }) => eventIds),
  ]);
  return ({ subject, eventId }) =>
    subject?.id === resource.resourceId || (eventId !== null && events.has(eventId));
}

/** Resources that may be meant: several of one name, or those whose id or name contains what was asked for. */
function nearTo(
  report: DailyReport,
  wanted: string,
  matching: readonly ResourceCompliance[],
): readonly NearSubject[] {
  const unjudged = [...report.notInInventory, ...report.excludedResources, ...report.formerResources];
  const reasons = new Map(unjudged.map(({ resourceId, reason }) => [resourceId, reason]));
  const listed = [...report.resources, ...unjudged];
  const nameOf = ({ resourceName }: (typeof listed)[number]) => resourceName.toLowerCase();
  const containing = listed.filter(
    (each) => each.resourceId.includes(wanted) || nameOf(each).includes(wanted),
  );
  const nearest = nearestWord(wanted, listed.map(nameOf));
  const likeIt = containing.length > 0 ? containing : listed.filter((each) => nameOf(each) === nearest);
  return (matching.length > 0 ? matching : likeIt)
    .slice(0, shownNear)
    .map(({ resourceId: id, resourceName: name }) => ({ id, name, notJudged: reasons.get(id) ?? null }));
}
