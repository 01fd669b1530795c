import { createRequire } from 'node:module';
import type ExcelJS from 'exceljs';

const load = createRequire(import.meta.url);

/** What writes a workbook: a half of exceljs. The other half reads workbooks, and takes as long to load. */
export function workbookWriter(): typeof ExcelJS.stream.xlsx.WorkbookWriter {
  return load('exceljs/lib/stream/xlsx/workbook-writer.js');
}

/** What reads a workbook: for a template that nobody has read before. */
export function workbookReader(): typeof ExcelJS.Workbook {
  return load('exceljs/lib/doc/workbook.js');
}

export function exceljsVersion(): string {
  const { version }: { readonly version: string } = load('exceljs/package.json');
  return version;
}
