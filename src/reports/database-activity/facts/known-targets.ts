import { toIso } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { DataSafeTrail } from '../../../records/data-safe/read-trail.js';
import type { ActivityOptions } from '../model/activity-options.js';
import type { ActivityTarget, ActivityTrail } from '../model/activity-report.js';
import { newActivityTally } from './activity-tally.js';
import type { CountedTarget } from './count-activity.js';
import { coverageOf } from './coverage.js';

const urgency = ['no-data', 'partial', 'unknown', 'collected'] as const;

/** Every target that an event or a trail tells of, with how much of its day was collected: without data first. */
export function knownTargets(
  counted: ReadonlyMap<string, CountedTarget>,
  trails: readonly DataSafeTrail[],
  day: ReportDay,
  { exclude }: Pick<ActivityOptions, 'exclude'>,
): readonly ActivityTarget[] {
  const byTarget = new Map<string, DataSafeTrail[]>();
  for (const trail of trails) byTarget.set(trail.targetId, [...(byTarget.get(trail.targetId) ?? []), trail]);
  const reasons = new Map(exclude.map(({ target, reason }) => [target.toLowerCase(), reason]));
  const ids = new Set([...counted.keys(), ...byTarget.keys()]);
  const targets = [...ids].map((targetId): ActivityTarget => {
    const known = counted.get(targetId);
    const own = byTarget.get(targetId) ?? [];
    const { state, collectedToMs } = coverageOf(own, day, (known?.counts.records ?? 0) > 0);
    // A target that is silent has no event that names it.
    const targetName =
      known?.targetName ?? own.find((trail) => trail.targetName !== null)?.targetName ?? null;
    return {
      targetId,
      targetName,
      databaseType: known?.databaseType ?? null,
      ...(known?.counts ?? newActivityTally()),
      collection: state,
      collectedTo: isoOrNull(collectedToMs),
      excluded: reasons.get(targetId) ?? reasons.get((targetName ?? '').toLowerCase()) ?? null,
      trails: own.map(trailOf),
    };
  });
  return targets.sort(
    (a, b) =>
      urgency.indexOf(a.collection) - urgency.indexOf(b.collection) ||
      compareText(a.targetName ?? a.targetId, b.targetName ?? b.targetId) ||
      compareText(a.targetId, b.targetId),
  );
}

/** Whether events of the day were not collected that the plan asks for. */
export function isWithoutData({ collection, excluded }: ActivityTarget): boolean {
  return excluded === null && (collection === 'no-data' || collection === 'partial');
}

function trailOf(trail: DataSafeTrail): ActivityTrail {
  const { id, location, status, collectsFromMs, lastCollectedMs } = trail;
  return {
    trailId: id,
    location,
    status,
    collectsFrom: isoOrNull(collectsFromMs),
    lastCollected: isoOrNull(lastCollectedMs),
  };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : toIso(ms);
}
