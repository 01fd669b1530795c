import { createRequire } from 'node:module';
import type ExcelJS from 'exceljs';

const load = createRequire(import.meta.url);

/** A part of a cell's style that is an element of its own. */
export type StylePart = 'font' | 'fill' | 'border' | 'alignment' | 'protection';

interface PartWriter {
  toXml(model: unknown): string;
}

/** What reads a workbook: for a template that nobody has read before. It takes longer to load than a small workbook takes. */
export function workbookReader(): typeof ExcelJS.Workbook {
  return load('exceljs/lib/doc/workbook.js');
}

/** A part of a style as exceljs writes it; empty: there is nothing to say. */
export function styleXml(part: StylePart, model: object): string {
  return new (partWriters[part]())().toXml(model) ?? '';
}

const partWriters: Readonly<Record<StylePart, () => new () => PartWriter>> = {
  font: () => load('exceljs/lib/xlsx/xform/style/font-xform.js'),
  fill: () => load('exceljs/lib/xlsx/xform/style/fill-xform.js'),
  border: () => load('exceljs/lib/xlsx/xform/style/border-xform.js'),
  alignment: () => load('exceljs/lib/xlsx/xform/style/alignment-xform.js'),
  protection: () => load('exceljs/lib/xlsx/xform/style/protection-xform.js'),
};

/** Number formats that every program knows, by their numbers (ECMA-376 part 1, 18.8.30). */
export function knownFormats(): Readonly<Record<string, { readonly f?: string }>> {
  return load('exceljs/lib/xlsx/defaultnumformats.js');
}

/** The theme of a workbook that has none of its own. */
export function defaultTheme(): string {
  return load('exceljs/lib/xlsx/xml/theme1.js');
}

export function exceljsVersion(): string {
  const { version }: { readonly version: string } = load('exceljs/package.json');
  return version;
}
