import { Failure } from '../../../errors.js';
import { absoluteRange, rangeText } from '../template/cell-range.js';
import { mapFormats } from './conditional-formats.js';
import { drawSheet } from './drawing.js';
import type { LogoPicture } from './logo-picture.js';
import type { BoundList } from '../binding/bound-lists.js';
import type { RowBatches } from '../binding/report-lists.js';
import { type RowMap, createRowMap, mapFormula, mapRange } from './row-map.js';
import { type XmlCell, type XmlValue, rowXml } from './row-xml.js';
import { type SheetWriter, formatNumber, openSheet, styleNumber } from './sheet-writer.js';
import type { StableWorkbook } from './stable-workbook.js';
import type { CellRange } from '../template/template-model.js';
import { type PlannedRow, type PlannedSheet, listsOf } from '../binding/workbook-plan.js';
import { defaultRowHeight, wrappedHeight } from '../template/wrapped-height.js';
import { sheetNameLimit, xlsxRowLimit } from '../workbook-limits.js';

/** What the sheets of a workbook are written with. */
export interface SheetContext {
  readonly workbook: StableWorkbook;
  readonly logo: LogoPicture | null;
  /** Most rows of one sheet. */
  readonly rowLimit: number;
  /** Names that are taken, in lower case. */
  readonly names: Set<string>;
  /** Numbers of the styles of conditional formats, so far. */
  readonly formatNumbers: Map<string, number>;
  readonly batchesOf: (list: BoundList) => RowBatches;
  /** How many rows a list will have. */
  readonly countOf: (list: BoundList) => number;
}

/** Where the filter of a sheet is, in the words of the format: LibreOffice shows only filters that are named. */
export interface SheetName {
  readonly name: string;
  /** Position of the sheet, from 0; absent: the name is known in the whole workbook. */
  readonly localSheetId?: number;
  readonly ranges: readonly string[];
}

/** A sheet that has been written, or the parts of one that went on in further sheets. */
export interface WrittenSheet {
  readonly name: string;
  /** Of its first part. */
  readonly map: RowMap;
  readonly filters: readonly SheetName[];
}

/** A part of a sheet that is being written. */
interface OpenPart {
  readonly writer: SheetWriter;
  /** Style numbers of the cells of each row of the plan. */
  readonly styles: ReadonlyMap<PlannedRow, readonly number[]>;
  /** How many rows each repeated row of the template has become. */
  readonly repeats: Map<number, number>;
  /** Where rows will have gone, as far as it is known beforehand: for formulas. */
  readonly expected: RowMap;
  readonly name: string;
  /** Rows of the sheet minus rows of the template, so far. */
  shift: number;
}

/**
 * Writes a sheet of the plan. Rows go out as they come, and writing waits for the compressor, so that memory does not
 * grow with rows. A table that is longer than a sheet goes on in `<name> 2`, with all that stands above it.
 */
export async function writeSheet(plan: PlannedSheet, context: SheetContext): Promise<WrittenSheet> {
  const limit = partLimit(plan, context.rowLimit);
  const filters: SheetName[] = [];
  let map: RowMap | null = null;
  let part = openPart(plan, plan.name, context);
  const close = (): void => {
    const written = createRowMap(part.repeats);
    filters.push(...closePart(part, plan, written, context));
    map ??= written;
  };
  for (const row of plan.rows) {
    if (row.list === null) {
      addRow(part, row, row.number + part.shift, undefined);
      continue;
    }
    beginList(part, row);
    for await (const batch of context.batchesOf(row.list)) {
      for (const item of batch) {
        if (row.number + part.shift + 1 > limit) {
          close();
          part = openPart(plan, partName(plan, context), context);
          addHeader(part, plan, row);
        }
        part.shift += 1;
        part.repeats.set(row.number, (part.repeats.get(row.number) ?? 0) + 1);
        addRow(part, row, row.number + part.shift, item);
        if (part.writer.isFull) await part.writer.catchUp();
      }
    }
  }
  close();
  return { name: plan.name, map: map ?? createRowMap(new Map()), filters };
}

/** Last row that an item may stand in: below the list there is room for what follows it. */
function partLimit(plan: PlannedSheet, rowLimit: number): number {
  const [row, ...others] = plan.rows.filter(({ list }) => list !== null);
  if (row === undefined || others.length > 0) return xlsxRowLimit;
  const after = (plan.rows.at(-1)?.number ?? row.number) - row.number;
  if (row.number + after <= rowLimit) return rowLimit - after;
  throw new Failure(
    'usage',
    `template: sheet ${plan.name} has more rows than ${rowLimit} without those of its list`,
  );
}

/** A sheet goes on under its name and a number that is free. */
function partName({ name }: PlannedSheet, { names }: SheetContext): string {
  for (let number = 2; ; number += 1) {
    const suffix = ` ${number}`;
    const next = name.slice(0, sheetNameLimit - suffix.length) + suffix;
    if (names.has(next.toLowerCase())) continue;
    names.add(next.toLowerCase());
    return next;
  }
}

function openPart(plan: PlannedSheet, name: string, context: SheetContext): OpenPart {
  const { workbook, countOf } = context;
  const expected = plan.rows.flatMap(({ number, list }): [number, number][] =>
    list === null ? [] : [[number, countOf(list)]],
  );
  return {
    writer: openSheet(workbook, name, plan.template, plan.headerFooter),
    styles: new Map(
      plan.rows.map((row) => [row, row.cells.map(({ style }) => styleNumber(workbook, style))]),
    ),
    repeats: new Map(),
    expected: createRowMap(new Map(expected)),
    name,
    shift: 0,
  };
}

/** What stands above the row of the list, again, but for the rows of lists before it. */
function addHeader(part: OpenPart, { rows }: PlannedSheet, before: PlannedRow): void {
  for (const row of rows) {
    if (row === before) break;
    if (row.list === null) addRow(part, row, row.number + part.shift, undefined);
    else beginList(part, row);
  }
  beginList(part, before);
}

/** The row of the template is none of the sheet yet. */
function beginList(part: OpenPart, row: PlannedRow): void {
  part.repeats.set(row.number, 0);
  part.shift -= 1;
}

function addRow(part: OpenPart, row: PlannedRow, number: number, item: unknown): void {
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
    if (cell.lettersPerLine !== null && typeof value === 'string')
      wrapped = Math.max(wrapped, wrappedHeight(value, cell.lettersPerLine, cell.linePoints));
    cells.push({ letter: cell.letter, styleId, value });
  }
  const height = wrapped > defaultRowHeight ? Math.max(wrapped, row.height ?? 0) : row.height;
  if (cells.length > 0)
    part.writer.add(rowXml({ number, cells, firstColumn: first, lastColumn: last, height }));
  else if (height !== null) part.writer.add(`<row r="${number}" ht="${height}" customHeight="1"/>`);
}

function movedFormula(value: XmlValue, map: RowMap, row: PlannedRow, number: number): XmlValue {
  if (typeof value !== 'object' || value === null) return value;
  const own = row.list === null ? null : { template: row.number, now: number };
  return { ...value, formula: mapFormula(value.formula, map, own) };
}

/** What exceljs writes after the rows: filter, merged cells, conditional formats, print titles, pictures. */
function closePart(part: OpenPart, plan: PlannedSheet, map: RowMap, context: SheetContext): SheetName[] {
  const { sheet } = part.writer;
  const { template } = plan;
  const { formats, extension } = mapFormats(plan.conditionalFormats, map, sheet.id, (style) =>
    formatNumberOf(style, context),
  );
  sheet.conditionalFormatting = formats;
  for (const merge of template.merges) sheet._merges.push(...mergedRows(merge, map).map(rangeText));
  mapPrintTitles(sheet, map);
  const filter = template.filter === null ? null : filterRange(template.filter, plan, map);
  if (filter !== null) sheet.autoFilter = rangeText(filter);
  const { parts, tag } = drawSheet(plan, map, sheet.id, context.logo);
  context.workbook.extraParts.push(...parts);
  part.writer.close(tag + extension);
  if (filter === null) return [];
  return [
    {
      name: '_xlnm._FilterDatabase',
      localSheetId: sheet.id - 1,
      ranges: [absoluteRange(part.name, filter)],
    },
  ];
}

/** exceljs takes each style of a rule for a new one, though the rules of all sheets share a few. */
function formatNumberOf(
  style: Parameters<typeof formatNumber>[1],
  { workbook, formatNumbers }: SheetContext,
): number {
  const key = JSON.stringify(style);
  let found = formatNumbers.get(key);
  if (found === undefined) formatNumbers.set(key, (found = formatNumber(workbook, style)));
  return found;
}

/** A merge of a repeated row stands in each of its rows; one over several rows of the template, once. */
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

/** A filter that ends at the header goes on over the rows below, when they repeat. */
function filterRange(filter: CellRange, plan: PlannedSheet, map: RowMap): CellRange | null {
  const repeated =
    listsOf(plan).length > 0 &&
    plan.rows.some(({ number, list }) => list !== null && number === filter.bottom + 1);
  return mapRange(repeated ? { ...filter, bottom: filter.bottom + 1 } : filter, map);
}

function mapPrintTitles(sheet: SheetWriter['sheet'], map: RowMap): void {
  const [top, bottom] = (sheet.pageSetup.printTitlesRow ?? '').split(':').map(Number);
  if (top === undefined || bottom === undefined) return;
  const rows = mapRange({ top, left: 1, bottom, right: 1 }, map);
  if (rows !== null) sheet.pageSetup.printTitlesRow = `${rows.top}:${rows.bottom}`;
}
