import { parseInstant } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { DayMemory } from '../model/day-memory.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import { agree, regionOf } from '../model/named-resource.js';
import type { ResourceHistory } from './resource-history.js';

export const volumeGroupType = 'volume-group';

/** The group that a volume is in. */
export interface Membership {
  readonly groupId: string;
  readonly groupName: string;
  /** A backup that began earlier need not have it; null: as far back as anything is known. Epoch milliseconds. */
  readonly sinceMs: number | null;
}

/** Everything that tells who is in which group. */
export interface MembershipSources {
  /** Listed or observed resources, and those that an earlier revision of the day had. */
  readonly listed: readonly ProtectedResource[];
  /** Whether an inventory names resources: one that it lists without a group is in none. */
  readonly isNamed: boolean;
  readonly histories: ReadonlyMap<string, ResourceHistory>;
  readonly memory: DayMemory | null;
  readonly day: ReportDay;
}

/** By the member's id. */
export interface Memberships {
  readonly of: ReadonlyMap<string, Membership>;
  readonly findings: readonly JudgedFinding[];
}

interface Group {
  readonly resourceId: string;
  readonly resourceName: string;
}

/**
 * Which volume is in which group on the day: as the inventory says, else as an event says that names volume and group,
 * else, where the inventory cannot tell, as the day before. It counts from the report day that first knew of it.
 */
export function membershipsOf(sources: MembershipSources): Memberships {
  const told = toldGroups(sources);
  const groups = told.size === 0 ? [] : knownGroups(sources);
  const find = groupFinder(groups);
  const of = new Map<string, Membership>();
  const findings = new Map<string, JudgedFinding>();
  for (const [memberId, memberOf] of told) {
    const found = find(memberOf, memberId);
    const [group] = found;
    if (group === undefined || found.length > 1) {
      findings.set(memberOf.toLowerCase(), unclearGroup(memberOf, found));
      continue;
    }
    const { resourceId: groupId, resourceName: groupName } = group;
    of.set(memberId, { groupId, groupName, sinceMs: sinceOf(memberId, groupId, sources) });
  }
  const sorted = [...findings].sort(([a], [b]) => compareText(a, b)).map(([, finding]) => finding);
  return { of, findings: sorted };
}

/** What is said of each member: id or name of its group. */
function toldGroups({ listed, isNamed, histories, memory }: MembershipSources): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const { resourceId, volumeGroup } of memory?.resources.values() ?? []) {
    if (volumeGroup) told.set(resourceId, volumeGroup.resourceId);
  }
  if (isNamed) {
    for (const { resourceId, isMembershipUnknown } of listed) {
      if (isMembershipUnknown !== true) told.delete(resourceId);
    }
  }
  for (const { resource } of histories.values()) {
    if (resource.volumeGroupId !== undefined) told.set(resource.resourceId, resource.volumeGroupId);
  }
  for (const { resourceId, memberOf } of listed) if (memberOf) told.set(resourceId, memberOf);
  return told;
}

/** Groups of the inventory and of the events. One that was terminated before the day has no members any more. */
function knownGroups({ listed, histories, memory, day }: MembershipSources): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { resource } of histories.values()) {
    if (resource.resourceType === volumeGroupType) groups.set(resource.resourceId, resource);
  }
  for (const resource of listed) {
    if (resource.resourceType === volumeGroupType) groups.set(resource.resourceId, resource);
  }
  return [...groups.values()]
    .filter(({ resourceId }) => {
      const former = parseInstant(memory?.former.get(resourceId)?.terminatedTime) ?? null;
      const history = histories.get(resourceId);
      const endMs = history?.terminatedMs ?? former;
      return endMs === null || endMs >= day.startMs || (history?.dayBackups.length ?? 0) > 0;
    })
    .sort((a, b) => compareText(a.resourceId, b.resourceId));
}

/** An OCID is a group whether or not anything else is known of it; names may be those of several. */
function groupFinder(groups: readonly Group[]): (memberOf: string, memberId: string) => readonly Group[] {
  const byId = new Map(groups.map((group) => [group.resourceId, group]));
  const byName = new Map<string, Group[]>();
  for (const group of groups) {
    const name = group.resourceName.toLowerCase();
    const namesakes = byName.get(name) ?? [];
    namesakes.push(group);
    byName.set(name, namesakes);
  }
  return (memberOf, memberId) => {
    const key = memberOf.toLowerCase();
    const known = byId.get(key);
    if (known !== undefined) return [known];
    if (key.startsWith('ocid')) return [{ resourceId: key, resourceName: memberOf }];
    const region = regionOf(memberId);
    return (byName.get(key) ?? []).filter(({ resourceId }) => agree(regionOf(resourceId), region));
  };
}

function unclearGroup(groupName: string, found: readonly Group[]): JudgedFinding {
  const candidates = found.map(({ resourceId }) => resourceId);
  return found.length > 1
    ? { kind: 'group-undecided', resourceName: groupName, candidates }
    : { kind: 'group-unknown', resourceName: groupName };
}

function sinceOf(memberId: string, groupId: string, { memory, day }: MembershipSources): number | null {
  if (memory === null) return null;
  const before = memory.resources.get(memberId)?.volumeGroup;
  return before?.resourceId === groupId ? (parseInstant(before.since) ?? null) : day.startMs;
}
