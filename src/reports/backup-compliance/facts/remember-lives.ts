import { toIso } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import { dayMs } from '../../../base/time-units.js';
import type { LifeCycle } from '../model/life-cycle.js';
import type { LifeCycles } from './life-cycle.js';
import type { Life } from './recall-lives.js';

/** A monthly backup of what was created last month must still find its creation. */
const rememberedMs = 40 * dayMs;

/** Tenancies that create volumes by the thousand must not grow the report without end: forgetting is never green. */
const mostRemembered = 5000;

/**
 * What the next day needs to know of OCIDs that are no resource of the report: those of resources are with them. The newest
 * 5,000 of the last 40 days, sorted by OCID.
 *
 * @param isResource whether the report has the OCID as a resource, judged or not, or as one that has left
 */
export function lifeCyclesOf(
  lives: LifeCycles,
  cutOffMs: number,
  isResource: (resourceId: string) => boolean,
): readonly LifeCycle[] {
  const since = cutOffMs - rememberedMs;
  const kept = [...lives.known()].filter(
    ([resourceId, life]) => !isResource(resourceId) && lastMs(life) >= since,
  );
  kept.sort(([a, first], [b, second]) => lastMs(second) - lastMs(first) || compareText(a, b));
  return kept
    .slice(0, mostRemembered)
    .map(([resourceId, life]) => toLifeCycle(resourceId, life))
    .sort((a, b) => compareText(a.resourceId, b.resourceId));
}

function lastMs({ createdMs, terminatedMs, aliveMs }: Life): number {
  return Math.max(createdMs ?? 0, terminatedMs ?? 0, aliveMs ?? 0);
}

function toLifeCycle(resourceId: string, { createdMs, terminatedMs, aliveMs, parents }: Life): LifeCycle {
  return {
    resourceId,
    created: time(createdMs),
    alive: time(aliveMs),
    parents,
    terminated: time(terminatedMs),
  };
}

function time(ms: number | null): string | null {
  return ms === null ? null : toIso(ms);
}
