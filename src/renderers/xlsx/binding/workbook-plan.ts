import type { CellStyle } from '../template/cell-style.js';
import type { SheetMarkup } from '../template/sheet-markup.js';
import type { CellRange, TemplateProperties, TemplateSheet } from '../template/template-model.js';
import type { WorkbookMarkup } from '../template/workbook-markup.js';
import type { XmlValue } from '../writing/row-xml.js';
import type { BoundList } from './bound-lists.js';
import type { ColumnFact } from './workbook-facts.js';

/** A cell of the template whose expressions are resolved. */
export interface PlannedCell {
  readonly letter: string;
  readonly column: number;
  readonly style: CellStyle;
  readonly value: (row: unknown) => XmlValue;
  /** Whether `value` yields a formula of the template, whose references must follow moved rows. */
  readonly isTemplateFormula: boolean;
  /** How many characters of a wrapped text fit on one line; null: the text is not wrapped. */
  readonly lettersPerLine: number | null;
  /** Height of a line of its text, in points. */
  readonly linePoints: number;
}

export interface PlannedRow {
  /** Row number in the template, from 1. */
  readonly number: number;
  /** In points; null: the reader's default. */
  readonly height: number | null;
  readonly isHidden: boolean;
  readonly outlineLevel: number;
  readonly cells: readonly PlannedCell[];
  /** The list that it repeats for; null: it occurs once. */
  readonly list: BoundList | null;
}

export interface PlannedSheet {
  readonly name: string;
  readonly template: TemplateSheet;
  readonly rows: readonly PlannedRow[];
  /** With its expressions resolved. */
  readonly markup: SheetMarkup;
  /** Where the logo goes: cells that contain `{{logo}}`, with the cells merged with them. */
  readonly logos: readonly CellRange[];
  /** Definitions of its columns, where it is a table. */
  readonly columns: readonly ColumnFact[];
}

/** The resolved template: all that remains is to write it with the rows of the lists. */
export interface WorkbookPlan {
  readonly sheets: readonly PlannedSheet[];
  readonly markup: WorkbookMarkup;
  readonly properties: TemplateProperties;
  readonly theme: string;
}

/** The lists that the rows of a sheet repeat for. */
export function listsOf({ rows }: PlannedSheet): readonly BoundList[] {
  return rows.flatMap(({ list }) => list ?? []);
}
