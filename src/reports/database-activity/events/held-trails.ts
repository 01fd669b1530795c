import { compareText } from '../../../base/text-order.js';
import type { DataSafeTrail } from '../../../records/data-safe/read-trail.js';

/** The newest known state of each trail, whatever was read first. */
export class HeldTrails {
  readonly #byId = new Map<string, DataSafeTrail>();
  readonly #told = new Set<string>();

  add(trail: DataSafeTrail): 'used' | 'duplicate' {
    const told = JSON.stringify(trail);
    if (this.#told.has(told)) return 'duplicate';
    this.#told.add(told);
    const known = this.#byId.get(trail.id);
    if (known === undefined || isNewer(trail, known)) this.#byId.set(trail.id, trail);
    return 'used';
  }

  /** Whether this or a newer state of it is known. */
  holds(trail: DataSafeTrail): boolean {
    const known = this.#byId.get(trail.id);
    return known !== undefined && !isNewer(trail, known);
  }

  /** By target, place and id. */
  all(): readonly DataSafeTrail[] {
    return [...this.#byId.values()].sort(
      (a, b) =>
        compareText(a.targetId, b.targetId) || compareText(a.location, b.location) || compareText(a.id, b.id),
    );
  }
}

/** What was collected once stays collected: the state that reaches furthest counts, then the one that was read last. */
function isNewer(one: DataSafeTrail, other: DataSafeTrail): boolean {
  const [a, b] = [one, other].map(
    ({ lastCollectedMs, readMs }) => [lastCollectedMs ?? 0, readMs ?? 0] as const,
  );
  if (a === undefined || b === undefined) return false;
  return (a[0] - b[0] || a[1] - b[1] || compareText(JSON.stringify(one), JSON.stringify(other))) > 0;
}
