import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { DayMemory } from '../model/day-memory.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import { type CorrelatedJob, belongsToDay, resourceOfJob } from './correlate-jobs.js';
import { type Membership, membershipsOf } from './group-membership.js';
import type { ResourceHistory } from './resource-history.js';

/** What a group's backups say of one of its members. */
export interface BackupsOfGroup extends Membership {
  /** Backups since the memory that ended, and running ones; oldest first. */
  readonly jobs: readonly CorrelatedJob[];
  /** What is known of the group itself. */
  readonly ofGroup: Pick<ResourceHistory, 'dayDeletions' | 'lastSuccessMs' | 'witnesses'>;
}

/** Who is in which group, and through which groups volumes are backed up (design, section 4). */
export interface GroupBackups {
  membershipOf(resourceId: string): Membership | null;
  /** Null: it is in no group, or in one that is not backed up as a group (any more). */
  backupsFor(resourceId: string): BackupsOfGroup | null;
  /** How many resources of the population are backed up through the group. */
  membersOf(groupId: string): number;
  readonly findings: readonly JudgedFinding[];
}

export const noGroups: GroupBackups = {
  membershipOf: () => null,
  backupsFor: () => null,
  membersOf: () => 0,
  findings: [],
};

export interface GroupFacts {
  readonly day: ReportDay;
  readonly memory: DayMemory | null;
  readonly histories: ReadonlyMap<string, ResourceHistory>;
  readonly spanJobs: readonly CorrelatedJob[];
}

/**
 * The groups of a day.
 *
 * @param listed listed or observed resources, and those that an earlier revision of the day had
 * @param isNamed whether an inventory names them
 */
export function groupBackups(
  facts: GroupFacts,
  listed: readonly ProtectedResource[],
  isNamed: boolean,
): GroupBackups {
  const { day, memory, histories } = facts;
  const { of, findings } = membershipsOf({ listed, isNamed, histories, memory, day });
  if (of.size === 0) return { ...noGroups, findings };
  const jobsOf = jobsByGroup(facts, of);
  const groupIds = [...jobsOf].filter(([id, jobs]) => isBackedUp(facts, id, jobs)).map(([id]) => id);
  const backedUp = new Set(groupIds);
  const members = countMembers(listed, of);
  return {
    membershipOf: (resourceId) => of.get(resourceId) ?? null,
    backupsFor: (resourceId) => {
      const membership = of.get(resourceId);
      if (membership === undefined || !backedUp.has(membership.groupId)) return null;
      const ofGroup = histories.get(membership.groupId);
      if (ofGroup === undefined) return null;
      const jobs = jobsOf.get(membership.groupId) ?? [];
      // On the day on which the group ends, its attempts that ended count.
      const counted = ofGroup.terminatedMs === null ? jobs : jobs.filter(({ endMs }) => endMs !== null);
      return { ...membership, jobs: counted, ofGroup };
    },
    membersOf: (groupId) => (backedUp.has(groupId) ? (members.get(groupId) ?? 0) : 0),
    findings,
  };
}

function jobsByGroup(
  { spanJobs }: GroupFacts,
  of: ReadonlyMap<string, Membership>,
): ReadonlyMap<string, readonly CorrelatedJob[]> {
  const jobs = new Map<string, CorrelatedJob[]>();
  for (const { groupId } of of.values()) jobs.set(groupId, []);
  for (const job of spanJobs) {
    if (job.kind === 'copy' || job.kind === 'restore') continue;
    jobs.get(resourceOfJob(job).resourceId)?.push(job);
  }
  return jobs;
}

/** Backed up as a group: an attempt of it is known, this day's included, and it has not ended. */
function isBackedUp(
  { day, histories, memory }: GroupFacts,
  groupId: string,
  jobs: readonly CorrelatedJob[],
): boolean {
  const history = histories.get(groupId);
  if (history === undefined) return false;
  const { terminatedMs } = history;
  const isRefuted = terminatedMs !== null && jobs.some((job) => beganMs(job) > terminatedMs);
  if (terminatedMs !== null && !isRefuted)
    return jobs.some((job) => job.endMs !== null && belongsToDay(job, day));
  return jobs.length > 0 || wasAttempted(history) || isRunning(memory, groupId);
}

/** A success or a failure is remembered by its time, any other attempt by the time of the last event. */
function wasAttempted({ lastSuccessMs, lastFailure, lastRestoreMs, seenMs }: ResourceHistory): boolean {
  if (lastSuccessMs !== null || lastFailure !== null) return true;
  return seenMs !== null && seenMs !== lastRestoreMs;
}

function isRunning(memory: DayMemory | null, groupId: string): boolean {
  return memory?.running.some(({ resource }) => resource.resourceId === groupId) ?? false;
}

function countMembers(
  listed: readonly ProtectedResource[],
  of: ReadonlyMap<string, Membership>,
): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  for (const resourceId of new Set(listed.map((each) => each.resourceId))) {
    const groupId = of.get(resourceId)?.groupId;
    if (groupId !== undefined) members.set(groupId, (members.get(groupId) ?? 0) + 1);
  }
  return members;
}

/** When an attempt began: its begin, else the creation of the backup, else its end. Epoch milliseconds. */
export function beganMs({ startMs, endMs }: Pick<CorrelatedJob, 'startMs' | 'endMs'>): number {
  return startMs ?? endMs ?? Number.NEGATIVE_INFINITY;
}
