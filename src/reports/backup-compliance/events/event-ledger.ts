import type { BackupEvent, EventCondition } from '../model/backup-event.js';
import type { JobStatus } from '../model/backup-job.js';
import type { EventType } from '../model/event-type.js';
import { EventStore, NumberColumn, none } from './event-store.js';
import { compareText } from '../../../base/text-order.js';

/** One telling of a fact, held or just read. */
interface Telling {
  readonly event: BackupEvent;
  /** The event named no subject of its own (a parsed row without the original content). */
  readonly isSubjectDerived: boolean;
}

export interface LedgerEntry {
  readonly disposition: 'used' | 'duplicate';
  /** A record marked `used` earlier that this one showed to be a duplicate; its mark is to be corrected. */
  readonly corrects: number | null;
}

/** Events of one backup (or of one resource, for conditions) are few, but a hostile input may say otherwise. */
const largeGroup = 16;
const entryUsed: LedgerEntry = { disposition: 'used', corrects: null };
const entryDuplicate: LedgerEntry = { disposition: 'duplicate', corrects: null };

/**
 * Holds each fact once. Records are the same fact when they carry the same event id, or the same resource id,
 * type and second (two routes deliver one fact under two ids); what is linked by either, over any chain, is one.
 * Which record of a fact is kept depends on its content alone, so the order of reading changes nothing.
 *
 * Memory grows with facts: two a job, however often they were delivered. Events and groups are numbers into columns.
 */
export class EventLedger {
  readonly #store = new EventStore();
  /** Of each event: its record in the evidence, and the event of its group that was held before it. */
  readonly #records = new NumberColumn();
  readonly #before = new NumberColumn();
  /** Events that another one of the same fact is kept instead of. */
  readonly #mergedInto = new Map<number, number>();
  readonly #subjectDerived = new Set<number>();
  readonly #byId = new Map<string, number>();

  /** All events of one subject. Of each group: its latest event, and their number. */
  readonly #latest = new NumberColumn();
  readonly #sizes = new NumberColumn();
  readonly #subjects: (string | null)[] = [];
  /** Large groups only: their events by type and second. */
  readonly #indexes = new Map<number, Map<string, number>>();
  readonly #scopes = new Map<string, Map<string, number>>();
  /** Scope of each event type met: begin and end of one operation share theirs. */
  readonly #scopeOf = new Map<EventType, Map<string, number>>();

  add(event: BackupEvent, record: number): LedgerEntry {
    const group = this.#groupOf(event);
    const byId = this.#rootOf(this.#byId.get(event.eventId) ?? none);
    const sameSecond = this.#findSameSecond(group, event);
    const byKey = this.#rootOf(sameSecond);

    if (byId === none && byKey === none) {
      this.#byId.set(event.eventId, this.#hold(group, event, record));
      return entryUsed;
    }
    let root = byId === none ? byKey : byId;
    let corrects: number | null = null;
    if (byId !== none && byKey !== none && byId !== byKey) {
      const isFirst = isPreferred(this.#telling(byId), this.#telling(byKey));
      const loser = isFirst ? byKey : byId;
      root = isFirst ? byId : byKey;
      this.#mergedInto.set(loser, root);
      this.#learnPrincipal(root, this.#store.facets(loser).principal);
      corrects = this.#records.get(loser);
    }
    this.#merge(group, event, record, root, sameSecond === none);
    return corrects === null ? entryDuplicate : { disposition: 'duplicate', corrects };
  }

  /** Every fact once, backup by backup: all events of one subject stand together, oldest first. */
  *groups(): Generator<readonly BackupEvent[]> {
    for (let group = 0; group < this.#subjects.length; group += 1) {
      const kept: BackupEvent[] = [];
      for (let held = this.#latest.get(group); held !== none; held = this.#before.get(held)) {
        if (!this.#mergedInto.has(held)) kept.push(this.#store.view(held));
      }
      if (kept.length > 0) yield kept.sort(compareEvents);
    }
  }

  /** Every fact of the types asked for, once, in the order of reading. */
  *ofTypes(isWanted: (type: EventType) => boolean): Generator<BackupEvent> {
    for (let held = 0; held < this.#store.length; held += 1) {
      if (isWanted(this.#store.facets(held).type) && !this.#mergedInto.has(held))
        yield this.#store.view(held);
    }
  }

  /** Nothing is added any more: lets go of what only adding needs, on a large day a third of the whole. */
  close(): void {
    this.#byId.clear();
    this.#scopes.clear();
    this.#scopeOf.clear();
    this.#indexes.clear();
  }

  /** Joins a record to the fact that it repeats, keeping the better of the two. */
  #merge(group: number, event: BackupEvent, record: number, root: number, isNewKey: boolean): void {
    const told = { event: this.#underSubject(group, event), isSubjectDerived: event.subjectId === null };
    const better = isPreferred(told, this.#telling(root));
    // Under a key not seen before it is held even when merged: a later record may be linked by that key.
    const held = better || isNewKey ? this.#hold(group, event, record) : none;
    if (better) {
      this.#mergedInto.set(root, held);
      this.#learnPrincipal(held, this.#store.facets(root).principal);
    } else {
      if (held !== none) this.#mergedInto.set(held, root);
      this.#learnPrincipal(root, event.principal);
    }
    if (better || !this.#byId.has(event.eventId)) this.#byId.set(event.eventId, better ? held : root);
  }

  /**
   * Audit names who did it, Events knows more of the rest: the fact that is kept says both. Of several names it is the
   * first by code units, in whatever order they come.
   */
  #learnPrincipal(held: number, principal: string | null): void {
    if (principal === null) return;
    const known = this.#store.facets(held).principal;
    if (known === null || compareText(principal, known) < 0) this.#store.setPrincipal(held, principal);
  }

  #hold(group: number, event: BackupEvent, record: number): number {
    const held = this.#store.append(event, this.#subjects[group] ?? event.subjectId);
    if (event.subjectId === null) this.#subjectDerived.add(held);
    this.#records.push(record);
    this.#before.push(this.#latest.get(group));
    this.#latest.set(group, held);
    const size = this.#sizes.get(group) + 1;
    this.#sizes.set(group, size);
    if (size > largeGroup) this.#indexOf(group).set(secondKey(event), held);
    return held;
  }

  #indexOf(group: number): Map<string, number> {
    let index = this.#indexes.get(group);
    if (index === undefined) {
      this.#indexes.set(group, (index = new Map()));
      // The latest of one key last, so that it is the one that is found.
      for (const held of this.#eventsOf(group).reverse()) index.set(secondKey(this.#store.view(held)), held);
    }
    return index;
  }

  #eventsOf(group: number): number[] {
    const events: number[] = [];
    for (let held = this.#latest.get(group); held !== none; held = this.#before.get(held)) events.push(held);
    return events;
  }

  #findSameSecond(group: number, event: BackupEvent): number {
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

  #rootOf(held: number): number {
    let root = held;
    for (;;) {
      const next = this.#mergedInto.get(root);
      if (next === undefined) return root;
      root = next;
    }
  }

  #telling(held: number): Telling {
    return { event: this.#store.view(held), isSubjectDerived: this.#subjectDerived.has(held) };
  }

  #underSubject(group: number, event: BackupEvent): BackupEvent {
    const subjectId = this.#subjects[group] ?? event.subjectId;
    return subjectId === event.subjectId ? event : { ...event, subjectId };
  }

  #groupOf(event: BackupEvent): number {
    const subject = event.subjectId ?? fallbackSubject(event);
    // What has no subject at all is linked by its id alone.
    if (subject === null) return this.#groupIn(this.#scope('single'), event.eventId, null);
    let scope = this.#scopeOf.get(event.type);
    if (scope === undefined) {
      const { action, family } = event.type;
      scope = this.#scope(`${action === 'omission' ? 'backup' : action}|${family}`);
      this.#scopeOf.set(event.type, scope);
    }
    return this.#groupIn(scope, subject, subject);
  }

  #groupIn(scope: Map<string, number>, key: string, subject: string | null): number {
    let group = scope.get(key);
    if (group === undefined) {
      group = this.#subjects.length;
      scope.set(key, group);
      this.#subjects.push(subject);
      this.#latest.push(none);
      this.#sizes.push(0);
    }
    return group;
  }

  #scope(name: string): Map<string, number> {
    let scope = this.#scopes.get(name);
    if (scope === undefined) this.#scopes.set(name, (scope = new Map()));
    return scope;
  }
}

/**
 * A Log Analytics row without its original content has no data.resourceId. Begin and end of one backup share the
 * time of its creation; where that is missing too, they are paired by their resource.
 */
function fallbackSubject(event: BackupEvent): string | null {
  const { resourceId } = event.resource;
  if (resourceId.startsWith('unknown:')) return null;
  return event.createdMs === null ? resourceId : `${resourceId}@${event.createdMs}`;
}

function secondKey(event: BackupEvent): string {
  return `${event.type.name}|${Math.floor(event.timeMs / 1000)}|${conditionKey(event.condition)}`;
}

/** One critical type carries many conditions: an archiver hang and a backup failure of one second are two facts. */
function conditionKey(condition: EventCondition | null): string {
  return condition === null ? '' : `${condition.name}|${condition.cleared}`;
}

/** Worst first: two tellings of one fact that differ must not end green. */
const severity: readonly (JobStatus | null)[] = [
  'FAILED',
  'UNKNOWN',
  'CANCELED',
  'IN_PROGRESS',
  'SUCCEEDED_WITH_WARNINGS',
  'SUCCEEDED',
  null,
];

function isPreferred(a: Telling, b: Telling): boolean {
  const order =
    Number(a.isSubjectDerived) - Number(b.isSubjectDerived) ||
    Number(a.event.resource.resourceId.startsWith('unknown:')) -
      Number(b.event.resource.resourceId.startsWith('unknown:')) ||
    severity.indexOf(a.event.result.status) - severity.indexOf(b.event.result.status) ||
    compareText(a.event.eventId, b.event.eventId) ||
    a.event.timeMs - b.event.timeMs ||
    compareText(content(a.event), content(b.event));
  return order < 0;
}

function content(event: BackupEvent): string {
  const { type, subjectId, resource, createdMs, result, traits, message, condition, principal } = event;
  return JSON.stringify([
    type.name,
    subjectId,
    resource,
    createdMs,
    result,
    traits,
    message,
    condition,
    principal,
  ]);
}

/** Oldest first; at the same instant a begin before an end. Total, so that no order of reading shows. */
export function compareEvents(a: BackupEvent, b: BackupEvent): number {
  return (
    a.timeMs - b.timeMs ||
    Number(b.type.phase === 'begin') - Number(a.type.phase === 'begin') ||
    compareText(a.eventId, b.eventId) ||
    compareText(content(a), content(b))
  );
}
