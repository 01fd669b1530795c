import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { LifeCycles } from './life-cycle.js';
import { type ResourceHistory, historyOf } from './resource-history.js';

/**
 * Adds to each history how its resource began and ended. A resource that the inventory names gets a history where events
 * tell of its life: it may end before a backup of it was seen.
 */
export function applyLives(
  histories: Map<string, ResourceHistory>,
  lives: LifeCycles,
  expected: readonly ProtectedResource[],
): void {
  for (const resource of expected) if (lives.has(resource.resourceId)) historyOf(histories, resource);
  for (const history of histories.values()) {
    if (!lives.has(history.resource.resourceId)) continue;
    history.life = lives.of(history.resource.resourceId);
    history.terminatedMs = history.life.ended?.atMs ?? null;
  }
}

/**
 * Whether something of the day keeps a resource in it that was terminated before. An attempt that began before the
 * termination and hangs does not; one that begins later refutes the termination.
 */
export function isKeptByAttempt({ dayBackups, terminatedMs }: ResourceHistory): boolean {
  return dayBackups.some(({ endMs }) => endMs !== null || terminatedMs === null);
}
