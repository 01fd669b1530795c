import type { Label } from '../labels.js';

export type ColumnKind = 'text' | 'long-text' | 'time' | 'date' | 'duration' | 'count' | 'percent' | 'label';

/** A cell's value: text, a number in the unit of its column, a label with its tone, or nothing. */
export type CellValue = string | number | Label | null;

export interface Column<T> {
  readonly header: string;
  /** What the column means, for the definitions on the Provenance sheet. */
  readonly meaning: string;
  readonly kind: ColumnKind;
  /** In characters. */
  readonly width: number;
  /** Times and dates as spreadsheet dates, durations in seconds, percents as fractions. */
  readonly value: (row: T) => CellValue;
}

/** The same, in one line of the source. */
export function column<T>(
  header: string,
  meaning: string,
  kind: ColumnKind,
  width: number,
  value: (row: T) => CellValue,
): Column<T> {
  return { header, meaning, kind, width, value };
}
