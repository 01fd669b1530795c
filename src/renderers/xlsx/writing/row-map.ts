import type { CellRange } from '../template/template-model.js';

/** Where the rows of the template end up in the written sheet. Rows from 1. */
export interface RowMap {
  /** First and last row written for a row of the template; null: none, its list is empty. */
  of(templateRow: number): { readonly first: number; readonly last: number } | null;
}

/** @param repeats how many rows a row of the template becomes; 1 if absent */
export function createRowMap(repeats: ReadonlyMap<number, number>): RowMap {
  const rows = [...repeats].toSorted(([a], [b]) => a - b);
  return {
    of: (templateRow) => {
      let shift = 0;
      for (const [row, count] of rows) {
        if (row > templateRow) break;
        if (row < templateRow) shift += count - 1;
        else if (count === 0) return null;
        else return { first: row + shift, last: row + shift + count - 1 };
      }
      return { first: templateRow + shift, last: templateRow + shift };
    },
  };
}

/** A range mapped to the rows written; null if none are left. */
export function mapRange({ top, left, bottom, right }: CellRange, map: RowMap): CellRange | null {
  for (let from = top; from <= bottom; from += 1) {
    const first = map.of(from);
    if (first === null) continue;
    let last: ReturnType<RowMap['of']> = null;
    for (let to = bottom; last === null; to -= 1) last = map.of(to);
    return { top: first.first, left, bottom: last.last, right };
  }
  return null;
}

/** Strings and references to other sheets, which stay as they are; then references within the sheet. */
const references =
  /"(?:[^"]|"")*"|(?:'(?:[^']|'')*'|[\w.]+)!(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)?|(?<![\w.$:])(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\w(.![])/g;

/**
 * A formula with its row references mapped: a range to all rows written, a cell to the first. References to other
 * sheets stay.
 *
 * @param ownRow for a formula in a repeated row: the row of the template and the row written
 */
export function mapFormula(
  formula: string,
  map: RowMap,
  ownRow: { readonly template: number; readonly now: number } | null = null,
): string {
  const place = (column: string, written: string, end: 'first' | 'last'): string => {
    const row = Number(written);
    if (ownRow !== null && row === ownRow.template && !column.endsWith('$')) return `${column}${ownRow.now}`;
    return `${column}${map.of(row)?.[end] ?? row}`;
  };
  return formula.replace(references, (whole: string, ...groups: readonly (string | undefined)[]) => {
    const [left, top, right, bottom] = groups;
    if (left === undefined || top === undefined) return whole;
    if (right === undefined || bottom === undefined) return place(left, top, 'first');
    return `${place(left, top, 'first')}:${place(right, bottom, 'last')}`;
  });
}
