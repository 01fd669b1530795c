import { dayMs } from '../../../base/time-units.js';
import type { ReportDay } from '../../../model/report-day.js';
import {
  type PointsByResource,
  type RecoveryPoint,
  type ResourcePoints,
  isStanding,
  timeOfPoint,
} from '../model/recovery-point.js';
import type { Demand } from '../rules/due.js';

/** How many backups of each sort are remembered whatever their age. */
const newestKept = 40;

/** How long one that is gone is remembered at least: longer than any reading reaches back. */
const goneKeptMs = 40 * dayMs;

/** The longest of minimum retention, own retention and maximum age. */
export function askedForMs({ policy, maxAgeMs }: Demand, retentionDays: number | null): number {
  return Math.max(maxAgeMs, policy.minRetentionMs ?? 0, (retentionDays ?? 0) * dayMs);
}

/**
 * What is remembered of the backups of each resource: every one that is younger than anything asks for, and at least the
 * newest 40; of backups of logs the newest 40; those that are gone as long as they may be told again.
 *
 * @param keptMsOf how long back the backups of a resource are asked for: its minimum or own retention, its maximum age
 */
export function keptPoints(
  points: PointsByResource,
  { cutOffMs }: Pick<ReportDay, 'cutOffMs'>,
  keptMsOf: (resource: ResourcePoints) => number,
): PointsByResource {
  const kept = new Map<string, ResourcePoints>();
  for (const [resourceId, resource] of points) {
    const those = keptOf(resource.points, cutOffMs, () => keptMsOf(resource));
    if (those.length > 0)
      kept.set(resourceId, those === resource.points ? resource : { ...resource, points: those });
  }
  return kept;
}

type Sort = 'made' | 'log' | 'unsuccessful' | 'gone';

function keptOf(
  points: readonly RecoveryPoint[],
  cutOffMs: number,
  keptMs: () => number,
): readonly RecoveryPoint[] {
  if (points.length <= newestKept && !points.some(({ result }) => result === 'untold')) return points;
  const sinceMs = cutOffMs - keptMs();
  const goneSinceMs = Math.min(sinceMs, cutOffMs - goneKeptMs);
  const seen = { made: 0, log: 0, unsuccessful: 0, gone: 0 };
  const kept = points.toReversed().filter((point) => {
    const sort = sortOf(point, cutOffMs);
    seen[sort] += 1;
    if (sort === 'gone')
      return Math.max(timeOfPoint(point), point.deletedMs ?? 0, point.expiresMs ?? 0) >= goneSinceMs;
    return seen[sort] <= newestKept || (sort !== 'log' && timeOfPoint(point) >= sinceMs);
  });
  return kept.length === points.length ? points : kept.reverse();
}

function sortOf(point: RecoveryPoint, atMs: number): Sort {
  if (point.result === 'unsuccessful' || point.result === 'unknown') return 'unsuccessful';
  if (!isStanding(point, atMs)) return 'gone';
  return point.isLog ? 'log' : 'made';
}
