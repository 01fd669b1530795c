import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SheetState } from '../template/template-model.js';
import type { WorkbookFile } from './workbook-file.js';

/** Characters of XML written at once, and between checks of the compressor's backlog. */
const xmlPerTurn = 128 * 1024;

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const maxBytesPerUnit = 3;

/** A sheet to be opened; `head` and `columns` as XML. */
export interface NewSheet {
  readonly name: string;
  readonly state: SheetState;
  readonly head: string;
  readonly columns: string;
}

/** An open sheet, whose rows are written as text. */
export interface SheetWriter {
  /** From 1. */
  readonly number: number;
  /** Buffers the XML of rows. */
  add(rowsXml: string): void;
  /** Whether the buffer is so full that `catchUp` should be called. */
  readonly isFull: boolean;
  /** Writes the buffer to the sheet, and waits until the compressor has processed most of it. */
  catchUp(): Promise<void>;
  /** Writes the rest, then `ending` after the rows. */
  close(ending: string): void;
}

/** Opens a sheet: what stands before its rows is given, what follows them is given to `close`. */
export function openSheet(workbook: WorkbookFile, { name, state, head, columns }: NewSheet): SheetWriter {
  const { number, part } = workbook.openSheet(name, state);
  let xml = `${head}${columns}<sheetData>`;
  let bytes = Buffer.alloc(0);
  const flush = (): void => {
    if (bytes.length < xml.length * maxBytesPerUnit)
      bytes = Buffer.allocUnsafeSlow(xml.length * maxBytesPerUnit);
    // Into a buffer that is there already, thousands of small texts are encoded one by one; a new one would join them first.
    part.write(Buffer.from(bytes.subarray(0, bytes.write(xml))));
    xml = '';
  };
  return {
    number,
    add: (rowsXml) => {
      xml += rowsXml;
    },
    get isFull() {
      return xml.length >= xmlPerTurn;
    },
    catchUp: async () => {
      flush();
      await nextTurn();
      await part.drained();
    },
    close: (ending) => {
      xml += `</sheetData>${ending}</worksheet>`;
      flush();
      part.end();
    },
  };
}
