import { type CorrelatedJob, compareJobs } from '../facts/correlate-jobs.js';
import type { GroupBackups } from '../facts/group-backups.js';
import type { ProvenAttempt } from '../facts/proven-attempts.js';
import type { JudgedResource, ResourceNote } from '../model/judged-resource.js';
import type { Candidate } from './population.js';

/** The day's population with the attempts that later ends prove. */
export interface ProvenPopulation {
  readonly judged: readonly Candidate[];
  /** The attempts that were added, for the list of jobs. */
  readonly added: readonly CorrelatedJob[];
  /** What is told of them, by resource id. */
  readonly notes: ReadonlyMap<string, readonly ResourceNote[]>;
  /** Proven attempts of a volume group: its members are backed up by them. */
  ofGroup(groupId: string): readonly CorrelatedJob[];
}

/**
 * A proof adds one running attempt to a resource that is in the population already. It makes no resource, keeps none, and
 * changes nothing else that is known of it: so it is added when the population stands.
 */
export function addProvenAttempts(
  judged: readonly Candidate[],
  proven: readonly ProvenAttempt[],
  groups: Pick<GroupBackups, 'backupsFor'>,
): ProvenPopulation {
  if (proven.length === 0) return { judged, added: [], notes: new Map(), ofGroup: () => [] };
  const byResource = groupById(proven);
  const added = new Set<CorrelatedJob>();
  const notes = new Map<string, readonly ResourceNote[]>();
  const all = judged.map((candidate): Candidate => {
    const { resource, history } = candidate;
    const own = byResource.get(resource.resourceId) ?? [];
    const ofGroup = byResource.get(groups.backupsFor(resource.resourceId)?.groupId ?? '') ?? [];
    if (own.length + ofGroup.length === 0) return candidate;
    for (const { job } of [...own, ...ofGroup]) added.add(job);
    notes.set(
      resource.resourceId,
      [...own, ...ofGroup].map(({ ended }) => ({ code: 'backup.ended-after-cut-off', ...ended })),
    );
    const jobs = own.map(({ job }) => job);
    return {
      resource,
      history: { ...history, dayBackups: [...history.dayBackups, ...jobs].sort(compareJobs) },
    };
  });
  const ofGroup = (groupId: string): readonly CorrelatedJob[] =>
    (byResource.get(groupId) ?? []).map(({ job }) => job);
  return { judged: all, added: [...added], notes, ofGroup };
}

/** The resources as they were judged, with what is told of their attempts that ended later. */
export function withNotes(
  judged: readonly JudgedResource[],
  { notes }: Pick<ProvenPopulation, 'notes'>,
): readonly JudgedResource[] {
  if (notes.size === 0) return judged;
  return judged.map((resource) => {
    const own = notes.get(resource.resourceId);
    return own === undefined ? resource : { ...resource, findings: [...resource.findings, ...own] };
  });
}

function groupById(proven: readonly ProvenAttempt[]): ReadonlyMap<string, readonly ProvenAttempt[]> {
  const groups = new Map<string, ProvenAttempt[]>();
  for (const each of proven) {
    const { resourceId } = each.resource;
    const group = groups.get(resourceId) ?? [];
    groups.set(resourceId, [...group, each]);
  }
  return groups;
}
