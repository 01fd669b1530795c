import type { BackupEvent } from '../model/backup-event.js';
import type { EventType } from '../model/event-type.js';
import { isUnknown } from '../model/unknown-resource.js';
import { none } from './event-store.js';

/**
 * Numbers the subjects of events: events with one number may be the same fact, or begin and end of one attempt. A
 * subject is unique within its scope, an action of a family: begin and end of one operation share a scope.
 */
export class SubjectGroups {
  readonly #subjects: (string | null)[] = [];
  readonly #scopes = new Map<string, Map<string, number>>();
  readonly #scopeOf = new Map<EventType, Map<string, number>>();

  get count(): number {
    return this.#subjects.length;
  }

  groupOf(event: BackupEvent): number {
    const subject = event.subjectId ?? fallbackSubject(event);
    // An event without any subject stands alone: its id may be that of others.
    if (subject === null) return this.#alone();
    let scope = this.#scopeOf.get(event.type);
    if (scope === undefined) {
      scope = this.#scope(scopeName(event.type));
      this.#scopeOf.set(event.type, scope);
    }
    return this.#groupIn(scope, subject, subject);
  }

  /** The group of an event that names its subject; `none` where there is no such group. */
  find({ type, subjectId }: BackupEvent): number {
    return this.#scopes.get(scopeName(type))?.get(subjectId ?? '') ?? none;
  }

  #alone(): number {
    this.#subjects.push(null);
    return this.#subjects.length - 1;
  }

  /** null: its events name none. */
  subjectOf(group: number): string | null {
    return this.#subjects[group] ?? null;
  }

  /** No more look-ups: frees what only they need. */
  close(): void {
    this.#scopes.clear();
    this.#scopeOf.clear();
  }

  #groupIn(scope: Map<string, number>, key: string, subject: string | null): number {
    let group = scope.get(key);
    if (group === undefined) {
      group = this.#subjects.length;
      scope.set(key, group);
      this.#subjects.push(subject);
    }
    return group;
  }

  #scope(name: string): Map<string, number> {
    let scope = this.#scopes.get(name);
    if (scope === undefined) this.#scopes.set(name, (scope = new Map()));
    return scope;
  }
}

function scopeName({ action, family }: EventType): string {
  return `${action === 'omission' ? 'backup' : action}|${family}`;
}

/**
 * A Log Analytics row without its original content has no data.resourceId. Begin and end of one backup share its
 * creation time; if that is missing too, they are paired by resource.
 */
function fallbackSubject(event: BackupEvent): string | null {
  if (isUnknown(event.resource)) return null;
  const { resourceId } = event.resource;
  return event.createdMs === null ? resourceId : `${resourceId}@${event.createdMs}`;
}
