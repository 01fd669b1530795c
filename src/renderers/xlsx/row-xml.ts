/** One cell that holds something: its column, its style as the workbook numbers it, and its value. */
export interface XmlCell {
  /** `A`, `B`, … */
  readonly letter: string;
  /** 0: the workbook's default. */
  readonly styleId: number;
  readonly value: string | number;
}

const special = /[&<>"']/;
const specials = /[&<>"']/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * A row of sheet data (ECMA-376 part 1, 18.3.1.73), byte for byte as exceljs writes it for the same cells, which is
 * what its test compares. exceljs makes an object per cell and a list of text pieces per row: on a large day that
 * is most of the time of the whole report.
 *
 * @param cells at least one, from left to right; text without characters that XML does not allow
 * @param firstColumn and `lastColumn` of the cells, from 1
 * @param height in points; null where the reader's own height does
 */
export function rowXml(
  row: number,
  cells: readonly XmlCell[],
  firstColumn: number,
  lastColumn: number,
  height: number | null,
): string {
  const tall = height === null ? '' : ` ht="${height}" customHeight="1"`;
  let xml = `<row r="${row}"${tall} spans="${firstColumn}:${lastColumn}" x14ac:dyDescent="0.25">`;
  for (const { letter, styleId, value } of cells) {
    const style = styleId === 0 ? '' : ` s="${styleId}"`;
    xml +=
      typeof value === 'number'
        ? `<c r="${letter}${row}"${style}><v>${value}</v></c>`
        : `<c r="${letter}${row}"${style} t="str"><v>${escaped(value)}</v></c>`;
  }
  return `${xml}</row>`;
}

function escaped(text: string): string {
  return special.test(text) ? text.replace(specials, (found) => entities[found] ?? found) : text;
}
