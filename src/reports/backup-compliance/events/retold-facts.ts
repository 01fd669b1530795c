import type { BackupEvent } from '../model/backup-event.js';
import { type EventStore, none } from './event-store.js';
import { type GroupedEvents, factKey, secondKey } from './grouped-events.js';
import { isWorse } from './prefer-observation.js';
import type { SharedIds } from './shared-ids.js';

interface HeldEvents {
  readonly store: EventStore;
  readonly grouped: GroupedEvents;
  readonly ids: SharedIds;
}

/** A record of an earlier revision, and where its fact would be. */
interface Telling {
  readonly event: BackupEvent;
  /** Whether that revision counted it, or had the same from another record. */
  readonly was: 'used' | 'duplicate';
  /** The very fact; `none` where it is not held. */
  readonly same: number;
  /** Of its subject; `none` where there is no such group. */
  readonly group: number;
}

/** Says whether what an earlier revision was told is held by now, although it may be told in another way. */
export class RetoldFacts {
  readonly #held: HeldEvents;
  readonly #byFact = new Map<string, number[]>();
  /** How many events of the store are in the index. */
  #indexed = 0;

  constructor(held: HeldEvents) {
    this.#held = held;
  }

  holds(telling: Telling): boolean {
    const { event, was, same } = telling;
    const { store } = this.#held;
    if (same !== none) return !isWorseThan(event, store, same) && !namesPrincipal(event, store, same);
    const others = was === 'used' ? this.#toldOtherwise(event) : this.#partners(telling);
    // The record that a duplicate repeats is asked about by itself.
    if (others.length === 0) return was === 'duplicate';
    return !others.every((held) => isWorseThan(event, store, held));
  }

  /** What a record without a resource id (a pair, a row of columns) and one with it have in common. */
  #toldOtherwise(event: BackupEvent): readonly number[] {
    const { store } = this.#held;
    for (; this.#indexed < store.length; this.#indexed += 1) {
      const key = factKey(store.view(this.#indexed));
      const known = this.#byFact.get(key);
      if (known === undefined) this.#byFact.set(key, [this.#indexed]);
      else known.push(this.#indexed);
    }
    const told = this.#byFact.get(factKey(event)) ?? [];
    return event.subjectId === null ? told : told.filter((held) => store.subjectId(held) === null);
  }

  /** What it may have been a duplicate of: facts of its second under its subject or its event id. */
  #partners({ event, group }: Telling): readonly number[] {
    const { store, grouped, ids } = this.#held;
    const partners = [...this.#toldOtherwise(event), ...ids.of(event.eventId)];
    if (group !== none) {
      for (let held = grouped.latestOf(group); held !== none; held = grouped.before(held))
        partners.push(held);
    }
    const second = secondKey(event);
    return partners.filter((held) => secondKey(store.view(held)) === second);
  }
}

function isWorseThan({ result }: BackupEvent, store: EventStore, held: number): boolean {
  return isWorse(result, store.facets(held).result);
}

function namesPrincipal({ principal }: BackupEvent, store: EventStore, held: number): boolean {
  return principal !== null && store.facets(held).principal === null;
}
