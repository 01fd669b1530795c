import type { TimeText } from '../../../base/instants.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import type { JudgedResource } from '../model/judged-resource.js';
import { standingPoints } from '../model/recovery-point.js';
import { isUnknown } from '../model/unknown-resource.js';
import { timeOf } from './last-known.js';

/** The fields of a resource that tell what is left to restore from at the cut-off. */
type PointsLeft = Pick<JudgedResource, 'recoveryPointAgeSeconds' | 'recoveryPoints'>;

/** How many backups there are and how old the newest is, of those that were neither deleted nor have expired. */
export function pointsLeft(
  history: ResourceHistory,
  { cutOffMs }: Pick<ReportDay, 'cutOffMs'>,
  timeText: TimeText,
): PointsLeft {
  const ended = standingPoints(history.points, cutOffMs).filter(({ endMs }) => endMs !== null);
  // A job that names no resource stands for itself: no backups are remembered of it.
  const newestMs = isUnknown(history.resource) ? history.lastSuccessMs : (ended.at(-1)?.endMs ?? null);
  const others = ended.filter(({ isLog }) => !isLog);
  const counted = others.length > 0 ? others : ended;
  const newestBytes = counted.at(-1)?.sizeBytes;
  return {
    recoveryPointAgeSeconds: newestMs === null ? null : Math.round((cutOffMs - newestMs) / 1000),
    recoveryPoints: {
      count: counted.length,
      newest: timeOf(counted.at(-1)?.endMs ?? null, timeText),
      oldest: timeOf(counted[0]?.endMs ?? null, timeText),
      ...(newestBytes === undefined ? {} : { newestBytes }),
    },
  };
}
