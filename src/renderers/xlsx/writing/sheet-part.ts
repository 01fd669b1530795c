import type { BoundList } from '../binding/bound-lists.js';
import type { RowBatches } from '../binding/report-lists.js';
import type { PlannedRow, PlannedSheet } from '../binding/workbook-plan.js';
import { defaultRowHeight, wrappedHeight } from '../template/wrapped-height.js';
import type { MovedSheet } from './move-references.js';
import { type RowMap, createRowMap, mapFormula } from './row-map.js';
import { type CellFrame, type XmlValue, cellFrame, cellXml, emptyRowXml, rowXml } from './row-xml.js';
import { columnsXml, sheetHead } from './sheet-head.js';
import type { PartContext } from './sheet-parts.js';
import { type SheetWriter, openSheet } from './sheet-writer.js';
import type { WorkbookFile } from './workbook-file.js';

/** What the sheets of a workbook share while written. */
export interface SheetContext {
  readonly workbook: WorkbookFile;
  readonly parts: PartContext;
  /** Most rows of one sheet. */
  readonly rowLimit: number;
  /** Sheet names in use, in lower case. */
  readonly names: Set<string>;
  readonly batchesOf: (list: BoundList) => RowBatches;
  /** Number of rows that a list will have. */
  readonly countOf: (list: BoundList) => number;
  /** Where a sheet of the template will be, as far as known beforehand; of the one being written it is known. */
  readonly expectedSheet: (
    name: string,
    now: MovedSheet & { readonly plan: PlannedSheet },
  ) => MovedSheet | null;
}

/** A part of a sheet that is being written. */
export interface OpenPart {
  readonly writer: SheetWriter;
  /** Of the cells, by row of the plan: what is the same each time that it is written. */
  readonly frames: ReadonlyMap<PlannedRow, readonly CellFrame[]>;
  /** Number of rows written so far for each repeated row of the template. */
  readonly repeats: Map<number, number>;
  /** The expected positions of rows, as far as known beforehand: for formulas. */
  readonly expected: RowMap;
  readonly name: string;
  /** Row number in the sheet minus row number in the template, so far. */
  shift: number;
}

/** Begins a sheet: the first of a table, or a continuation. */
export function openPart(plan: PlannedSheet, name: string, context: SheetContext): OpenPart {
  const { workbook, countOf } = context;
  const expected = plan.rows.flatMap(({ number, list }): [number, number][] =>
    list === null ? [] : [[number, countOf(list)]],
  );
  const { columns, state } = plan.template;
  const styles = columns.map(({ style }) => workbook.styles.numberOf(style));
  return {
    writer: openSheet(workbook, {
      name,
      state,
      head: sheetHead(plan.markup),
      columns: columnsXml(columns, styles),
    }),
    frames: new Map(
      plan.rows.map((row) => [
        row,
        row.cells.map(({ letter, style }) => cellFrame(letter, workbook.styles.numberOf(style))),
      ]),
    ),
    repeats: new Map(),
    expected: createRowMap(new Map(expected)),
    name,
    shift: 0,
  };
}

/** Repeats everything above the row of the list, except the rows of earlier lists. */
export function addHeader(part: OpenPart, { rows }: PlannedSheet, before: PlannedRow): void {
  for (const row of rows) {
    if (row === before) break;
    if (row.list === null) addRow(part, row, row.number + part.shift, undefined);
    else beginList(part, row);
  }
  beginList(part, before);
}

/** The row of the template has no row in the sheet yet. */
export function beginList(part: OpenPart, row: PlannedRow): void {
  part.repeats.set(row.number, 0);
  part.shift -= 1;
}

export function addRow(part: OpenPart, row: PlannedRow, number: number, item: unknown): void {
  const frames = part.frames.get(row) ?? [];
  const rowNumber = String(number);
  let cells = '';
  let first = 0;
  let last = 0;
  let wrapped = 0;
  let index = -1;
  for (const cell of row.cells) {
    index += 1;
    const value = cell.isTemplateFormula
      ? movedFormula(cell.value(item), part.expected, row, number)
      : cell.value(item);
    const frame = frames[index];
    if ((value === null && !cell.style.isSeenEmpty) || frame === undefined) continue;
    if (first === 0) first = cell.column;
    last = cell.column;
    if (cell.lettersPerLine !== null) {
      const text = textOf(value);
      if (text !== null)
        wrapped = Math.max(wrapped, wrappedHeight(text, cell.lettersPerLine, cell.linePoints));
    }
    cells += cellXml(frame, rowNumber, value);
  }
  const height = wrapped > defaultRowHeight ? Math.max(wrapped, row.height ?? 0) : row.height;
  const marks = marksOf(row);
  part.writer.add(
    first === 0
      ? emptyRowXml(number, height, marks)
      : rowXml({ number, cells, firstColumn: first, lastColumn: last, height, marks }),
  );
}

/** Attributes of a row that is hidden or in a group. */
function marksOf({ isHidden, outlineLevel }: PlannedRow): string {
  if (!isHidden && outlineLevel === 0) return '';
  return (isHidden ? ' hidden="1"' : '') + (outlineLevel === 0 ? '' : ` outlineLevel="${outlineLevel}"`);
}

/** What a cell shows, if it is text. */
function textOf(value: XmlValue): string | null {
  if (typeof value === 'string') return value;
  const result = typeof value === 'object' && value !== null ? value.result : undefined;
  return typeof result === 'string' ? result : null;
}

function movedFormula(value: XmlValue, map: RowMap, row: PlannedRow, number: number): XmlValue {
  if (typeof value !== 'object' || value === null) return value;
  const own = row.list === null ? null : { template: row.number, now: number };
  return { ...value, formula: mapFormula(value.formula, map, own) };
}
