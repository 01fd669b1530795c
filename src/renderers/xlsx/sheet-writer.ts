import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import { workbookText } from '../text-safety.js';
import {
  countStyle,
  dateStyle,
  durationStyle,
  headerStyle,
  percentStyle,
  plainStyle,
  timeStyle,
  toneStyles,
  wrapStyle,
  wrappedHeight,
} from './cell-styles.js';
import type { Label, Tone } from '../labels.js';
import type { Column, ColumnKind } from './column.js';
import { type XmlCell, rowXml } from './row-xml.js';

/** Most rows of a sheet in the xlsx format, the header included. */
export const maxSheetRows = 1_048_576;

/** Characters of XML that go to the sheet at once, and between looks at how far the compressor is behind. */
const xmlPerTurn = 128 * 1024;
/** Bytes of XML that may wait for it. */
const maxBacklogBytes = 4 * 1024 * 1024;
/** Bytes that exceljs gathers before they go to the compressor; its own 64 KB keep the compressor waiting. */
const bufferBytes = 512 * 1024;
const secondsPerDay = 86_400;
/** In points. */
const defaultRowHeight = 15;

const styleOfKind: Readonly<Record<ColumnKind, Partial<ExcelJS.Style>>> = {
  text: plainStyle,
  'long-text': wrapStyle,
  time: timeStyle,
  date: dateStyle,
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
  bufSize: number;
  write(xml: string): unknown;
}

/** exceljs' register of styles: a style object becomes its number. */
interface StyleRegister {
  addStyleModel(style: Partial<ExcelJS.Style>): number;
}

/** An open sheet. The header goes through exceljs, which begins the sheet's data; rows are written after it. */
interface OpenSheet<T> {
  readonly sheet: ExcelJS.Worksheet;
  readonly stream: SheetStream;
  readonly columns: readonly SheetColumn<T>[];
  readonly styleOfTone: (tone: Tone) => number;
  rows: number;
  xml: string;
}

interface SheetColumn<T> extends Column<T> {
  readonly letter: string;
  readonly styleId: number;
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
  let open = openSheet(workbook, name, columns);
  for await (const batch of batches) {
    for (const row of batch) {
      if (open.rows === rowLimit) {
        filters.push(closeSheet(open));
        open = openSheet(workbook, `${name} ${filters.length + 1}`, columns);
      }
      addRow(open, row);
      if (open.xml.length < xmlPerTurn) continue;
      flush(open);
      await catchUp(open);
    }
  }
  filters.push(closeSheet(open));
  return filters;
}

function openSheet<T>(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  columns: readonly Column<T>[],
): OpenSheet<T> {
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
  const { stream } = sheet as unknown as { readonly stream: SheetStream };
  stream.bufSize = bufferBytes;
  const { styles } = workbook as unknown as { readonly styles: StyleRegister };
  return {
    sheet,
    stream,
    columns: columns.map((column, index) => ({
      ...column,
      letter: sheet.getColumn(index + 1).letter,
      styleId: styles.addStyleModel(styleOfKind[column.kind]),
    })),
    styleOfTone: (tone) => styles.addStyleModel(toneStyles[tone]),
    rows: 1,
    xml: '',
  };
}

function closeSheet<T>(open: OpenSheet<T>): FilterName {
  flush(open);
  const { sheet, columns, rows } = open;
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: columns.length } };
  sheet.commit();
  return {
    name: '_xlnm._FilterDatabase',
    localSheetId: sheet.id - 1,
    ranges: [`'${sheet.name}'!$A$1:$${columns.at(-1)?.letter}$${rows}`],
  };
}

function addRow<T>(open: OpenSheet<T>, row: T): void {
  const cells: XmlCell[] = [];
  let first = 0;
  let last = 0;
  let height = 0;
  for (const [index, { kind, value, width, letter, styleId }] of open.columns.entries()) {
    const cell = value(row);
    if (cell === null) continue;
    if (first === 0) first = index + 1;
    last = index + 1;
    const plain = plainValue(cell, kind);
    if (kind === 'long-text') height = Math.max(height, wrappedHeight(String(plain), width));
    cells.push({
      letter,
      styleId: typeof cell === 'object' ? open.styleOfTone(cell.tone) : styleId,
      value: plain,
    });
  }
  open.rows += 1;
  if (cells.length > 0)
    open.xml += rowXml(open.rows, cells, first, last, height > defaultRowHeight ? height : null);
}

function flush<T>(open: OpenSheet<T>): void {
  if (open.xml === '') return;
  open.stream.write(open.xml);
  open.xml = '';
}

/** Text of the events never becomes a formula: a string is written as a string, whatever it begins with. */
function plainValue(cell: string | number | Label, kind: ColumnKind): string | number {
  if (typeof cell === 'object') return cell.words;
  if (typeof cell === 'number') return kind === 'duration' ? cell / secondsPerDay : cell;
  return workbookText(cell);
}

/** Waits until the compressor has taken most of what was written. */
async function catchUp<T>({ stream }: OpenSheet<T>): Promise<void> {
  await nextTurn();
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
