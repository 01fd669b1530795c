import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import type { TemplateSheet } from '../template/template-model.js';

/** Characters of XML that go to the sheet at once, and between looks at how far the compressor is behind. */
const xmlPerTurn = 128 * 1024;
/** Bytes of XML that may wait for it. */
const maxBacklogBytes = 4 * 1024 * 1024;
/** Bytes that exceljs gathers before they go to the compressor; its own 64 KB keep the compressor waiting. */
const bufferBytes = 512 * 1024;

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
  addDxfStyle(style: Partial<ExcelJS.Style>): number;
}

/** The parts of exceljs' open sheet that its types do not show. */
export interface OpenWorksheet extends Omit<ExcelJS.Worksheet, 'conditionalFormatting'> {
  readonly stream: SheetStream;
  /** Merged ranges as text. */
  readonly _merges: string[];
  /** Written when the sheet is committed. */
  conditionalFormatting: readonly {
    readonly ref: string;
    readonly rules: readonly ExcelJS.ConditionalFormattingRule[];
  }[];
  /** The last that exceljs writes of a sheet. */
  _writeCloseWorksheet(): void;
}

/** An open sheet, whose rows are written as text after exceljs has begun the sheet's data. */
export interface SheetWriter {
  readonly sheet: OpenWorksheet;
  /** Adds text of rows. More than a little goes to the sheet at once, and waits for the compressor. */
  add(rowsXml: string): void;
  /** Whether so much has been added that it is time for `catchUp`. */
  readonly isFull: boolean;
  /** Hands on what was added, and waits until the compressor has taken most of it. */
  catchUp(): Promise<void>;
  /** Writes what is left, then `ending` as the last of the sheet. */
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

/** Opens a sheet with views, widths and page setup of the template's. */
export function openSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  template: TemplateSheet,
  headerFooter: Partial<ExcelJS.HeaderFooter>,
): SheetWriter {
  const sheet = workbook.addWorksheet(name, {
    views: [viewOf(template)],
    // Copies: exceljs writes into them.
    properties: { ...template.properties } as ExcelJS.WorksheetProperties,
    pageSetup: { ...template.pageSetup },
    headerFooter: { ...headerFooter },
    state: template.state,
  }) as unknown as OpenWorksheet;
  sheet.columns = template.columns.map(({ width, isHidden, style }) => ({ width, hidden: isHidden, style }));
  // A row without cells begins the sheet's data, and is not written.
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

/** What a reader sees first: frozen panes and lines, but not where somebody's cursor was in the template. */
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

/** Waits until the compressor has taken most of what was written. */
async function drained(stream: SheetStream): Promise<void> {
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
