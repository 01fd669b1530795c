import type { CellRange } from '../template/template-model.js';

/** Where the rows of the template have gone to in the sheet that is made. Rows from 1. */
export interface RowMap {
  /** First and last row that a row of the template has become; null: none, its list is empty. */
  of(templateRow: number): { readonly first: number; readonly last: number } | null;
}

/** How many rows of the sheet each row of the template becomes: 1, but for those that repeat. */
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

/** A range with all that its rows have become; null where nothing is left of it. */
export function mapRange({ top, left, bottom, right }: CellRange, map: RowMap): CellRange | null {
  let first: number | null = null;
  let last: number | null = null;
  for (let row = top; row <= bottom; row += 1) {
    const rows = map.of(row);
    if (rows === null) continue;
    first ??= rows.first;
    ({ last } = rows);
  }
  return first === null || last === null ? null : { top: first, left, bottom: last, right };
}

/** Texts and references of other sheets, which stay as they are; then references of the own sheet. */
const references =
  /"(?:[^"]|"")*"|(?:'(?:[^']|'')*'|[\w.]+)!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|(?<![\w.$:])(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\w(.!])/g;

/**
 * A formula whose references to rows of the template are to what they have become: a range to all of it, a cell to
 * its first row. References to other sheets stay.
 *
 * @param ownRow of a formula in a repeated row: the row of the template and the row that it stands in now
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
