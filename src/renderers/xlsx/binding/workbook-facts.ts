import { type Fields, type Link, linkField, numberField, textField } from './field.js';

/** A sheet of the workbook, for a table of contents. */
export interface SheetFact {
  readonly name: string;
  readonly link: Link;
  /** Number of rows of its list; null if it has none, or several. */
  readonly rows: number | null;
  /** The list whose rows it has; null if it has none, or several. */
  readonly list: string | null;
  /** How many sheets its rows fill: more than 1 where one cannot hold them all. */
  readonly parts: number;
}

export const sheetFields: Fields<SheetFact> = {
  name: textField((row) => row.name),
  link: linkField((row) => row.link),
  rows: numberField((row) => row.rows),
  parts: numberField((row) => row.parts),
};

/** A column of the workbook, for the definitions. */
export interface ColumnFact {
  readonly sheet: string;
  readonly name: string;
  readonly key: string;
  readonly kind: string;
  readonly meaning: string;
}

export const columnFields: Fields<ColumnFact> = {
  name: textField((row) => row.name),
  sheet: textField((row) => row.sheet),
  key: textField((row) => row.key),
  kind: textField((row) => row.kind),
  meaning: textField((row) => row.meaning),
};
