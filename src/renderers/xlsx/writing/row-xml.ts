import { escapeXml } from '../../../base/escape.js';

/** A formula in the file's syntax, without `=`. */
export interface Formula {
  readonly formula: string;
  /** The cached result, for readers that do not calculate; absent: computed by the reader. */
  readonly result?: string | number;
}

export type XmlValue = string | number | boolean | Formula | null;

/** One cell: its column, its style number in the workbook, and its value. */
export interface XmlCell {
  /** `A`, `B`, … */
  readonly letter: string;
  /** 0: the workbook's default. */
  readonly styleId: number;
  /** null: only the style. */
  readonly value: XmlValue;
}

export interface XmlRow {
  /** From 1. */
  readonly number: number;
  /** At least one, from left to right; text without characters that XML does not allow. */
  readonly cells: readonly XmlCell[];
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
  let xml = `<row r="${row}"${tall}${marks} spans="${firstColumn}:${lastColumn}" x14ac:dyDescent="0.25">`;
  for (const { letter, styleId, value } of cells) {
    const style = styleId === 0 ? '' : ` s="${styleId}"`;
    if (typeof value === 'number') xml += `<c r="${letter}${row}"${style}><v>${value}</v></c>`;
    else if (typeof value === 'string')
      xml += `<c r="${letter}${row}"${style} t="str"><v>${escapeXml(value)}</v></c>`;
    else xml += rareCell(`${letter}${row}`, style, value);
  }
  return `${xml}</row>`;
}

/** A row without cells; nothing if there is nothing to say of it. */
export function emptyRowXml(row: number, height: number | null, marks: string): string {
  if (height === null && marks === '') return '';
  return `<row r="${row}"${height === null ? '' : ` ht="${height}" customHeight="1"`}${marks}/>`;
}

function rareCell(address: string, style: string, value: boolean | Formula | null): string {
  if (value === null) return style === '' ? '' : `<c r="${address}"${style}/>`;
  if (typeof value === 'boolean') return `<c r="${address}"${style} t="b"><v>${value ? 1 : 0}</v></c>`;
  const formula = `<f>${escapeXml(value.formula)}</f>`;
  const { result } = value;
  if (result === undefined) return `<c r="${address}"${style}>${formula}</c>`;
  if (typeof result === 'number') return `<c r="${address}"${style}>${formula}<v>${result}</v></c>`;
  return `<c r="${address}"${style} t="str">${formula}<v>${escapeXml(result)}</v></c>`;
}
