import { UuidMap } from '../../../base/uuid-map.js';

/** Which facts have which event id: most ids belong to one fact, and cost one entry. */
export class SharedIds {
  readonly #first = new UuidMap();
  readonly #others = new Map<string, Set<number>>();

  add(eventId: string, held: number): void {
    if (this.#first.addOnce(eventId, held) === held) return;
    const others = this.#others.get(eventId);
    if (others === undefined) this.#others.set(eventId, new Set([held]));
    else others.add(held);
  }

  of(eventId: string): readonly number[] {
    const first = this.#first.get(eventId);
    return first === undefined ? [] : [first, ...(this.#others.get(eventId) ?? [])];
  }

  /**
   * Facts that share an id with another one, each with such an id: of several the first by code units.
   *
   * @param rootOf the event that is kept for a fact
   */
  shared(rootOf: (held: number) => number): ReadonlyMap<number, string> {
    const shared = new Map<number, string>();
    for (const eventId of [...this.#others.keys()].sort()) {
      const roots = new Set(this.of(eventId).map(rootOf));
      if (roots.size < 2) continue;
      for (const root of roots) if (!shared.has(root)) shared.set(root, eventId);
    }
    return shared;
  }

  close(): void {
    this.#first.clear();
    this.#others.clear();
  }
}
