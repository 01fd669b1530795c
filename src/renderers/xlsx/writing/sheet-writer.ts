import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import type { TemplateSheet } from '../template/template-model.js';

/** Characters of XML written at once, and between checks of the compressor's backlog. */
const xmlPerTurn = 128 * 1024;
/** Most bytes of XML in that backlog. */
const maxBacklogBytes = 4 * 1024 * 1024;
/** Bytes that exceljs buffers for the compressor; its default of 64 KB keeps the compressor waiting. */
const bufferBytes = 512 * 1024;

/** The parts of exceljs' sheet stream needed for back-pressure; exceljs itself never waits. */
interface SheetStream {
  readonly pipes: readonly Writable[];
  readonly buffers: readonly unknown[];
  bufSize: number;
  write(xml: string): unknown;
}

/** exceljs' register of styles: a style object becomes its number. */
interface StyleRegister {
  addStyleModel(style: Partial<ExcelJS.Style>): number;
  addDxfStyle(style: Partial<ExcelJS.Style>): number;
}

/** The parts of exceljs' open sheet that its types omit. */
export interface OpenWorksheet extends Omit<ExcelJS.Worksheet, 'conditionalFormatting'> {
  readonly stream: SheetStream;
  /** Merged ranges as text. */
  readonly _merges: string[];
  /** Written when the sheet is committed. */
  conditionalFormatting: readonly {
    readonly ref: string;
    readonly rules: readonly ExcelJS.ConditionalFormattingRule[];
  }[];
  /** Writes the end of a sheet in exceljs. */
  _writeCloseWorksheet(): void;
}

/** An open sheet, whose rows are written as text once exceljs has begun the sheet's data. */
export interface SheetWriter {
  readonly sheet: OpenWorksheet;
  /** Buffers the XML of rows. */
  add(rowsXml: string): void;
  /** Whether the buffer is so full that `catchUp` should be called. */
  readonly isFull: boolean;
  /** Writes the buffer to the sheet, and waits until the compressor has processed most of it. */
  catchUp(): Promise<void>;
  /** Writes the rest, then `ending` as the end of the sheet. */
  close(ending: string): void;
}

/** exceljs' number of a style. */
export function styleNumber(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  style: Partial<ExcelJS.Style>,
): number {
  return stylesOf(workbook).addStyleModel(style);
}

/** exceljs' number of the style of a conditional format. */
export function formatNumber(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  style: Partial<ExcelJS.Style>,
): number {
  return stylesOf(workbook).addDxfStyle(style);
}

function stylesOf(workbook: ExcelJS.stream.xlsx.WorkbookWriter): StyleRegister {
  return (workbook as unknown as { readonly styles: StyleRegister }).styles;
}

/** Opens a sheet with the template's views, widths and page setup. */
export function openSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  template: TemplateSheet,
  headerFooter: Partial<ExcelJS.HeaderFooter>,
): SheetWriter {
  const sheet = workbook.addWorksheet(name, {
    views: [viewOf(template)],
    // Copies: exceljs modifies them.
    properties: { ...template.properties } as ExcelJS.WorksheetProperties,
    pageSetup: pageSetupOf(template),
    headerFooter: { ...headerFooter },
    state: template.state,
  }) as unknown as OpenWorksheet;
  sheet.columns = template.columns.map(({ width, isHidden, style }) => ({ width, hidden: isHidden, style }));
  // A row without cells begins the sheet's data, and is not written itself.
  sheet.addRow([]).commit();
  const { stream } = sheet;
  stream.bufSize = bufferBytes;
  let xml = '';
  const flush = (): void => {
    if (xml !== '') stream.write(xml);
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
      const writeClose = sheet._writeCloseWorksheet.bind(sheet);
      sheet._writeCloseWorksheet = () => {
        stream.write(ending);
        writeClose();
      };
      sheet.commit();
    },
  };
}

/**
 * A copy of the template's. exceljs makes 1 of a first page number that is not set, and a sheet that begins at 1 again
 * would say "Page 1 of 24" more than once: numbers go on from sheet to sheet, unless the template begins elsewhere.
 */
function pageSetupOf({ pageSetup }: TemplateSheet): Partial<ExcelJS.PageSetup> {
  const { firstPageNumber, ...others } = pageSetup;
  return firstPageNumber === 1 ? others : { ...pageSetup };
}

/** Frozen panes and grid lines of the template, but not the last cursor position. */
function viewOf({ view }: TemplateSheet): Partial<ExcelJS.WorksheetView> {
  const frozen = view as Partial<ExcelJS.WorksheetViewFrozen>;
  return {
    state: frozen.state === 'frozen' ? 'frozen' : 'normal',
    ...(frozen.state === 'frozen' ? { xSplit: frozen.xSplit ?? 0, ySplit: frozen.ySplit ?? 0 } : {}),
    ...(view.showGridLines === undefined ? {} : { showGridLines: view.showGridLines }),
    ...(view.showRowColHeaders === undefined ? {} : { showRowColHeaders: view.showRowColHeaders }),
    ...(view.rightToLeft === undefined ? {} : { rightToLeft: view.rightToLeft }),
    ...(view.zoomScale === undefined ? {} : { zoomScale: view.zoomScale }),
  } as Partial<ExcelJS.WorksheetView>;
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
