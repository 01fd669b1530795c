import { describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { workbookText } from '../../src/base/text-safety.js';
import { type XmlValue, cellFrame, cellXml, rowXml } from '../../src/renderers/xlsx/writing/row-xml.js';

/** The parts of exceljs' writer that the comparison needs: its register of styles and what it writes of a sheet. */
interface Internals {
  readonly styles: { addStyleModel(style: Partial<ExcelJS.Style>): number };
  readonly stream: { write(xml: string): void };
}

const styles: readonly Partial<ExcelJS.Style>[] = [
  { alignment: { vertical: 'top' } },
  { numFmt: '[h]:mm:ss' },
  { font: { bold: true }, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFDECC8' } } },
];

interface Value {
  readonly value: XmlValue;
  readonly style: number;
}

/** The last row that exceljs' own streaming writer makes of the values. */
function byExceljs(rows: readonly (readonly (Value | null)[])[], height: number | null): string {
  const { sheet, written } = openSheet();
  for (const values of rows) {
    const row = sheet.addRow([]);
    for (const [index, value] of values.entries()) {
      if (value === null) continue;
      row.getCell(index + 1).value = value.value as ExcelJS.CellValue;
      row.getCell(index + 1).style = styles[value.style] ?? {};
    }
    if (height !== null) row.height = height;
    row.commit();
  }
  return written.at(-1) ?? '';
}

function openSheet(): { sheet: ExcelJS.Worksheet; written: string[]; workbook: Internals } {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ useStyles: true });
  const sheet = workbook.addWorksheet('Jobs');
  const written: string[] = [];
  (sheet as unknown as Internals).stream.write = (xml) => written.push(String(xml));
  return { sheet, written, workbook: workbook as unknown as Internals };
}

function byOurs(values: readonly (Value | null)[], row: number, height: number | null): string {
  const { sheet, workbook } = openSheet();
  const ids = styles.map((style) => workbook.styles.addStyleModel(style));
  let cells = '';
  const columns: number[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const frame = cellFrame(sheet.getColumn(index + 1).letter, ids[value.style] ?? 0);
    cells += cellXml(frame, String(row), value.value);
    columns.push(index + 1);
  }
  const [firstColumn, lastColumn] = [columns[0] ?? 0, columns.at(-1) ?? 0];
  return rowXml({ number: row, cells, firstColumn, lastColumn, height, marks: '' });
}

const anyCell = fc.record({
  value: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }).map(workbookText),
    fc.constantFrom('=HYPERLINK("x")', `<b> & "q" 'q'`, ' spaces ', 'two\nlines', ''),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
      null,
      { formula: 'SUM(A1:A2)&"<x>"' },
      { formula: 'HYPERLINK("#A1","x")', result: '<x>' },
    ),
  ),
  style: fc.nat({ max: styles.length - 1 }),
});

describe('a row of sheet data', () => {
  it('is written as exceljs writes it', () => {
    // exceljs leaves out a row in which no cell has a value.
    const row = fc
      .array(fc.option(anyCell), { minLength: 1, maxLength: 30 })
      .filter((cells) => cells.some((cell) => cell !== null && cell.value !== null));
    fc.assert(
      fc.property(row, fc.option(fc.integer({ min: 16, max: 409 })), (values, height) => {
        // All styles are met in the first row, so that both number them alike.
        const first = styles.map((_, style) => ({ value: 'x', style }));
        expect(byOurs(values, 2, height)).toBe(byExceljs([first, values], height));
      }),
    );
  });
});
