import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import { workbookText } from '../text-safety.js';
import {
  countStyle,
  durationStyle,
  headerStyle,
  percentStyle,
  plainStyle,
  timeStyle,
  toneStyles,
  wrapStyle,
  wrappedHeight,
} from './cell-styles.js';
import type { Label } from '../labels.js';

export type ColumnKind = 'text' | 'long-text' | 'time' | 'duration' | 'count' | 'percent' | 'label';

/** A cell's value: text, a number in the unit of its column, a label with its tone, or nothing. */
export type CellValue = string | number | Label | null;

export interface Column<T> {
  readonly header: string;
  /** What the column means, for the definitions on the Provenance sheet. */
  readonly meaning: string;
  readonly kind: ColumnKind;
  /** In characters. */
  readonly width: number;
  /** Times as spreadsheet dates, durations in seconds, percents as fractions. */
  readonly value: (row: T) => CellValue;
}

/** Most rows of a sheet in the xlsx format, the header included. */
export const maxSheetRows = 1_048_576;

/** Rows between looks at how far the compressor is behind. */
const rowsPerTurn = 500;
/** Bytes of XML that may wait for it. */
const maxBacklogBytes = 4 * 1024 * 1024;
const bufferBytes = 64 * 1024;
const secondsPerDay = 86_400;
/** In points. */
const defaultRowHeight = 15;

const styleOfKind: Readonly<Record<ColumnKind, Partial<ExcelJS.Style>>> = {
  text: plainStyle,
  'long-text': wrapStyle,
  time: timeStyle,
  duration: durationStyle,
  count: countStyle,
  percent: percentStyle,
  label: plainStyle,
};

/** Where the filter of a sheet is, in the words of the format: LibreOffice shows only filters that are named. */
export interface FilterName {
  readonly name: '_xlnm._FilterDatabase';
  /** Position of the sheet, from 0. */
  readonly localSheetId: number;
  readonly ranges: readonly string[];
}

/** The parts of exceljs' sheet stream that back-pressure needs; exceljs itself never waits. */
interface SheetStream {
  readonly pipes: readonly Writable[];
  readonly buffers: readonly unknown[];
}

/**
 * Writes tables: frozen and filtered header, typed cells, as many sheets as the rows need. Rows go out as they
 * come, and writing waits for the compressor, so that memory does not grow with rows.
 */
export async function writeTable<T>(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  columns: readonly Column<T>[],
  batches: Iterable<readonly T[]> | AsyncIterable<readonly T[]>,
  rowLimit: number,
): Promise<FilterName[]> {
  const filters: FilterName[] = [];
  let part = 1;
  let sheet = openSheet(workbook, name, columns);
  let written = 1;
  for await (const batch of batches) {
    for (const row of batch) {
      if (written === rowLimit) {
        filters.push(closeSheet(sheet, columns.length, written));
        part += 1;
        sheet = openSheet(workbook, `${name} ${part}`, columns);
        written = 1;
      }
      addRow(sheet, columns, row);
      written += 1;
      if (written % rowsPerTurn === 0) await catchUp(sheet);
    }
  }
  filters.push(closeSheet(sheet, columns.length, written));
  return filters;
}

function openSheet<T>(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  columns: readonly Column<T>[],
): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
    headerFooter: { oddFooter: `&L${name}&RPage &P of &N` },
  });
  sheet.columns = columns.map(({ width }) => ({ width }));
  sheet.pageSetup.printTitlesRow = '1:1';
  const header = sheet.addRow(columns.map((column) => column.header));
  header.height = 30;
  for (let index = 1; index <= columns.length; index += 1) header.getCell(index).style = headerStyle;
  header.commit();
  return sheet;
}

function closeSheet(sheet: ExcelJS.Worksheet, columns: number, rows: number): FilterName {
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: columns } };
  sheet.commit();
  const lastColumn = sheet.getColumn(columns).letter;
  return {
    name: '_xlnm._FilterDatabase',
    localSheetId: sheet.id - 1,
    ranges: [`'${sheet.name}'!$A$1:$${lastColumn}$${rows}`],
  };
}

function addRow<T>(sheet: ExcelJS.Worksheet, columns: readonly Column<T>[], row: T): void {
  const excelRow = sheet.addRow([]);
  let height = 0;
  for (const [index, { kind, value, width }] of columns.entries()) {
    const cell = value(row);
    if (cell === null) continue;
    const target = excelRow.getCell(index + 1);
    target.value = plainValue(cell, kind);
    if (kind === 'long-text') height = Math.max(height, wrappedHeight(String(target.value), width));
    // Every cell gets a shared style, the plain ones too: for a cell of its own style exceljs builds one anew.
    target.style = typeof cell === 'object' ? toneStyles[cell.tone] : styleOfKind[kind];
  }
  if (height > defaultRowHeight) excelRow.height = height;
  excelRow.commit();
}

/** Text of the events never becomes a formula: exceljs writes a string as a string, whatever it begins with. */
function plainValue(cell: string | number | Label, kind: ColumnKind): string | number {
  if (typeof cell === 'object') return cell.words;
  if (typeof cell === 'number') return kind === 'duration' ? cell / secondsPerDay : cell;
  return workbookText(cell);
}

/** Waits until the compressor has taken most of what was written. */
async function catchUp(sheet: ExcelJS.Worksheet): Promise<void> {
  await nextTurn();
  const { stream } = sheet as unknown as { readonly stream: SheetStream };
  for (;;) {
    const [pipe] = stream.pipes;
    if (pipe === undefined) {
      // Sheets before this one are still being compressed.
      if (stream.buffers.length * bufferBytes < maxBacklogBytes) return;
      await nextTurn();
    } else {
      if (pipe.destroyed || !pipe.writableNeedDrain || pipe.writableLength < maxBacklogBytes) return;
      await Promise.race([once(pipe, 'drain'), once(pipe, 'close')]);
    }
  }
}
