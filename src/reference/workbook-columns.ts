import ExcelJS from 'exceljs';
import type { Wording } from '../renderers/view/wording.js';

/** A sheet of a shipped workbook that is a table. */
export interface ShippedSheet {
  readonly name: string;
  readonly columns: readonly { readonly head: string; readonly field: string }[];
}

/** The sheets of a template that have one row that repeats, with the header above each field: the others are no tables. */
export async function sheetsOfWorkbook(
  bytes: Uint8Array,
  wording: Wording,
): Promise<readonly ShippedSheet[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  return book.worksheets.flatMap((sheet) => {
    const columns: ShippedSheet['columns'][number][] = [];
    let lists = 0;
    sheet.eachRow((row, number) => {
      if (!String(row.getCell(1).value).includes('{{#each ')) return;
      lists += 1;
      row.eachCell((cell, column) => {
        const [, field] = /\{\{([a-zA-Z]+\.[\w.-]+)\}\}/.exec(String(cell.text)) ?? [];
        const head = inWords(String(sheet.getRow(number - 1).getCell(column).text), wording);
        if (field !== undefined && head !== '') columns.push({ head, field });
      });
    });
    return lists !== 1 ? [] : [{ name: inWords(sheet.name, wording), columns }];
  });
}

/** Messages in words; what only a report can say is left out. */
function inWords(text: string, { text: say }: Wording): string {
  return text
    .replaceAll(/\{\{t ["']([^"']+)["']\}\}/g, (_tag, key: string) => say(key))
    .replaceAll(/\s*\(?\{\{[^}]*\}\}\)?/g, '')
    .trim();
}
