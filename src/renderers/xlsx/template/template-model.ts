import type { CellStyle } from './cell-style.js';
import type { SheetMarkup } from './sheet-markup.js';
import type { WorkbookMarkup } from './workbook-markup.js';

/** What a cell of the template holds, before its expressions are resolved. */
export type TemplateContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'constant'; readonly value: number | boolean }
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'blank' };

export interface TemplateCell {
  /** `C` */
  readonly letter: string;
  /** From 1. */
  readonly column: number;
  readonly content: TemplateContent;
  readonly style: CellStyle;
}

export interface TemplateRow {
  /** From 1. */
  readonly number: number;
  /** In points; null: the reader's default. */
  readonly height: number | null;
  readonly isHidden: boolean;
  /** Depth of its group; 0: in none. */
  readonly outlineLevel: number;
  /** From left to right. */
  readonly cells: readonly TemplateCell[];
}

/** Corners of a range, all from 1. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface AnchorPoint {
  readonly column: number;
  /** In English Metric Units (EMU): 12,700 per point. */
  readonly columnOffset: number;
  readonly row: number;
  readonly rowOffset: number;
}

export interface TemplateSheet {
  /** As in the template, expressions included. */
  readonly name: string;
  readonly state: SheetState;
  readonly columns: readonly TemplateColumn[];
  readonly rows: readonly TemplateRow[];
  readonly merges: readonly CellRange[];
  /** All else that is kept of it. */
  readonly markup: SheetMarkup;
}

export interface TemplateColumn {
  /** In characters. */
  readonly width: number;
  readonly isHidden: boolean;
  /** Depth of its group; 0: in none. */
  readonly outlineLevel: number;
  /** Whether it shows that the group before it is folded. */
  readonly isCollapsed: boolean;
  readonly style: CellStyle;
}

/** Whether people see a sheet (ECMA-376 part 1, 18.18.68). */
export type SheetState = 'visible' | 'hidden' | 'veryHidden';

/** The document properties, expressions included. */
export interface TemplateProperties {
  readonly title: string;
  readonly subject: string;
  readonly description: string;
  readonly keywords: string;
  readonly category: string;
}

/** A workbook template as read, independent of exceljs' document. */
export interface WorkbookTemplate {
  /** For messages: `report.xlsx`. */
  readonly path: string;
  readonly sheets: readonly TemplateSheet[];
  readonly markup: WorkbookMarkup;
  readonly properties: TemplateProperties;
  /** XML of the theme colours and fonts that styles may refer to. */
  readonly theme: string;
}
