import { compareText } from '../../../base/text-order.js';
import type { Change } from '../model/change.js';
import { type ChangeCounts, type ChangeRow, mostRows } from '../model/tenancy-report.js';
import { type ChangeTally, addCounts, newChangeTally, tallyChange } from './tally.js';

interface Row {
  readonly id: string | null;
  name: string | null;
  readonly tally: ChangeTally;
  others: number;
}

/** Of what a row is: its id, or its name where there is no id, makes it one. */
export interface RowOf {
  readonly id: string | null;
  readonly name: string | null;
}

/** Changes counted by service, compartment or principal. Its memory grows with their number. */
export class TallyRows {
  readonly #rows = new Map<string, Row>();

  add(of: RowOf, change: Pick<Change, 'action' | 'result' | 'backupRelevant'>): void {
    tallyChange(this.#rowOf(of).tally, change);
  }

  /** Rows that were made already, as of the days of a period. */
  addRow({ id, name, others, ...counts }: ChangeRow): void {
    const row = others > 0 ? this.#rowOf({ id: null, name: null }, furtherKey) : this.#rowOf({ id, name });
    // How many others there are together nobody knows: on each day they may be the same.
    row.others = Math.max(row.others, others);
    addCounts(row.tally, counts);
  }

  /** Those with the most changes first. What is beyond the limit is one row, the last. */
  rows(): readonly ChangeRow[] {
    const further = this.#rows.get(furtherKey);
    const sorted = [...this.#rows.values()].filter((row) => row !== further).sort(compareRows);
    const rows = sorted.slice(0, mostRows).map(rowOf);
    const rest = sorted.slice(mostRows);
    if (rest.length === 0 && further === undefined) return rows;
    const tally = newChangeTally();
    for (const each of rest) addCounts(tally, each.tally);
    if (further !== undefined) addCounts(tally, further.tally);
    return [...rows, rowOf({ id: null, name: null, tally, others: rest.length + (further?.others ?? 0) })];
  }

  #rowOf({ id, name }: RowOf, key = id ?? `name:${(name ?? '').toLowerCase()}`): Row {
    let row = this.#rows.get(key);
    if (row === undefined) this.#rows.set(key, (row = { id, name, tally: newChangeTally(), others: 0 }));
    // Of several names of one the first by code units, whatever was read first.
    if (name !== null && (row.name === null || compareText(name, row.name) < 0)) row.name = name;
    return row;
  }
}

const furtherKey = 'further:';

function compareRows(a: Row, b: Row): number {
  return (
    b.tally.changes - a.tally.changes ||
    compareText(a.name ?? '', b.name ?? '') ||
    compareText(a.id ?? '', b.id ?? '')
  );
}

function rowOf({ id, name, tally, others }: Row): ChangeRow {
  const counts: ChangeCounts = tally;
  return { id, name, others, ...counts };
}
