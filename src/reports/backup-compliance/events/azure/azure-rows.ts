import { compareText } from '../../../../base/text-order.js';
import type { AzureColumns } from '../../../../records/azure/azure-columns.js';
import type { BackupEvent, ResourceRef } from '../../model/backup-event.js';
import type { Witness } from '../../model/witness.js';
import type { EventLedger } from '../event-ledger.js';
import { compareContent } from '../event-order.js';
import type { StateOperation, VersionedRow } from './versioned-row.js';

interface HeldRow {
  row: VersionedRow;
  /** null: none of its rows names one. */
  itemId: string | null;
  /** Number of its record in the evidence. */
  number: number;
  readonly witnesses: Witness[];
  /** Of rows that are as new as the one held, each state with which the job ended. */
  states: Set<string>;
}

/** How something stands, by the newest row about it. */
export interface StateRow {
  readonly operation: StateOperation;
  readonly columns: AzureColumns;
  /** Epoch milliseconds. */
  readonly generatedMs: number;
}

/** Two rows of a job that are equally new say that it ended, and each another way. */
export interface JobConflict {
  readonly jobId: string;
  readonly resourceName: string;
  /** Sorted. */
  readonly states: readonly string[];
}

/** What became of a row: `corrects` is the record that was held before and proves to be a duplicate of it. */
export interface AddedRow {
  readonly disposition: 'used' | 'duplicate';
  readonly corrects: number | null;
}

/**
 * The newest row of everything that rows tell of: a job is told of when it begins and when it has ended, by two schemas, and
 * by several diagnostic settings. Of equally new rows, one that says that the job ended counts; where two say so
 * differently, nobody knows how it ended. Which row is held depends on content alone, not on the order of reading.
 */
export class AzureRows {
  readonly #held = new Map<string, HeldRow>();

  add(row: VersionedRow, number: number, witness: Witness | null): AddedRow {
    const { key, held } = this.#find(row);
    if (held === undefined) {
      const witnesses = witness === null ? [] : [witness];
      this.#held.set(key, { row, itemId: row.itemId, number, witnesses, states: statesOf(row) });
      return { disposition: 'used', corrects: null };
    }
    held.itemId ??= row.itemId;
    if (witness !== null && !held.witnesses.some((each) => isSame(each, witness)))
      held.witnesses.push(witness);
    const age = compareAge(row, held.row);
    if (age === 0) for (const state of statesOf(row)) held.states.add(state);
    else if (age > 0) held.states = statesOf(row);
    if ((age || compareKnowledge(row, held.row)) <= 0) {
      return { disposition: 'duplicate', corrects: null };
    }
    const corrects = held.number;
    held.row = row;
    held.number = number;
    return { disposition: 'used', corrects };
  }

  /** Whether a row that is at least as new tells of the same. */
  holds(row: VersionedRow): boolean {
    const { held } = this.#find(row);
    if (held === undefined) return false;
    const age = compareAge(row, held.row);
    return age < 0 || (age === 0 && [...statesOf(row)].every((state) => held.states.has(state)));
  }

  /** Two vaults may give one id to two jobs: what happened to one item says nothing of another. */
  #find({ key, itemId }: VersionedRow): { readonly key: string; readonly held: HeldRow | undefined } {
    const held = this.#held.get(key);
    if (held === undefined || itemId === null || (held.itemId ?? itemId) === itemId) return { key, held };
    const ofItem = `${key} ${itemId}`;
    return { key: ofItem, held: this.#held.get(ofItem) };
  }

  /**
   * Adds what the newest rows tell of, with the record and the sources of each.
   *
   * @param named the resource of an event under the name by which it is known
   */
  tell(ledger: EventLedger, named: (resource: ResourceRef) => ResourceRef): void {
    for (const { row, number, witnesses, states } of this.#held.values()) {
      if (row.tells.kind === 'state') continue;
      const { event, before } = row.tells;
      const state = [...states].sort(compareText).join(' / ');
      const told = isContradicted(states)
        ? { ...event, result: { status: 'UNKNOWN', state } as const }
        : event;
      for (const each of before === undefined ? [told] : [before, told]) {
        const [first = null, ...others] = witnesses;
        const ofKnown = { ...each, resource: named(each.resource) };
        ledger.add(ofKnown, number, first);
        for (const witness of others) ledger.add(ofKnown, number, witness);
      }
    }
  }

  /** The newest rows that say how something stands. */
  states(): readonly StateRow[] {
    return [...this.#held.values()].flatMap(({ row: { tells, generatedMs } }) =>
      tells.kind === 'state' ? [{ ...tells, generatedMs }] : [],
    );
  }

  /** Of the resources that something happened to. */
  resourceIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { row } of this.#held.values()) {
      if (row.tells.kind === 'event') ids.add(row.tells.event.resource.resourceId);
    }
    return ids;
  }

  conflicts(): readonly JobConflict[] {
    const conflicts: JobConflict[] = [];
    for (const { row, states } of this.#held.values()) {
      if (row.tells.kind === 'state' || !isContradicted(states)) continue;
      const { subjectId, resource } = row.tells.event;
      const sorted = [...states].sort(compareText);
      conflicts.push({ jobId: subjectId ?? '', resourceName: resource.resourceName, states: sorted });
    }
    return conflicts.sort((a, b) => compareText(a.jobId, b.jobId));
  }
}

/** Over 0: `a` is newer than `b`. */
function compareAge(a: VersionedRow, b: VersionedRow): number {
  return (
    Number(b.isOld) - Number(a.isOld) || a.generatedMs - b.generatedMs || a.generatedTicks - b.generatedTicks
  );
}

/** Over 0: of two equally new rows, `a` is to be kept. */
function compareKnowledge(a: VersionedRow, b: VersionedRow): number {
  if (a.tells.kind === 'state' || b.tells.kind === 'state') return compareText(textOf(a), textOf(b));
  const [first, second] = [a.tells.event, b.tells.event];
  return (
    Number(hasEnded(first)) - Number(hasEnded(second)) ||
    Number(isOpen(first)) - Number(isOpen(second)) ||
    compareContent(first, second) ||
    first.timeMs - second.timeMs ||
    (first.sizeBytes ?? 0) - (second.sizeBytes ?? 0)
  );
}

function hasEnded({ result }: BackupEvent): boolean {
  return result.status !== null;
}

function isOpen({ condition }: BackupEvent): boolean {
  return condition !== null && !condition.cleared;
}

/** Columns in any order. */
function textOf({ tells }: VersionedRow): string {
  return tells.kind === 'state' ? JSON.stringify([...tells.columns].sort()) : '';
}

function statesOf({ tells }: VersionedRow): Set<string> {
  if (tells.kind === 'state' || !hasEnded(tells.event)) return new Set();
  return new Set([tells.event.result.state ?? '']);
}

function isContradicted(states: ReadonlySet<string>): boolean {
  return new Set([...states].map((state) => state.toLowerCase())).size > 1;
}

function isSame(a: Witness, b: Witness): boolean {
  return a.name === b.name && a.region === b.region;
}
