import type { BoundList } from '../binding/bound-lists.js';
import type { RowBatches } from '../binding/report-lists.js';
import type { PlannedRow, PlannedSheet } from '../binding/workbook-plan.js';
import { defaultRowHeight, wrappedHeight } from '../template/wrapped-height.js';
import type { MovedSheet } from './move-references.js';
import { type RowMap, createRowMap, mapFormula } from './row-map.js';
import { type XmlCell, type XmlValue, emptyRowXml, rowXml } from './row-xml.js';
import { columnsXml, sheetHead } from './sheet-head.js';
import type { PartContext } from './sheet-parts.js';
import { type SheetWriter, openSheet, styleNumber } from './sheet-writer.js';
import type { StableWorkbook } from './stable-workbook.js';

/** What the sheets of a workbook share while written. */
export interface SheetContext {
  readonly workbook: StableWorkbook;
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
  /** Style numbers of the cells, by row of the plan. */
  readonly styles: ReadonlyMap<PlannedRow, readonly number[]>;
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
  const styles = columns.map(({ style }) => styleNumber(workbook, style));
  return {
    writer: openSheet(workbook, {
      name,
      state,
      head: sheetHead(plan.markup),
      columns: columnsXml(columns, styles),
    }),
    styles: new Map(
      plan.rows.map((row) => [row, row.cells.map(({ style }) => styleNumber(workbook, style))]),
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
  const cells: XmlCell[] = [];
  let first = 0;
  let last = 0;
  let wrapped = 0;
  const styles = part.styles.get(row) ?? [];
  let index = 0;
  for (const cell of row.cells) {
    const styleId = styles[index] ?? 0;
    index += 1;
    const value = cell.isTemplateFormula
      ? movedFormula(cell.value(item), part.expected, row, number)
      : cell.value(item);
    if (value === null && !cell.isSeenEmpty) continue;
    if (first === 0) first = cell.column;
    last = cell.column;
    const text = cell.lettersPerLine === null ? null : textOf(value);
    if (cell.lettersPerLine !== null && text !== null)
      wrapped = Math.max(wrapped, wrappedHeight(text, cell.lettersPerLine, cell.linePoints));
    cells.push({ letter: cell.letter, styleId, value });
  }
  const height = wrapped > defaultRowHeight ? Math.max(wrapped, row.height ?? 0) : row.height;
  if (cells.length > 0)
    part.writer.add(
      rowXml({ number, cells, firstColumn: first, lastColumn: last, height, marks: marksOf(row) }),
    );
  else part.writer.add(emptyRowXml(number, height, marksOf(row)));
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
