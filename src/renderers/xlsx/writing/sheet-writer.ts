import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import type { StableWorkbook } from './stable-workbook.js';

/** Characters of XML written at once, and between checks of the compressor's backlog. */
const xmlPerTurn = 128 * 1024;
/** Most bytes of XML in that backlog. */
const maxBacklogBytes = 4 * 1024 * 1024;
/** Bytes that exceljs buffers for the compressor; its default of 64 KB keeps the compressor waiting. */
const bufferBytes = 512 * 1024;

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const maxBytesPerUnit = 3;

/** The parts of exceljs' sheet stream needed for back-pressure; exceljs itself never waits. */
interface SheetStream {
  readonly pipes: readonly Writable[];
  readonly buffers: readonly unknown[];
  bufSize: number;
  /** Bytes are copied before it returns. */
  write(xml: string | Buffer): unknown;
}

/** exceljs' register of styles: a style object becomes its number. */
interface StyleRegister {
  addStyleModel(style: Partial<ExcelJS.Style>): number;
}

/** The parts of exceljs' open sheet that its types omit. What it would write beside the rows is ours to write. */
interface OpenWorksheet extends ExcelJS.Worksheet {
  readonly stream: SheetStream;
  _writeColumns(): void;
  _writeAutoFilter(): void;
  _writeMergeCells(): void;
  _writeHyperlinks(): void;
  _writeConditionalFormatting(): void;
  _writeDataValidations(): void;
  _writeSheetProtection(): void;
  _writePageMargins(): void;
  _writePageSetup(): void;
  _writeHeaderFooter(): void;
  _writeRowBreaks(): void;
}

/** A sheet to be opened; `head` and `columns` as XML. */
export interface NewSheet {
  readonly name: string;
  readonly state: ExcelJS.WorksheetState;
  readonly head: string;
  readonly columns: string;
}

/** An open sheet, whose rows are written as text once exceljs has begun the sheet's data. */
export interface SheetWriter {
  readonly sheet: ExcelJS.Worksheet;
  /** Buffers the XML of rows. */
  add(rowsXml: string): void;
  /** Whether the buffer is so full that `catchUp` should be called. */
  readonly isFull: boolean;
  /** Writes the buffer to the sheet, and waits until the compressor has processed most of it. */
  catchUp(): Promise<void>;
  /** Writes the rest, then `ending` after the rows. */
  close(ending: string): void;
}

/** exceljs' number of a style. */
export function styleNumber(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  style: Partial<ExcelJS.Style>,
): number {
  return stylesOf(workbook).addStyleModel(style);
}

function stylesOf(workbook: ExcelJS.stream.xlsx.WorkbookWriter): StyleRegister {
  return (workbook as unknown as { readonly styles: StyleRegister }).styles;
}

/** Opens a sheet: what stands before its rows is given, what follows them is given to `close`. */
export function openSheet(workbook: StableWorkbook, { name, state, head, columns }: NewSheet): SheetWriter {
  workbook.nextHead = head;
  const sheet = workbook.addWorksheet(name, { state }) as unknown as OpenWorksheet;
  sheet._writeColumns = () => void sheet.stream.write(columns);
  // A row without cells begins the sheet's data, and is not written itself.
  sheet.addRow([]).commit();
  const { stream } = sheet;
  stream.bufSize = bufferBytes;
  let xml = '';
  let bytes = Buffer.alloc(0);
  const flush = (): void => {
    if (xml === '') return;
    if (bytes.length < xml.length * maxBytesPerUnit)
      bytes = Buffer.allocUnsafeSlow(xml.length * maxBytesPerUnit);
    // Into a buffer that is there already, thousands of small texts are encoded one by one; a new one would join them first.
    stream.write(bytes.subarray(0, bytes.write(xml)));
    xml = '';
  };
  return {
    sheet,
    add: (rowsXml) => {
      xml += rowsXml;
    },
    get isFull() {
      return xml.length >= xmlPerTurn;
    },
    catchUp: async () => {
      flush();
      await drained(stream);
    },
    close: (ending) => {
      flush();
      Object.assign(sheet, {
        _writeAutoFilter: () => void stream.write(ending),
        _writeMergeCells: nothing,
        _writeHyperlinks: nothing,
        _writeConditionalFormatting: nothing,
        _writeDataValidations: nothing,
        _writeSheetProtection: nothing,
        _writePageMargins: nothing,
        _writePageSetup: nothing,
        _writeHeaderFooter: nothing,
        _writeRowBreaks: nothing,
      } satisfies Partial<OpenWorksheet>);
      sheet.commit();
    },
  };
}

/** What exceljs would write there is written already. */
function nothing(): void {
  return undefined;
}

/** Waits until the compressor has processed most of what was written. */
async function drained(stream: SheetStream): Promise<void> {
  await nextTurn();
  for (;;) {
    const [pipe] = stream.pipes;
    if (pipe === undefined) {
      // Earlier sheets are still being compressed.
      if (stream.buffers.length * bufferBytes < maxBacklogBytes) return;
      await nextTurn();
    } else {
      if (pipe.destroyed || !pipe.writableNeedDrain || pipe.writableLength < maxBacklogBytes) return;
      await Promise.race([once(pipe, 'drain'), once(pipe, 'close')]);
    }
  }
}
