import type ExcelJS from 'exceljs';

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
  readonly style: Partial<ExcelJS.Style>;
}

export interface TemplateRow {
  /** From 1. */
  readonly number: number;
  /** In points; null: the reader's default. */
  readonly height: number | null;
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

/** A picture of the template; positions as in exceljs, rows and columns from 0. */
export interface TemplatePicture {
  readonly extension: 'png' | 'jpeg' | 'gif';
  readonly bytes: Buffer;
  readonly from: AnchorPoint;
  /** null: `size` gives its extent. */
  readonly to: AnchorPoint | null;
  /** In pixels; null: `to` gives its extent. */
  readonly size: { readonly width: number; readonly height: number } | null;
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
  readonly state: ExcelJS.WorksheetState;
  readonly properties: Partial<ExcelJS.WorksheetProperties>;
  readonly pageSetup: Partial<ExcelJS.PageSetup>;
  readonly headerFooter: Partial<ExcelJS.HeaderFooter>;
  readonly view: Partial<ExcelJS.WorksheetView>;
  readonly columns: readonly TemplateColumn[];
  readonly rows: readonly TemplateRow[];
  readonly merges: readonly CellRange[];
  readonly filter: CellRange | null;
  readonly conditionalFormats: readonly ConditionalFormat[];
  readonly pictures: readonly TemplatePicture[];
}

export interface TemplateColumn {
  /** In characters. */
  readonly width: number;
  readonly isHidden: boolean;
  readonly style: Partial<ExcelJS.Style>;
}

export interface ConditionalFormat {
  readonly ranges: readonly CellRange[];
  readonly rules: readonly ExcelJS.ConditionalFormattingRule[];
}

/** A defined name for a range of a sheet. */
export interface TemplateName {
  readonly name: string;
  /** The sheet's name in the template. */
  readonly sheet: string;
  readonly range: CellRange;
}

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
  readonly names: readonly TemplateName[];
  readonly properties: TemplateProperties;
  /** Theme colours and fonts that styles may refer to; null: the default ones. */
  readonly theme: string | null;
}
