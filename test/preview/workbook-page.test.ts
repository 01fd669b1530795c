import { describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { rowsShown, workbookPage } from '../../src/preview/workbook-page.js';

describe('a workbook as a page', () => {
  it('shows values as their formats have them, merged cells, and that rows are left out', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('A <sheet>');
    sheet.addRow([
      '<b>',
      0.999,
      new Date('2026-11-19T02:10:00Z'),
      26.5 / 24,
      12345,
      { formula: '1+1', result: 2 },
    ]);
    for (const [column, numFmt] of [
      [2, '0.0%'],
      [3, 'yyyy-mm-dd hh:mm'],
      [4, '[h]:mm'],
      [5, '#,##0'],
    ] as const) {
      sheet.getCell(1, column).numFmt = numFmt;
    }
    sheet.getCell('A1').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFC74634' } };
    sheet.getCell('A2').value = 'merged';
    sheet.mergeCells('A2:B3');
    for (let row = 4; row <= rowsShown + 7; row += 1) sheet.getCell(row, 1).value = `row ${row}`;
    book.addWorksheet('kept apart', { state: 'hidden' }).addRow([true]);
    const page = await workbookPage(Buffer.from(await book.xlsx.writeBuffer()));
    expect(page).toContain('A &lt;sheet&gt;</h2>');
    const cells = [...page.matchAll(/<td([^>]*)>([^<]*)<\/td>/g)].map(([, , text]) => text);
    expect(cells.slice(0, 6)).toEqual(['&lt;b&gt;', '99.9%', '2026-11-19 02:10', '26:30', '12,345', '2']);
    expect(page).toMatch(/background: #C74634/);
    expect(page).toMatch(/colspan="2" rowspan="2">merged</);
    expect(page).toContain(`>row ${rowsShown}<`);
    expect(page).not.toContain(`>row ${rowsShown + 1}<`);
    expect(page).toContain('7 more rows of this sheet are in the workbook');
    expect(page).toContain('kept apart (hidden)</h2>');
  });

  it('cannot be made of what is no workbook', async () => {
    await expect(workbookPage(Buffer.from('<html>'))).rejects.toThrow('it is not a workbook');
  });
});
