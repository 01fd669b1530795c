import type { ResourceHistory } from '../facts/resource-history.js';
import { type ControlName, type Verdict, isBad } from '../model/verdict.js';
import type { ControlInput } from './control-input.js';

/*
 * A resource without a known recovery point (design section 4, "An empty proof is no proof"): it is NOT_APPLICABLE, UNKNOWN
 * or NON_COMPLIANT, and never COMPLIANT, whatever its other controls are.
 */

/**
 * Since when there is no recovery point for certain; null: an older one may count. Memory that reaches the creation of the
 * resource knows its whole life. Epoch milliseconds.
 */
export function knownWithoutPointSince(input: ControlInput): number | null {
  const { createdMs, knownSinceMs, due, day, demand, history } = input;
  const isLifeKnown = createdMs !== null && createdMs >= knownSinceMs;
  if (isLifeKnown && (due !== null || wasAttempted(history))) return createdMs;
  return day.cutOffMs - knownSinceMs < demand.maxAgeMs ? null : knownSinceMs;
}

/**
 * When a resource was created that nothing can be demanded of yet; null: something can, or its creation is not known. No
 * date has passed on which a backup was due, it is not older than a backup may be, nothing was attempted, and no other
 * control is bad.
 */
export function newSince(
  { createdMs, due, day, demand, history }: ControlInput,
  controls: Readonly<Record<ControlName, { readonly verdict: Verdict }>>,
): number | null {
  if (createdMs === null || due !== null || day.cutOffMs - createdMs > demand.maxAgeMs) return null;
  if (wasAttempted(history)) return null;
  const { 'recovery-point-age': _, ...others } = controls;
  return Object.values(others).some(({ verdict }) => isBad(verdict)) ? null : createdMs;
}

function wasAttempted({ dayBackups, lastSuccessMs, lastFailure, points, life }: ResourceHistory): boolean {
  if (dayBackups.length + points.length > 0) return true;
  return lastSuccessMs !== null || lastFailure !== null || (life?.aliveMs ?? null) !== null;
}
