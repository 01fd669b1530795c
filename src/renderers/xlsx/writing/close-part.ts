import { type PlannedSheet, listsOf } from '../binding/workbook-plan.js';
import { absoluteRange } from '../template/cell-range.js';
import type { CellRange } from '../template/template-model.js';
import type { SheetMoves } from './move-markup.js';
import { type RowMap, mapRange } from './row-map.js';
import type { OpenPart, SheetContext } from './sheet-part.js';
import { sheetParts } from './sheet-parts.js';
import { sheetTail, templateFilter } from './sheet-tail.js';

/** A part of a sheet as written. */
export interface WrittenPart {
  readonly name: string;
  /** From 1. */
  readonly number: number;
  readonly map: RowMap;
  /** The range of its filter, for the name that LibreOffice wants; null: none. */
  readonly filter: string | null;
  /** Writes the parts that belong to it. */
  readonly writeParts: (moves: SheetMoves) => void;
}

/** What follows the rows: filter, merged cells, rules, page setup, and references to drawing, notes and tables. */
export function closePart(
  part: OpenPart,
  plan: PlannedSheet,
  map: RowMap,
  context: SheetContext,
): WrittenPart {
  const number = part.writer.number;
  const { template, markup } = plan;
  const moves: SheetMoves = {
    own: map,
    sheets: (name) => context.expectedSheet(name, { plan, name: part.name, map }),
  };
  const found = templateFilter(markup);
  const filter = found === null ? null : filterRange(found, plan, map);
  const { references, write } = sheetParts({ plan, number, moves }, context.parts);
  const merges = template.merges.flatMap((merge) => mergedRows(merge, map));
  part.writer.close(sheetTail({ markup, moves, number, filter, merges, references }));
  return {
    name: part.name,
    number,
    map,
    filter: filter === null ? null : absoluteRange(part.name, filter),
    writeParts: write,
  };
}

/** A merge in a repeated row occurs in each copy; one that spans several rows of the template, once. */
function mergedRows(merge: CellRange, map: RowMap): readonly CellRange[] {
  if (merge.top !== merge.bottom) {
    const range = mapRange(merge, map);
    return range === null ? [] : [range];
  }
  const rows = map.of(merge.top);
  if (rows === null) return [];
  const { first, last } = rows;
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    ...merge,
    top: first + index,
    bottom: first + index,
  }));
}

/** A filter that ends at the header continues over the rows below if they repeat. */
function filterRange(filter: CellRange, plan: PlannedSheet, map: RowMap): CellRange | null {
  const repeated =
    listsOf(plan).length > 0 &&
    plan.rows.some(({ number, list }) => list !== null && number === filter.bottom + 1);
  return mapRange(repeated ? { ...filter, bottom: filter.bottom + 1 } : filter, map);
}
