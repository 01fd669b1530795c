import type { BackupEvent, EventCondition } from '../model/backup-event.js';
import { type EventStore, none } from './event-store.js';
import { NumberColumn } from './number-column.js';

/** Events of one backup (or of one resource, for conditions) are few, but a hostile input may say otherwise. */
const largeGroup = 16;

/**
 * The events of each group, as chains of positions in the store from the latest one held to the first. Looking for an
 * event goes through its group; groups of more than 16 are indexed.
 */
export class GroupedEvents {
  readonly #store: EventStore;
  /** Of each event: the one of its group that was held before it. */
  readonly #before = new NumberColumn();
  /** Of each group: its latest event, and how many it has. */
  readonly #latest = new NumberColumn();
  readonly #sizes = new NumberColumn();
  /** Of large groups only: their events by type and second. */
  readonly #indexes = new Map<number, Map<string, number>>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** To be called for each event of the store, in its order. Groups are numbered in the order in which they are met. */
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

  /** The event of the group that was held last. */
  latestOf(group: number): number {
    return this.#latest.get(group);
  }

  /** The event of its group that was held before it; `none` for the first. */
  before(held: number): number {
    return this.#before.get(held);
  }

  /** The latest one held of the same type, condition and second; `none` where there is none. */
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

  /** Nothing is looked for any more: lets go of what only that needs. */
  close(): void {
    this.#indexes.clear();
  }

  #indexOf(group: number): Map<string, number> {
    let index = this.#indexes.get(group);
    if (index === undefined) {
      this.#indexes.set(group, (index = new Map()));
      for (let held = this.#latest.get(group); held !== none; held = this.#before.get(held)) {
        const key = secondKey(this.#store.view(held));
        // The latest one of a key is the one to be found, as in the chain.
        if (!index.has(key)) index.set(key, held);
      }
    }
    return index;
  }
}

function secondKey(event: BackupEvent): string {
  return `${event.type.name}|${Math.floor(event.timeMs / 1000)}|${conditionKey(event.condition)}`;
}

/** One critical type carries many conditions: an archiver hang and a backup failure of one second are two facts. */
function conditionKey(condition: EventCondition | null): string {
  return condition === null ? '' : `${condition.name}|${condition.cleared}`;
}
