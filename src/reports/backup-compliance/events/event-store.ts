import { UuidColumn } from '../../../base/uuid-column.js';
import type {
  BackupEvent,
  BackupTraits,
  EventCondition,
  EventResult,
  ResourceRef,
} from '../model/backup-event.js';
import type { ToldSettings } from '../model/backup-settings.js';
import type { EventType } from '../model/event-type.js';
import type { Witness } from '../model/witness.js';
import { NumberColumn, elementAt, firstCapacity, grown } from './number-column.js';
import { WitnessSets } from './witness-sets.js';

/** What many events have in common; equal facets share one object where that is cheap to detect. */
interface Facets {
  readonly type: EventType;
  readonly resource: ResourceRef;
  readonly result: EventResult;
  readonly traits: BackupTraits;
  readonly message: string | null;
  readonly condition: EventCondition | null;
  readonly principal: string | null;
  readonly settings: ToldSettings | null;
}

type GivenFacets = Omit<Facets, 'settings'> & Pick<BackupEvent, 'settings'>;

/** How many facets of one resource are searched for an equal one; a hostile input may have any number. */
const comparedFacets = 8;

/** No event, as a number. */
export const none = -1;

/**
 * Events in columns: numbers in typed arrays, shared attributes by reference. As objects, a day with a million events
 * would take half a gigabyte, and the garbage collector would traverse it again and again. An event is identified by
 * its position and read through a view that implements BackupEvent.
 */
export class EventStore {
  readonly #eventIds = new UuidColumn();
  readonly #subjectIds: (string | null)[] = [];
  readonly #facets: Facets[] = [];
  readonly #facetsOf = new Map<ResourceRef, Facets[]>();
  #times = new Float64Array(firstCapacity);
  readonly #witnesses = new WitnessSets();
  /** For each event, the number of its set of witnesses. */
  readonly #witnessesOf = new NumberColumn();
  /** NaN: unknown. */
  #created = new Float64Array(firstCapacity);
  /** When a backup expires, by position: hardly any event tells it. */
  readonly #expires = new Map<number, number>();
  /** Size of a backup in bytes, by position: events that tell none take no room. */
  readonly #sizes = new Map<number, number>();

  get length(): number {
    return this.#eventIds.length;
  }

  /** @param subjectId the same text for all events of one subject, so that it is held once */
  append(event: BackupEvent, subjectId: string | null): number {
    const position = this.#eventIds.length;
    if (position === this.#times.length) {
      this.#times = grown(this.#times, Float64Array);
      this.#created = grown(this.#created, Float64Array);
    }
    this.#eventIds.push(event.eventId);
    this.#subjectIds.push(subjectId);
    this.#facets.push(this.#shared(event));
    this.#times[position] = event.timeMs;
    this.#created[position] = event.createdMs ?? Number.NaN;
    this.#setExpiry(position, event);
    this.learnSize(position, event.sizeBytes ?? null);
    this.#witnessesOf.push(0);
    return position;
  }

  /** Another record tells the same fact, and is the one to keep. The size is learnt from both: see learnSize(). */
  replace(position: number, event: BackupEvent): void {
    this.#eventIds.set(position, event.eventId);
    this.#facets[position] = this.#shared(event);
    this.#times[position] = event.timeMs;
    this.#created[position] = event.createdMs ?? Number.NaN;
    this.#setExpiry(position, event);
  }

  view(position: number): BackupEvent {
    return new EventView(this, position);
  }

  eventId(position: number): string {
    return this.#eventIds.get(position);
  }

  subjectId(position: number): string | null {
    return elementAt(this.#subjectIds, position);
  }

  /** Epoch milliseconds. */
  timeMs(position: number): number {
    return elementAt(this.#times, position);
  }

  createdMs(position: number): number | null {
    const created = elementAt(this.#created, position);
    return Number.isNaN(created) ? null : created;
  }

  expiresMs(position: number): number | null {
    return this.#expires.get(position) ?? null;
  }

  sizeBytes(position: number): number | null {
    return this.#sizes.get(position) ?? null;
  }

  facets(position: number): Facets {
    return elementAt(this.#facets, position);
  }

  /** The event names no subject itself. */
  setSubject(position: number, subjectId: string): void {
    this.#subjectIds[position] = subjectId;
  }

  /** Another record of the same fact knows more. */
  amend(position: number, more: Partial<Facets>): void {
    this.#facets[position] = this.#shared({ ...this.facets(position), ...more });
  }

  /** One record tells it, another leaves it out; of two answers the larger one, whatever was read first. */
  learnSize(position: number, sizeBytes: number | null): void {
    if (sizeBytes === null) return;
    this.#sizes.set(position, Math.max(sizeBytes, this.#sizes.get(position) ?? 0));
  }

  #setExpiry(position: number, { expiresMs }: BackupEvent): void {
    if (typeof expiresMs === 'number') this.#expires.set(position, expiresMs);
    else this.#expires.delete(position);
  }

  /** Sources that tell it; empty: not known. */
  witnesses(position: number): readonly Witness[] {
    return this.#witnesses.members(this.#witnessesOf.get(position));
  }

  addWitness(position: number, witness: Witness): void {
    this.#addWitnesses(position, this.#witnesses.of(witness));
  }

  /** Both tell the same fact; the first one is kept. */
  joinWitnesses(position: number, other: number): void {
    this.#addWitnesses(position, this.#witnessesOf.get(other));
  }

  #addWitnesses(position: number, more: number): void {
    this.#witnessesOf.set(position, this.#witnesses.union(this.#witnessesOf.get(position), more));
  }

  #shared(given: GivenFacets): Facets {
    const known = this.#facetsOf.get(given.resource);
    const same = known?.find((each) => isSame(each, given));
    if (same !== undefined) return same;
    const { type, resource, result, traits, message, condition, principal, settings = null } = given;
    const facets = { type, resource, result, traits, message, condition, principal, settings };
    if (known === undefined) this.#facetsOf.set(resource, [facets]);
    else if (known.length < comparedFacets) known.push(facets);
    return facets;
  }
}

/** Parsing shares equal types, resources, results and traits, so identity is enough here. */
function isSame(facets: Facets, given: GivenFacets): boolean {
  return (
    facets.type === given.type &&
    facets.result === given.result &&
    facets.traits === given.traits &&
    facets.message === given.message &&
    facets.condition === given.condition &&
    facets.principal === given.principal &&
    facets.settings === (given.settings ?? null)
  );
}

class EventView implements BackupEvent {
  readonly #store: EventStore;
  readonly #position: number;

  constructor(store: EventStore, position: number) {
    this.#store = store;
    this.#position = position;
  }

  get eventId(): string {
    return this.#store.eventId(this.#position);
  }

  get type(): EventType {
    return this.#store.facets(this.#position).type;
  }

  get timeMs(): number {
    return this.#store.timeMs(this.#position);
  }

  get subjectId(): string | null {
    return this.#store.subjectId(this.#position);
  }

  get resource(): ResourceRef {
    return this.#store.facets(this.#position).resource;
  }

  get createdMs(): number | null {
    return this.#store.createdMs(this.#position);
  }

  get expiresMs(): number | null {
    return this.#store.expiresMs(this.#position);
  }

  get sizeBytes(): number | null {
    return this.#store.sizeBytes(this.#position);
  }

  get result(): EventResult {
    return this.#store.facets(this.#position).result;
  }

  get traits(): BackupTraits {
    return this.#store.facets(this.#position).traits;
  }

  get message(): string | null {
    return this.#store.facets(this.#position).message;
  }

  get condition(): EventCondition | null {
    return this.#store.facets(this.#position).condition;
  }

  get principal(): string | null {
    return this.#store.facets(this.#position).principal;
  }

  get witnesses(): readonly Witness[] {
    return this.#store.witnesses(this.#position);
  }

  get settings(): ToldSettings | null {
    return this.#store.facets(this.#position).settings;
  }
}
