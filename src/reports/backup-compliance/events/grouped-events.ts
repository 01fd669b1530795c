import type { BackupEvent, EventCondition } from '../model/backup-event.js';
import { type EventStore, none } from './event-store.js';
import { NumberColumn } from './number-column.js';

/** Events of one backup (or conditions of one resource) are few, but a hostile input may have many. */
const largeGroup = 16;

/**
 * The events of each group as a chain of positions in the store, latest first. A look-up follows its group's chain;
 * groups of more than 16 events are indexed.
 */
export class GroupedEvents {
  readonly #store: EventStore;
  /** For each event: the previous event of its group. */
  readonly #before = new NumberColumn();
  /** For each group: its latest event, and its size. */
  readonly #latest = new NumberColumn();
  readonly #sizes = new NumberColumn();
  /** For large groups only: their events by type and second. */
  readonly #indexes = new Map<number, Map<string, number>>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Must be called for each event of the store, in order. Groups are numbered in order of first appearance. */
  push(group: number, held: number, event: BackupEvent): void {
    if (group === this.#latest.length) {
      this.#latest.push(none);
      this.#sizes.push(0);
    }
    this.#before.push(this.#latest.get(group));
    this.#latest.set(group, held);
    const size = this.#sizes.get(group) + 1;
    this.#sizes.set(group, size);
    if (size > largeGroup) this.#indexOf(group).set(secondKey(event), held);
  }

  /** The event of the group that was added last. */
  latestOf(group: number): number {
    return this.#latest.get(group);
  }

  /** The previous event of its group; `none` for the first. */
  before(held: number): number {
    return this.#before.get(held);
  }

  /** The latest event of the same type, condition and second; `none` if there is none. */
  findSameSecond(group: number, event: BackupEvent): number {
    if (group === this.#latest.length) return none;
    const index = this.#indexes.get(group);
    if (index !== undefined) return index.get(secondKey(event)) ?? none;
    const second = Math.floor(event.timeMs / 1000);
    for (let held = this.#latest.get(group); held !== none; held = this.#before.get(held)) {
      if (Math.floor(this.#store.timeMs(held) / 1000) !== second) continue;
      const { type, condition } = this.#store.facets(held);
      if (type === event.type && conditionKey(condition) === conditionKey(event.condition)) return held;
    }
    return none;
  }

  /** No more look-ups: frees what only they need. */
  close(): void {
    this.#indexes.clear();
  }

  #indexOf(group: number): Map<string, number> {
    let index = this.#indexes.get(group);
    if (index === undefined) {
      this.#indexes.set(group, (index = new Map()));
      for (let held = this.#latest.get(group); held !== none; held = this.#before.get(held)) {
        const key = secondKey(this.#store.view(held));
        // The latest event of a key wins, as in the chain.
        if (!index.has(key)) index.set(key, held);
      }
    }
    return index;
  }
}

function secondKey(event: BackupEvent): string {
  return `${event.type.name}|${Math.floor(event.timeMs / 1000)}|${conditionKey(event.condition)}`;
}

/**
 * One critical type carries many conditions: an archiver hang and a backup failure in the same second are two facts.
 */
function conditionKey(condition: EventCondition | null): string {
  return condition === null ? '' : `${condition.name}|${condition.cleared}`;
}
