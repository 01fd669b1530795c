import { escapeXml } from '../../../base/escape.js';

/** A formula in the file's syntax, without `=`. */
export interface Formula {
  readonly formula: string;
  /** The cached result, for readers that do not calculate; absent: computed by the reader. */
  readonly result?: string | number;
}

export type XmlValue = string | number | boolean | Formula | null;

/** What is the same of a cell in every row that it is written in: its XML around the row's number and the value. */
export interface CellFrame {
  readonly opening: string;
  /** After the row's number, with the end of the address; empty: the workbook's default style. */
  readonly style: string;
  readonly text: string;
  readonly number: string;
}

/**
 * @param letter of its column: `A`, `B`, …
 * @param styleId its style number in the workbook; 0: the default
 */
export function cellFrame(letter: string, styleId: number): CellFrame {
  const style = styleId === 0 ? '' : ` s="${styleId}"`;
  return { opening: `<c r="${letter}`, style, text: `"${style} t="str"><v>`, number: `"${style}><v>` };
}

/**
 * A cell, byte for byte as exceljs writes it; its test compares them.
 *
 * @param row its number in the sheet
 * @param value null: only the style; text is without characters that XML does not allow
 */
export function cellXml({ opening, style, text, number }: CellFrame, row: string, value: XmlValue): string {
  if (typeof value === 'string') return `${opening}${row}${text}${escapeXml(value)}</v></c>`;
  if (typeof value === 'number') return `${opening}${row}${number}${value}</v></c>`;
  return value === null && style === '' ? '' : rareCell(`${opening}${row}"${style}`, value);
}

export interface XmlRow {
  /** From 1. */
  readonly number: number;
  /** XML of its cells, from left to right: one at least. */
  readonly cells: string;
  /** Columns of the first and last cell, from 1. */
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** In points; null for the reader's default. */
  readonly height: number | null;
  /** Further attributes, as XML: ` hidden="1"`; empty: none. */
  readonly marks: string;
}

/**
 * A row of sheet data (ECMA-376 part 1, 18.3.1.73), byte for byte as exceljs writes it for the same cells; its test
 * compares them. exceljs creates an object per cell and a list of strings per row: on a large day that takes most of
 * the time of the whole report.
 */
export function rowXml({ number: row, cells, firstColumn, lastColumn, height, marks }: XmlRow): string {
  const tall = height === null ? '' : ` ht="${height}" customHeight="1"`;
  const spans = `${firstColumn}:${lastColumn}`;
  return `<row r="${row}"${tall}${marks} spans="${spans}" x14ac:dyDescent="0.25">${cells}</row>`;
}

/** A row without cells; nothing if there is nothing to say of it. */
export function emptyRowXml(row: number, height: number | null, marks: string): string {
  if (height === null && marks === '') return '';
  return `<row r="${row}"${height === null ? '' : ` ht="${height}" customHeight="1"`}${marks}/>`;
}

/** @param cell its beginning, with address and style */
function rareCell(cell: string, value: boolean | Formula | null): string {
  if (value === null) return `${cell}/>`;
  if (typeof value === 'boolean') return `${cell} t="b"><v>${value ? 1 : 0}</v></c>`;
  const formula = `<f>${escapeXml(value.formula)}</f>`;
  const { result } = value;
  if (result === undefined) return `${cell}>${formula}</c>`;
  if (typeof result === 'number') return `${cell}>${formula}<v>${result}</v></c>`;
  return `${cell} t="str">${formula}<v>${escapeXml(result)}</v></c>`;
}
