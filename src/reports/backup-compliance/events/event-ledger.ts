import { compareText } from '../../../base/text-order.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { ToldSettings } from '../model/backup-settings.js';
import type { EventType } from '../model/event-type.js';
import type { Witness } from '../model/witness.js';
import { compareEvents } from './event-order.js';
import { EventStore, none } from './event-store.js';
import { GroupedEvents, factKey } from './grouped-events.js';
import { mergePartial } from './merge-partial.js';
import { NumberColumn } from './number-column.js';
import { isPreferred, isWorse } from './prefer-observation.js';
import { bothSettings } from './read-settings.js';
import { RetoldFacts } from './retold-facts.js';
import { SharedIds } from './shared-ids.js';
import { SubjectGroups } from './subject-groups.js';

/**
 * Holds each fact once. Records are the same fact if they share the resource id (data.resourceId), type and second,
 * under whatever event ids: two routes deliver one fact under two. A record without a resource id is the same fact as
 * another one with its event id, type and second. An event id alone says nothing: CloudEvents makes it unique for each
 * source only. Two records that name different protected resources are never one fact.
 *
 * What makes a fact is content alone, and so is which of its records is kept: the order of reading changes nothing.
 * Records that tell less than others can only be joined when all are read (mergePartial).
 *
 * Memory grows with facts (two per job), not with deliveries. Events and groups are indexes into columns.
 */
export class EventLedger {
  readonly #store = new EventStore();
  readonly #groups = new SubjectGroups();
  readonly #grouped = new GroupedEvents(this.#store);
  readonly #ids = new SharedIds();
  /** For each event held, its record number in the evidence. */
  readonly #records = new NumberColumn();
  /** Events without a resource id, by event id and fact. */
  readonly #loose = new Map<string, number>();
  /** Events merged into another event of the same fact, which is kept. */
  readonly #mergedInto = new Map<number, number>();
  #shared: ReadonlyMap<number, string> = new Map();
  /** null: nobody asked what is held. */
  #retold: RetoldFacts | null = null;

  /**
   * @param record its number in the evidence; 0: it is from an earlier report
   * @param witness the source that tells it; null: not known
   */
  add(event: BackupEvent, record: number, witness: Witness | null = null): 'used' | 'duplicate' {
    const known = event.subjectId === null ? this.#findLoose(event) : this.#findSame(event);
    if (known === none) {
      this.#hold(event, record, witness);
      return 'used';
    }
    if (witness !== null) this.#store.addWitness(known, witness);
    this.#ids.add(event.eventId, known);
    this.#store.learnSize(known, event.sizeBytes ?? null);
    const { principal, settings } = this.#store.facets(known);
    if (isPreferred(event, this.#store.view(known))) this.#store.replace(known, event);
    this.#learnPrincipal(known, principal);
    this.#learnPrincipal(known, event.principal);
    this.#learnSettings(known, settings);
    this.#learnSettings(known, event.settings ?? null);
    return 'duplicate';
  }

  /**
   * Whether all that a record of an earlier revision tells is held, so that adding it would change nothing. The fact may
   * be told in another way by now: by a pair without the backup's id, or with it.
   *
   * @param was whether that revision counted it, or had the same from another record
   */
  holds(event: BackupEvent, was: 'used' | 'duplicate'): boolean {
    const group = event.subjectId === null ? none : this.#groups.find(event);
    const same = event.subjectId === null ? this.#findLoose(event) : this.#grouped.findSame(group, event);
    this.#retold ??= new RetoldFacts({ store: this.#store, grouped: this.#grouped, ids: this.#ids });
    return this.#retold.holds({ event, was, same, group });
  }

  /**
   * No more events will be added. Joins what could not be joined before, and frees what only adding needs, a third of
   * the memory on a large day. To be called once.
   *
   * @returns numbers of records that were `used` and prove to be duplicates
   */
  close(): readonly number[] {
    const duplicates: number[] = [];
    const parts = { store: this.#store, grouped: this.#grouped, ids: this.#ids };
    mergePartial({ ...parts, loose: [...this.#loose.values()], groups: this.#groups.count }, (from, into) => {
      this.#merge(from, into, duplicates);
    });
    for (const held of this.#loose.values()) if (!this.#mergedInto.has(held)) this.#attach(held);
    this.#shared = this.#ids.shared((held) => this.#rootOf(held));
    this.#loose.clear();
    this.#retold = null;
    this.#ids.close();
    this.#groups.close();
    this.#grouped.close();
    return duplicates;
  }

  /** Records whose event id another fact has, too, with that id; those of earlier reports are left out. */
  *sharedIds(): Generator<{ readonly record: number; readonly eventId: string }> {
    for (const [held, eventId] of this.#shared) {
      const record = this.#records.get(held);
      if (record > 0) yield { record, eventId };
    }
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

  #findSame(event: BackupEvent): number {
    return this.#grouped.findSame(this.#groups.groupOf(event), event);
  }

  #findLoose(event: BackupEvent): number {
    return this.#loose.get(looseKey(event)) ?? none;
  }

  #hold(event: BackupEvent, record: number, witness: Witness | null): void {
    const group = event.subjectId === null ? none : this.#groups.groupOf(event);
    const subject = group === none ? null : this.#groups.subjectOf(group);
    const held = this.#store.append(event, subject);
    if (witness !== null) this.#store.addWitness(held, witness);
    this.#records.push(record);
    this.#grouped.pushLoose();
    this.#ids.add(event.eventId, held);
    if (group === none) this.#loose.set(looseKey(event), held);
    else this.#grouped.attach(group, held);
  }

  /** Its group depends on what is known of it by now. */
  #attach(held: number): void {
    const group = this.#groups.groupOf(this.#store.view(held));
    const subject = this.#groups.subjectOf(group);
    if (subject !== null) this.#store.setSubject(held, subject);
    this.#grouped.attach(group, held);
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

  /** The fact that is kept learns what only the other one knows; of two results it has the worse. */
  #merge(from: number, into: number, duplicates: number[]): void {
    this.#mergedInto.set(from, into);
    const told = this.#store.facets(from);
    if (isWorse(told.result, this.#store.facets(into).result)) {
      const { result, message } = told;
      this.#store.amend(into, { result, message });
    }
    this.#learnPrincipal(into, told.principal);
    this.#store.joinWitnesses(into, from);
    this.#store.learnSize(into, this.#store.sizeBytes(from));
    this.#learnSettings(into, told.settings);
    const record = this.#records.get(from);
    // A fact of an earlier report that was read again counts as read.
    if (this.#records.get(into) === 0) this.#records.set(into, record);
    else if (record > 0) duplicates.push(record);
  }

  /**
   * Audit names who did it, Events knows more of the rest: the fact that is kept has both. Of several names the first
   * by code units wins, whatever the order of reading.
   */
  #learnPrincipal(held: number, principal: string | null): void {
    if (principal === null) return;
    const known = this.#store.facets(held).principal;
    if (known === null || compareText(principal, known) < 0) this.#store.amend(held, { principal });
  }

  /** One route tells what the other one leaves out; of two answers the first by its text, whatever was read first. */
  #learnSettings(held: number, told: ToldSettings | null): void {
    const known = this.#store.facets(held).settings;
    if (told === null || told === known) return;
    this.#store.amend(held, { settings: known === null ? told : bothSettings(known, told) });
  }
}

function looseKey(event: BackupEvent): string {
  return `${event.eventId}|${factKey(event)}|${event.resource.resourceName}`;
}
