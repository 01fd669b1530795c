import { compareText } from '../../../base/text-order.js';
import type { AuditRecord } from '../../../records/audit/audit-record.js';
import type { HeldRecord } from '../events/held-records.js';

/** A change: a call by itself, or the begin and the end of a long operation, of which one may not be known. */
export interface JoinedChange {
  readonly begin: HeldRecord | null;
  /** null: it has not ended. */
  readonly end: HeldRecord | null;
}

/**
 * Joins begin and end of each long operation: by grouping id, operation, and resource where both have one; where neither has
 * a grouping id, by operation and resource. An end belongs to the latest open begin before it.
 */
export function joinOperations(records: readonly HeldRecord[]): readonly JoinedChange[] {
  const joined: JoinedChange[] = [];
  const groups = new Map<string, HeldRecord[]>();
  for (const held of records) {
    const key = groupOf(held.record);
    const group = key === null ? undefined : groups.get(key);
    if (key === null) joined.push(byItself(held));
    else if (group === undefined) groups.set(key, [held]);
    else group.push(held);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (group.length === 1 && first !== undefined) joined.push(byItself(first));
    else for (const each of joinGroup(group)) joined.push(each);
  }
  return joined;
}

function groupOf({ groupingId, eventName, resourceId, service }: AuditRecord): string | null {
  const operation = `${service}|${eventName}`.toLowerCase();
  if (groupingId !== null) return `${groupingId}|${operation}`;
  return resourceId === null ? null : `|${resourceId}|${operation}`;
}

/** A begin that was refused or that failed began nothing: it is all there is. */
function byItself(held: HeldRecord): JoinedChange {
  return isOpen(held.record) ? { begin: held, end: null } : { begin: null, end: held };
}

function isOpen({ phase, result }: AuditRecord): boolean {
  return phase === 'begin' && (result === 'succeeded' || result === 'unknown');
}

function joinGroup(group: readonly HeldRecord[]): readonly JoinedChange[] {
  const hasEnds = group.some(({ record }) => record.phase === 'end');
  const done: JoinedChange[] = [];
  const open: HeldRecord[] = [];
  for (const held of [...group].sort(compareHeld)) {
    const { record } = held;
    if (record.phase === 'end') {
      const begin = takeBegin(open, record);
      done.push({ begin, end: held });
    } else if (isOpen(record) || (isCall(record) && hasEnds)) {
      open.push(held);
    } else {
      done.push({ begin: null, end: held });
    }
  }
  // A call without an end of its own was done when it was answered.
  for (const held of open) done.push(byItself(held));
  return done;
}

/** One without a phase is the call that began the operation where others of it have one. */
function isCall({ phase, result, groupingId }: AuditRecord): boolean {
  return phase === 'single' && groupingId !== null && (result === 'succeeded' || result === 'unknown');
}

/** The latest open begin that may be of the same resource. */
function takeBegin(open: HeldRecord[], { resourceId }: AuditRecord): HeldRecord | null {
  const index = open.findLastIndex(
    ({ record }) => record.resourceId === null || resourceId === null || record.resourceId === resourceId,
  );
  return index === -1 ? null : (open.splice(index, 1)[0] ?? null);
}

const phaseOrder = { begin: 0, single: 1, end: 2 };

export function compareHeld(a: HeldRecord, b: HeldRecord): number {
  return (
    a.record.timeMs - b.record.timeMs ||
    phaseOrder[a.record.phase] - phaseOrder[b.record.phase] ||
    compareText(a.eventIds[0] ?? '', b.eventIds[0] ?? '') ||
    compareText(a.record.resourceId ?? '', b.record.resourceId ?? '')
  );
}
