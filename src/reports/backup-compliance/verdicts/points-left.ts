import { toIso } from '../../../base/instants.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import { standingPoints } from '../model/recovery-point.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import { isUnknown } from '../model/unknown-resource.js';

/** The fields of a resource that tell what is left to restore from at the cut-off. */
type PointsLeft = Pick<ResourceCompliance, 'recoveryPointAgeSeconds' | 'recoveryPoints'>;

/** How many backups there are and how old the newest is, of those that were neither deleted nor have expired. */
export function pointsLeft(history: ResourceHistory, { cutOffMs }: Pick<ReportDay, 'cutOffMs'>): PointsLeft {
  const ends = standingPoints(history.points, cutOffMs).flatMap(({ endMs, isLog }) =>
    endMs === null ? [] : [{ endMs, isLog }],
  );
  // A job that names no resource stands for itself: no backups are remembered of it.
  const newestMs = isUnknown(history.resource) ? history.lastSuccessMs : (ends.at(-1)?.endMs ?? null);
  const others = ends.filter(({ isLog }) => !isLog);
  const counted = others.length > 0 ? others : ends;
  return {
    recoveryPointAgeSeconds: newestMs === null ? null : Math.round((cutOffMs - newestMs) / 1000),
    recoveryPoints: { count: counted.length, newest: timeIn(counted.at(-1)), oldest: timeIn(counted[0]) },
  };
}

function timeIn(point: { readonly endMs: number } | undefined): string | null {
  return point === undefined ? null : toIso(point.endMs);
}
