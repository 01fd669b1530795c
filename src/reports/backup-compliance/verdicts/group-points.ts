import type { ReportDay } from '../../../model/report-day.js';
import type { Membership } from '../facts/group-membership.js';
import {
  type PointGroup,
  type PointsByResource,
  type RecoveryPoint,
  type ResourcePoints,
  timeOfPoint,
} from '../model/recovery-point.js';

/** Backups of a volume group, and since when and until when a volume was in it. Epoch milliseconds. */
export interface GroupPoints extends PointGroup {
  readonly points: readonly RecoveryPoint[];
}

/**
 * The volume groups that a volume is or was in. What a backup of a group made stays a recovery point of the volume when it
 * leaves the group, or when the group ends (ADR 20).
 *
 * @param before as the day before knew them
 * @param membership of the day; null: it is in none
 */
export function pointGroups(
  before: readonly PointGroup[],
  membership: Membership | null,
  { startMs }: Pick<ReportDay, 'startMs'>,
): readonly PointGroup[] {
  if (before.length === 0 && membership === null) return before;
  const isNow = ({ groupId, untilMs }: PointGroup): boolean =>
    untilMs === null && groupId === membership?.groupId;
  const former = before
    .filter((each) => !isNow(each))
    .map((each) => (each.untilMs === null ? { ...each, untilMs: startMs } : each));
  if (membership === null) return former;
  const { groupId, sinceMs } = membership;
  return [...former, before.find(isNow) ?? { groupId, sinceMs, untilMs: null }];
}

const noGroupPoints: readonly GroupPoints[] = [];

/** With the backups of each group, as far as they are known. */
export function withPoints(groups: readonly PointGroup[], known: PointsByResource): readonly GroupPoints[] {
  if (groups.length === 0) return noGroupPoints;
  return groups.flatMap((group) => {
    const points = known.get(group.groupId)?.points ?? [];
    return points.length === 0 ? [] : [{ ...group, points }];
  });
}

/**
 * The backups of a volume and those of its groups that began while it was in them, oldest first.
 *
 * @param life since when and until when there is such a volume; null: not known
 */
export function pointsOfMember(
  own: readonly RecoveryPoint[],
  groups: readonly GroupPoints[],
  life: { readonly createdMs: number | null; readonly terminatedMs: number | null },
): readonly RecoveryPoint[] {
  if (groups.length === 0) return own;
  const having = groups.flatMap(({ points, sinceMs, untilMs }) => {
    const fromMs = Math.max(sinceMs ?? -Infinity, life.createdMs ?? -Infinity);
    const toMs = Math.min(untilMs ?? Infinity, life.terminatedMs ?? Infinity);
    const those = points.filter((point) => {
      const madeMs = point.createdMs ?? timeOfPoint(point);
      return madeMs >= fromMs && madeMs < toMs;
    });
    return those.map(ofMember);
  });
  return [...own, ...having].sort((a, b) => timeOfPoint(a) - timeOfPoint(b));
}

/** The size of a group's backup is that of all of its members. */
function ofMember(point: RecoveryPoint): RecoveryPoint {
  if (point.sizeBytes === undefined) return point;
  const { sizeBytes: _size, ...others } = point;
  return others;
}

/**
 * What is remembered of each resource, with the groups whose backups are its own, too.
 *
 * @param groups by resource id, of members alone
 */
export function withGroupsOfMembers(
  kept: PointsByResource,
  groups: ReadonlyMap<string, Omit<ResourcePoints, 'points'>>,
): PointsByResource {
  if (groups.size === 0) return kept;
  const all = new Map(kept);
  for (const [resourceId, member] of groups) {
    const { points = [] } = kept.get(resourceId) ?? {};
    // A group of which no backup is known any more says nothing.
    const known =
      member.groups?.filter(({ groupId, untilMs }) => untilMs === null || kept.has(groupId)) ?? [];
    if (known.length > 0) all.set(resourceId, { ...member, groups: known, points });
  }
  return all;
}
