import { quotedSheet, unquotedSheet } from '../template/cell-range.js';
import { xlsxRowLimit } from '../workbook-limits.js';
import type { RowMap } from './row-map.js';

/** A sheet of the template as written. */
export interface MovedSheet {
  readonly name: string;
  readonly map: RowMap;
}

/** Where rows and sheets of the template are now. */
export interface Moves {
  /** Of the sheet that the formula stands on; null: it stands on none. */
  readonly own: RowMap | null;
  /** By the name in the template or the name written; null: there is no such sheet. */
  readonly sheets: (name: string) => MovedSheet | null;
}

/** What becomes of a reference to one cell of a row that repeats, and of one to a list that is empty. */
export interface MoveOptions {
  readonly oneCell: 'first row' | 'all rows';
  /** `blank`: it refers to the last row of the sheet, which is empty. */
  readonly noRows: 'stays' | 'blank' | 'drop';
}

const sheet = String.raw`(?:'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_.]*)!`;
const cells = String.raw`(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\p{L}\p{N}_(.![])`;
const rows = String.raw`(\$?)(\d+):(\$?)(\d+)(?![\p{L}\p{N}_(.![])`;
const before = String.raw`(?<![\p{L}\p{N}_.$:\]!])`;
/** Strings; references, with or without a sheet; other uses of a sheet's name. */
const pattern = new RegExp(
  `"(?:[^"]|"")*"|${before}(${sheet})?(?:${cells}|${rows})|${before}(${sheet})`,
  'gu',
);

/**
 * A formula whose references follow rows and sheets: a range to all rows written. Null if it refers to rows of which
 * none are left, and is to be dropped then.
 */
export function moveReferences(formula: string, moves: Moves, options: MoveOptions): string | null {
  let isDropped = false;
  const moved = formula.replace(pattern, (whole: string, ...found: readonly (string | undefined)[]) => {
    const [of, left, top, right, bottom, topMark, topRow, bottomMark, bottomRow, named] = found;
    const target = targetOf(of ?? named, moves);
    if (target === null) return whole;
    if (named !== undefined) return target.prefix;
    const isRows = topRow !== undefined;
    const first = Number(isRows ? topRow : top);
    const last = Number(isRows ? bottomRow : (bottom ?? top));
    const range = movedRows(first, last, target.map, options);
    if (range === 'dropped') isDropped = true;
    if (typeof range === 'string') return whole;
    if (isRows) return `${target.prefix}${topMark}${range.first}:${bottomMark}${range.last}`;
    const from = `${target.prefix}${left}${range.first}`;
    if (bottom !== undefined) return `${from}:${right}${range.last}`;
    return options.oneCell === 'first row' || range.first === range.last
      ? from
      : `${from}:${left}${range.last}`;
  });
  return isDropped ? null : moved;
}

function targetOf(written: string | undefined, moves: Moves): { prefix: string; map: RowMap } | null {
  if (written === undefined) return moves.own === null ? null : { prefix: '', map: moves.own };
  const found = moves.sheets(unquotedSheet(written.slice(0, -1)));
  return found === null ? null : { prefix: `${quotedSheet(found.name)}!`, map: found.map };
}

/** Rows beyond a sheet, as a part of a range over whole columns, stay. */
function movedRows(
  top: number,
  bottom: number,
  map: RowMap,
  { noRows }: MoveOptions,
): { readonly first: number; readonly last: number } | 'dropped' | 'as it is' {
  const first = firstRow(top, bottom, map);
  if (first !== null) {
    const last = bottom >= xlsxRowLimit ? xlsxRowLimit : (lastRow(top, bottom, map) ?? first);
    return { first, last };
  }
  if (noRows === 'blank') return { first: xlsxRowLimit, last: xlsxRowLimit };
  return noRows === 'drop' ? 'dropped' : 'as it is';
}

function firstRow(top: number, bottom: number, map: RowMap): number | null {
  for (let row = top; row <= bottom; row += 1) {
    const found = map.of(row);
    if (found !== null) return found.first;
  }
  return null;
}

function lastRow(top: number, bottom: number, map: RowMap): number | null {
  for (let row = bottom; row >= top; row -= 1) {
    const found = map.of(row);
    if (found !== null) return Math.min(found.last, xlsxRowLimit);
  }
  return null;
}
