import { compareText } from '../../../base/text-order.js';
import { UuidMap } from '../../../base/uuid-map.js';
import type { AuditRecord } from '../../../records/audit/audit-record.js';

/** A fact: one record, however many routes told of it. */
export interface HeldRecord {
  readonly record: AuditRecord;
  /** Of all records that told it; none where no record has an id. */
  readonly eventIds: readonly string[];
}

/**
 * Every fact once. Records are the same fact where id, resource, type and time are equal; also, because two routes deliver
 * one fact under two ids, where resource, type and second are, unless both name a request and these differ.
 */
export class HeldRecords {
  readonly #held: { record: AuditRecord; eventIds: readonly string[] }[] = [];
  readonly #byId = new UuidMap();
  readonly #bySecond = new Map<string, number>();
  /** The next one with the same key, for those few keys that several facts have; of `#byId` and `#bySecond`. */
  readonly #nextOfId = new Map<number, number>();
  readonly #nextOfSecond = new Map<number, number>();
  readonly #texts = new Map<string, string>();

  /** Whether it is a fact of its own; otherwise what it tells beyond the known one is kept with that. */
  add(record: AuditRecord): 'used' | 'duplicate' {
    const same = this.#find(record);
    if (same === null) {
      this.#push(this.#shared(record));
      return 'used';
    }
    const { record: known, eventIds } = same;
    same.record = merged(known, record);
    const id = record.eventId;
    if (id !== null && !eventIds.includes(id)) same.eventIds = [...eventIds, id].sort(compareText);
    return 'duplicate';
  }

  /** Whether all that the record tells is known. */
  holds(record: AuditRecord): boolean {
    const same = this.#find(record);
    return same !== null && merged(same.record, record) === same.record;
  }

  all(): readonly HeldRecord[] {
    return this.#held;
  }

  /** No more records: frees what only finding needs. */
  close(): void {
    this.#byId.clear();
    this.#bySecond.clear();
    this.#nextOfId.clear();
    this.#nextOfSecond.clear();
    this.#texts.clear();
  }

  #push(record: AuditRecord): void {
    const held = this.#held.length;
    const { eventId } = record;
    this.#held.push({ record, eventIds: eventId === null ? [] : [eventId] });
    if (eventId !== null) link(held, this.#byId.addOnce(eventId, held), this.#nextOfId);
    const key = secondKey(record);
    if (key === null) return;
    const first = this.#bySecond.get(key) ?? held;
    if (first === held) this.#bySecond.set(key, held);
    else link(held, first, this.#nextOfSecond);
  }

  #find(record: AuditRecord): { record: AuditRecord; eventIds: readonly string[] } | null {
    const { eventId } = record;
    const ofId =
      eventId === null
        ? null
        : this.#first(this.#byId.get(eventId), this.#nextOfId, (each) => isSameFact(each, record));
    if (ofId !== null) return ofId;
    const key = secondKey(record);
    if (key === null) return null;
    return this.#first(this.#bySecond.get(key), this.#nextOfSecond, (each) => mayBeSame(each, record));
  }

  #first(
    from: number | undefined,
    next: ReadonlyMap<number, number>,
    fits: (record: AuditRecord) => boolean,
  ): { record: AuditRecord; eventIds: readonly string[] } | null {
    for (let held = from; held !== undefined; held = next.get(held)) {
      const each = this.#held[held];
      if (each !== undefined && fits(each.record)) return each;
    }
    return null;
  }

  /** Names, types and addresses are few: equal texts become one. */
  #shared(record: AuditRecord): AuditRecord {
    const share = (text: string): string => {
      const known = this.#texts.get(text);
      if (known === undefined) this.#texts.set(text, text);
      return known ?? text;
    };
    const shareOrNull = (text: string | null): string | null => (text === null ? null : share(text));
    return {
      ...record,
      eventType: share(record.eventType),
      service: share(record.service),
      eventName: share(record.eventName),
      verb: shareOrNull(record.verb),
      compartmentId: shareOrNull(record.compartmentId),
      compartmentName: shareOrNull(record.compartmentName),
      region: shareOrNull(record.region),
      principalName: shareOrNull(record.principalName),
      principalId: shareOrNull(record.principalId),
      authType: shareOrNull(record.authType),
      ipAddress: shareOrNull(record.ipAddress),
      status: shareOrNull(record.status),
      message: shareOrNull(record.message),
    };
  }
}

function agree(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** Puts it behind the first one of its key. */
function link(held: number, first: number, next: Map<number, number>): void {
  if (first === held) return;
  const second = next.get(first);
  if (second !== undefined) next.set(held, second);
  next.set(first, held);
}

function secondKey({ resourceId, eventType, timeMs, eventName }: AuditRecord): string | null {
  if (resourceId === null) return null;
  return `${Math.floor(timeMs / 1000)}|${eventType.toLowerCase()}|${eventName.toLowerCase()}|${resourceId}`;
}

function isSameFact(a: AuditRecord, b: AuditRecord): boolean {
  return (
    a.resourceId === b.resourceId &&
    a.timeMs === b.timeMs &&
    a.eventType.toLowerCase() === b.eventType.toLowerCase()
  );
}

/** Of two callers in one second each made a change of its own. */
function mayBeSame(a: AuditRecord, b: AuditRecord): boolean {
  return (
    agree(a.requestId, b.requestId) &&
    agree(a.principalId, b.principalId) &&
    agree(a.groupingId, b.groupingId)
  );
}

/**
 * What one does not tell, the other does; of two answers the first by code units, whatever was read first.
 *
 * @returns the known one itself where the other tells nothing new
 */
function merged(known: AuditRecord, told: AuditRecord): AuditRecord {
  const fields: Record<string, unknown> = { ...known };
  let isNew = false;
  for (const [field, other] of Object.entries(told)) {
    const value = fields[field];
    if (field === 'eventId' || value === other || isWorse(field, value, other)) continue;
    fields[field] = other;
    isNew = true;
  }
  return isNew ? (fields as unknown as AuditRecord) : known;
}

function isWorse(field: string, value: unknown, other: unknown): boolean {
  if (other === null || (field === 'result' && other === 'unknown')) return true;
  if (value === null || (field === 'result' && value === 'unknown')) return false;
  if (typeof value === 'number' && typeof other === 'number') return value < other;
  return compareText(String(value), String(other)) < 0;
}
