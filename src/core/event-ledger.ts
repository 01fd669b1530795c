import type { BackupEvent } from '../model/backup-event.js';
import type { JobStatus } from '../model/backup-job.js';
import type { EventType } from '../model/event-type.js';

/** An event as the ledger holds it. */
interface HeldEvent extends BackupEvent {
  /** Number of the record in the evidence. */
  readonly record: number;
  /** The event named no subject of its own (a parsed row without the original content). */
  readonly isSubjectDerived: boolean;
  /** Set when another record of the same fact is kept instead. */
  mergedInto: HeldEvent | null;
}

/** Events of one backup (or of one resource, for conditions): few, but a hostile input may say otherwise. */
interface EventGroup {
  readonly subjectId: string;
  events: HeldEvent[];
  /** By type and second; made only when a group grows large. */
  index: Map<string, HeldEvent> | null;
}

export interface LedgerEntry {
  readonly disposition: 'used' | 'duplicate';
  /** A record marked `used` earlier that this one showed to be a duplicate; its mark is to be corrected. */
  readonly corrects: number | null;
}

const largeGroup = 16;
const entryUsed: LedgerEntry = { disposition: 'used', corrects: null };
const entryDuplicate: LedgerEntry = { disposition: 'duplicate', corrects: null };

/**
 * Holds each fact once. Records are the same fact when they carry the same event id, or the same resource id,
 * type and second (two routes deliver one fact under two ids); what is linked by either, over any chain, is one.
 * Which record of a fact is kept depends on its content alone, so the order of reading changes nothing.
 *
 * Memory grows with facts: two a job, however often they were delivered.
 */
export class EventLedger {
  readonly #byId = new Map<string, HeldEvent>();
  readonly #groups = new Map<string, Map<string, EventGroup>>();
  /** Scope of each event type met: begin and end of one operation share theirs. */
  readonly #scopes = new Map<EventType, Map<string, EventGroup>>();

  add(event: BackupEvent, record: number): LedgerEntry {
    const group = this.#groupOf(event);
    const byId = rootOf(this.#byId.get(event.eventId));
    const sameSecond = group === null ? undefined : findSameSecond(group, event);
    const byKey = rootOf(sameSecond);
    const held = hold(event, record, group);

    if (byId === undefined && byKey === undefined) {
      this.#byId.set(held.eventId, held);
      this.#keep(group, held);
      return entryUsed;
    }
    let corrects: number | null = null;
    let root = byId ?? byKey;
    if (byId !== undefined && byKey !== undefined && byId !== byKey) {
      const [winner, loser] = isPreferred(byId, byKey) ? [byId, byKey] : [byKey, byId];
      loser.mergedInto = winner;
      corrects = loser.record;
      root = winner;
    }
    if (root !== undefined) this.#merge(group, held, root, sameSecond === undefined);
    return corrects === null ? entryDuplicate : { disposition: 'duplicate', corrects };
  }

  /** Every fact once, backup by backup: all events of one subject stand together, oldest first. */
  *groups(): Generator<readonly BackupEvent[]> {
    for (const scope of this.#groups.values()) {
      for (const group of scope.values()) {
        const kept = group.events.filter((event) => event.mergedInto === null);
        if (kept.length > 0) yield kept.sort(compareEvents);
      }
    }
  }

  /** Joins a record to the fact that it repeats, keeping the better of the two. */
  #merge(group: EventGroup | null, held: HeldEvent, root: HeldEvent, isNewKey: boolean): void {
    const better = isPreferred(held, root);
    if (better) root.mergedInto = held;
    else held.mergedInto = root;
    const kept = better ? held : root;
    if (better || !this.#byId.has(held.eventId)) this.#byId.set(held.eventId, kept);
    // Under a key not seen before it is kept even when merged: a later record may be linked by that key.
    if (better || isNewKey) this.#keep(group, held);
  }

  #keep(group: EventGroup | null, held: HeldEvent): void {
    const target = group ?? groupIn(this.#scope('single'), held.eventId);
    // Copied while small: a pushed array has room for seventeen, and most backups have two events.
    if (target.events.length < largeGroup) target.events = [...target.events, held];
    else target.events.push(held);
    if (target.events.length > largeGroup && target.index === null) {
      target.index = new Map(target.events.map((event) => [secondKey(event), event]));
    } else {
      target.index?.set(secondKey(held), held);
    }
  }

  #groupOf(event: BackupEvent): EventGroup | null {
    const subject = event.subjectId ?? fallbackSubject(event);
    if (subject === null) return null;
    let scope = this.#scopes.get(event.type);
    if (scope === undefined) {
      const { action, family } = event.type;
      scope = this.#scope(`${action === 'omission' ? 'backup' : action}|${family}`);
      this.#scopes.set(event.type, scope);
    }
    return groupIn(scope, subject);
  }

  #scope(name: string): Map<string, EventGroup> {
    let scope = this.#groups.get(name);
    if (scope === undefined) this.#groups.set(name, (scope = new Map()));
    return scope;
  }
}

function groupIn(scope: Map<string, EventGroup>, subjectId: string): EventGroup {
  let group = scope.get(subjectId);
  if (group === undefined) scope.set(subjectId, (group = { subjectId, events: [], index: null }));
  return group;
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

/** Copies, so that both events of a backup share one subject text. */
function hold(event: BackupEvent, record: number, group: EventGroup | null): HeldEvent {
  return {
    eventId: event.eventId,
    type: event.type,
    timeMs: event.timeMs,
    subjectId: group === null ? event.subjectId : group.subjectId,
    resource: event.resource,
    createdMs: event.createdMs,
    result: event.result,
    traits: event.traits,
    message: event.message,
    condition: event.condition,
    record,
    isSubjectDerived: event.subjectId === null,
    mergedInto: null,
  };
}

function rootOf(event: HeldEvent | undefined): HeldEvent | undefined {
  let root = event;
  while (root?.mergedInto) root = root.mergedInto;
  return root;
}

function findSameSecond(group: EventGroup, event: BackupEvent): HeldEvent | undefined {
  if (group.index !== null) return group.index.get(secondKey(event));
  const second = Math.floor(event.timeMs / 1000);
  return group.events.find(
    (held) =>
      held.type === event.type &&
      Math.floor(held.timeMs / 1000) === second &&
      conditionKey(held) === conditionKey(event),
  );
}

function secondKey(event: BackupEvent): string {
  return `${event.type.name}|${Math.floor(event.timeMs / 1000)}|${conditionKey(event)}`;
}

/** One critical type carries many conditions: an archiver hang and a backup failure of one second are two facts. */
function conditionKey(event: BackupEvent): string {
  return event.condition === null ? '' : `${event.condition.name}|${event.condition.cleared}`;
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

function isPreferred(a: HeldEvent, b: HeldEvent): boolean {
  const order =
    Number(a.isSubjectDerived) - Number(b.isSubjectDerived) ||
    Number(a.resource.resourceId.startsWith('unknown:')) -
      Number(b.resource.resourceId.startsWith('unknown:')) ||
    severity.indexOf(a.result.status) - severity.indexOf(b.result.status) ||
    compareText(a.eventId, b.eventId) ||
    a.timeMs - b.timeMs ||
    compareText(content(a), content(b));
  return order < 0;
}

function content(event: BackupEvent): string {
  const { type, subjectId, resource, createdMs, result, traits, message, condition } = event;
  return JSON.stringify([type.name, subjectId, resource, createdMs, result, traits, message, condition]);
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

/** Code-unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
