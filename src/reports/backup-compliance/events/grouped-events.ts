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
  /** For large groups only: their events by what makes them one. */
  readonly #indexes = new Map<number, Map<string, number>>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Must be called for each event of the store, in order. It is in no group yet. */
  pushLoose(): void {
    this.#before.push(none);
  }

  /** Puts an event into its group, once. Groups are numbered in order of first appearance. */
  attach(group: number, held: number): void {
    if (group === this.#latest.length) {
      this.#latest.push(none);
      this.#sizes.push(0);
    }
    this.#before.set(held, this.#latest.get(group));
    this.#latest.set(group, held);
    const size = this.#sizes.get(group) + 1;
    this.#sizes.set(group, size);
    if (size > largeGroup) this.#indexOf(group).set(factKey(this.#store.view(held)), held);
  }

  /** The event of the group that was added last. */
  latestOf(group: number): number {
    return this.#latest.get(group);
  }

  /** The previous event of its group; `none` for the first. */
  before(held: number): number {
    return this.#before.get(held);
  }

  /** The event of the same type, condition, second and resource; `none` if there is none. */
  findSame(group: number, event: BackupEvent): number {
    if (group === none || group === this.#latest.length) return none;
    const index = this.#indexes.get(group);
    if (index !== undefined) return index.get(factKey(event)) ?? none;
    const second = secondOf(event.timeMs);
    for (let held = this.#latest.get(group); held !== none; held = this.#before.get(held)) {
      if (secondOf(this.#store.timeMs(held)) !== second) continue;
      const { type, condition, resource } = this.#store.facets(held);
      const isSame =
        type.name === event.type.name &&
        resource.resourceId === event.resource.resourceId &&
        conditionKey(condition) === conditionKey(event.condition);
      if (isSame) return held;
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
        index.set(factKey(this.#store.view(held)), held);
      }
    }
    return index;
  }
}

/** What two tellings of one fact have in common, whatever else they tell: type, second and condition. */
export function secondKey(event: BackupEvent): string {
  return `${event.type.name}|${secondOf(event.timeMs)}|${conditionKey(event.condition)}`;
}

/** The same with the resource that is told of. */
export function factKey(event: BackupEvent): string {
  return `${secondKey(event)}|${event.resource.resourceId}`;
}

function secondOf(timeMs: number): number {
  return Math.floor(timeMs / 1000);
}

/**
 * One critical type carries many conditions: an archiver hang and a backup failure in the same second are two facts.
 */
function conditionKey(condition: EventCondition | null): string {
  return condition === null ? '' : `${condition.name}|${condition.cleared}`;
}
