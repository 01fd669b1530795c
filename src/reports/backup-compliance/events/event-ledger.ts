import { compareText } from '../../../base/text-order.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { EventType } from '../model/event-type.js';
import { compareEvents } from './event-order.js';
import { EventStore, none } from './event-store.js';
import { GroupedEvents } from './grouped-events.js';
import { NumberColumn } from './number-column.js';
import { type Observation, isPreferred } from './prefer-observation.js';
import { SubjectGroups } from './subject-groups.js';

export interface LedgerEntry {
  readonly disposition: 'used' | 'duplicate';
  /** Record number of an earlier `used` record that this one proves to be a duplicate; its mark must be corrected. */
  readonly corrects: number | null;
}

const entryUsed: LedgerEntry = { disposition: 'used', corrects: null };
const entryDuplicate: LedgerEntry = { disposition: 'duplicate', corrects: null };

/**
 * Holds each fact once. Records are the same fact if they share the event id, or the resource id, type and second (two
 * routes deliver one fact under two ids); this relation is transitive. Which record of a fact is kept depends on
 * content alone, so the order of reading changes nothing.
 *
 * Memory grows with facts (two per job), not with deliveries. Events and groups are indexes into columns.
 */
export class EventLedger {
  readonly #store = new EventStore();
  readonly #groups = new SubjectGroups();
  readonly #grouped = new GroupedEvents(this.#store);
  readonly #byId = new Map<string, number>();
  /** For each event held, its record number in the evidence. */
  readonly #records = new NumberColumn();
  readonly #subjectDerived = new Set<number>();
  /** Events merged into another event of the same fact, which is kept. */
  readonly #mergedInto = new Map<number, number>();

  /** @param record its number in the evidence */
  add(event: BackupEvent, record: number): LedgerEntry {
    const group = this.#groups.groupOf(event);
    const byId = this.#rootOf(this.#byId.get(event.eventId) ?? none);
    const sameSecond = this.#grouped.findSameSecond(group, event);
    const byKey = this.#rootOf(sameSecond);
    if (byId === none && byKey === none) {
      this.#byId.set(event.eventId, this.#hold(group, event, record));
      return entryUsed;
    }

    let root = byId === none ? byKey : byId;
    let corrects: number | null = null;
    if (byId !== none && byKey !== none && byId !== byKey) {
      const isFirst = isPreferred(this.#observation(byId), this.#observation(byKey));
      const loser = isFirst ? byKey : byId;
      root = isFirst ? byId : byKey;
      this.#mergedInto.set(loser, root);
      this.#learnPrincipal(root, this.#store.facets(loser).principal);
      corrects = this.#records.get(loser);
    }

    const isBetter = this.#isBetter(group, event, root);
    // Under a new key it is held even when merged: a later record may be linked by that key.
    const held = isBetter || sameSecond === none ? this.#hold(group, event, record) : none;
    if (isBetter) this.#replace(root, held, event);
    else this.#repeat(root, held, event);
    return corrects === null ? entryDuplicate : { disposition: 'duplicate', corrects };
  }

  /** Every fact once: all events of one subject together, oldest first. */
  *groups(): Generator<readonly BackupEvent[]> {
    for (let group = 0; group < this.#groups.count; group += 1) {
      const kept: BackupEvent[] = [];
      for (let held = this.#grouped.latestOf(group); held !== none; held = this.#grouped.before(held)) {
        if (!this.#mergedInto.has(held)) kept.push(this.#store.view(held));
      }
      if (kept.length > 0) yield kept.sort(compareEvents);
    }
  }

  /** Every fact of the given types, once, in the order of reading. */
  *ofTypes(isWanted: (type: EventType) => boolean): Generator<BackupEvent> {
    for (let held = 0; held < this.#store.length; held += 1) {
      if (isWanted(this.#store.facets(held).type) && !this.#mergedInto.has(held))
        yield this.#store.view(held);
    }
  }

  /** No more events will be added: frees what only adding needs, a third of the memory on a large day. */
  close(): void {
    this.#byId.clear();
    this.#groups.close();
    this.#grouped.close();
  }

  #hold(group: number, event: BackupEvent, record: number): number {
    const held = this.#store.append(event, this.#groups.subjectOf(group) ?? event.subjectId);
    if (event.subjectId === null) this.#subjectDerived.add(held);
    this.#records.push(record);
    this.#grouped.push(group, held, event);
    return held;
  }

  /** The event that is kept for the fact. */
  #rootOf(held: number): number {
    let root = held;
    for (;;) {
      const next = this.#mergedInto.get(root);
      if (next === undefined) return root;
      root = next;
    }
  }

  /** Whether a new event should replace the one that is kept. */
  #isBetter(group: number, event: BackupEvent, root: number): boolean {
    const subjectId = this.#groups.subjectOf(group) ?? event.subjectId;
    const underSubject = subjectId === event.subjectId ? event : { ...event, subjectId };
    const observation = { event: underSubject, isSubjectDerived: event.subjectId === null };
    return isPreferred(observation, this.#observation(root));
  }

  #observation(held: number): Observation {
    return { event: this.#store.view(held), isSubjectDerived: this.#subjectDerived.has(held) };
  }

  /** From now on the new event is the one that is kept. */
  #replace(root: number, held: number, event: BackupEvent): void {
    this.#mergedInto.set(root, held);
    this.#learnPrincipal(held, this.#store.facets(root).principal);
    this.#byId.set(event.eventId, held);
  }

  /** The new event (held unless `none`) repeats the one that is kept. */
  #repeat(root: number, held: number, event: BackupEvent): void {
    if (held !== none) this.#mergedInto.set(held, root);
    this.#learnPrincipal(root, event.principal);
    if (!this.#byId.has(event.eventId)) this.#byId.set(event.eventId, root);
  }

  /**
   * Audit names who did it, Events knows more of the rest: the fact that is kept has both. Of several names the first
   * by code units wins, whatever the order of reading.
   */
  #learnPrincipal(held: number, principal: string | null): void {
    if (principal === null) return;
    const known = this.#store.facets(held).principal;
    if (known === null || compareText(principal, known) < 0) this.#store.setPrincipal(held, principal);
  }
}
