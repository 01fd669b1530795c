import type ExcelJS from 'exceljs';
import type { Label } from '../labels.js';
import { workbookText } from '../text-safety.js';
import {
  countStyle,
  headerStyle,
  labelStyle,
  sectionStyle,
  titleStyle,
  toneStyles,
  wrapStyle,
  wrappedHeight,
} from './cell-styles.js';

export type FactCell = string | number | Label | null;

/** Writes the sheets that are not tables: label and value, section by section. */
export class FactSheet {
  readonly #sheet: ExcelJS.Worksheet;
  readonly #widths: readonly number[];

  constructor(workbook: ExcelJS.stream.xlsx.WorkbookWriter, name: string, widths: readonly number[]) {
    this.#sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 1, showGridLines: false }],
      pageSetup: { orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
    });
    this.#widths = widths;
    this.#sheet.columns = widths.map((width) => ({ width }));
  }

  title(text: string): void {
    const row = this.#sheet.addRow([workbookText(text)]);
    row.height = 26;
    row.getCell(1).style = titleStyle;
    row.commit();
  }

  section(text: string): void {
    this.#sheet.addRow([]).commit();
    const row = this.#sheet.addRow([text]);
    row.height = 20;
    for (let index = 1; index <= this.#widths.length; index += 1) row.getCell(index).style = sectionStyle;
    row.commit();
  }

  header(cells: readonly string[], style = headerStyle): void {
    const row = this.#sheet.addRow([...cells]);
    for (let index = 1; index <= cells.length; index += 1) {
      row.getCell(index).style = index === 1 ? headerStyle : style;
    }
    row.commit();
  }

  row(cells: readonly FactCell[], numberStyle: Partial<ExcelJS.Style> = countStyle): void {
    const values = cells.map((cell) => (typeof cell === 'string' ? workbookText(cell) : valueOf(cell)));
    const row = this.#sheet.addRow(values);
    const heights = values.map((value, index) => {
      const width = this.#widths[index];
      return typeof value === 'string' && width !== undefined ? wrappedHeight(value, width) : 0;
    });
    row.height = Math.max(15, ...heights);
    for (const [index, cell] of cells.entries()) {
      const target = row.getCell(index + 1);
      if (typeof cell === 'number') target.style = numberStyle;
      else if (typeof cell === 'object' && cell !== null) target.style = toneStyles[cell.tone];
      else target.style = index === 0 ? labelStyle : wrapStyle;
    }
    row.commit();
  }

  close(): void {
    this.#sheet.commit();
  }
}

function valueOf(cell: number | Label | null): string | number | undefined {
  if (cell === null) return undefined;
  return typeof cell === 'number' ? cell : cell.words;
}
