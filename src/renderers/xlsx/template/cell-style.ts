/** How a cell looks. XML is that of the workbook's styles (ECMA-376 part 1, 18.8); null: it has none of its own. */
export interface CellStyle {
  /** Code of its number format: `#,##0`. */
  readonly numberFormat: string | null;
  readonly font: string | null;
  readonly fill: string | null;
  readonly border: string | null;
  readonly alignment: string | null;
  readonly protection: string | null;
  /** In points; absent: the usual size. */
  readonly fontSize?: number;
  readonly isBold: boolean;
  readonly isWrapped: boolean;
  /** In steps. */
  readonly indent: number;
  /** Whether the text stands at the right edge. */
  readonly isRight: boolean;
  /** Whether the cell is visible even when empty: filled, or with borders. */
  readonly isSeenEmpty: boolean;
}
