import ExcelJS from 'exceljs';
import { escapeHtml } from '../base/escape.js';
import { hashSource } from '../base/hash-source.js';
import { cellText } from './cell-text.js';
import { shortenWorkbook } from './shorten-workbook.js';

/** How many rows of a sheet are shown. */
export const rowsShown = 300;

const frameStyle = `
body { margin: 1rem; font: 13px/1.4 Calibri, Carlito, Arial, sans-serif; color: #000; background: #fff; }
nav a { margin-right: 1em; }
h2 { margin: 2rem 0 0.5rem; }
div { overflow-x: auto; }
table { border-collapse: collapse; table-layout: fixed; width: max-content; }
td { border: 1px solid #d5d5d5; padding: 1px 4px; height: 1.4em; vertical-align: bottom; white-space: pre; overflow: hidden; text-overflow: ellipsis; }
td.wrap { white-space: pre-wrap; }
`;

/** Not shown. A file that a person edited may have them in forms that exceljs cannot read. */
const ignoredNodes = [
  'autoFilter',
  'conditionalFormatting',
  'dataValidations',
  'drawing',
  'extLst',
  'headerFooter',
  'pageSetup',
  'picture',
  'printOptions',
  'rowBreaks',
  'sheetProtection',
  'tableParts',
];

/** The sheets of a workbook as one page of tables: values, fonts, fills, widths. No script, no request. */
export async function workbookPage(workbook: Buffer): Promise<string> {
  const { bytes, rowsLeftOut } = shortenWorkbook(workbook, rowsShown);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer, { ignoreNodes: ignoredNodes });
  const classes = new Map<string, string>();
  const sheets = book.worksheets.map((sheet) =>
    sheetSection(sheet, rowsLeftOut.get(`xl/worksheets/sheet${sheet.id}.xml`) ?? 0, classes),
  );
  const links = book.worksheets.map(({ id, name }) => `<a href="#sheet-${id}">${escapeHtml(name)}</a>`);
  const style = `${frameStyle}${[...classes].map(([rules, name]) => `.${name} { ${rules} }\n`).join('')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'">
<title>report.xlsx</title>
<style>${style}</style>
</head>
<body>
<nav>${links.join('\n')}</nav>
${sheets.join('\n')}
</body>
</html>
`;
}

function sheetSection(sheet: ExcelJS.Worksheet, leftOut: number, classes: Map<string, string>): string {
  const width = Math.max(1, sheet.columnCount);
  const columns = Array.from({ length: width }, (_, index) => {
    const { width: characters = 9, hidden } = sheet.getColumn(index + 1);
    return `<col class="${classOf(hidden ? 'width: 0' : `width: ${Math.round(characters * 7 + 5)}px`, classes)}">`;
  });
  const rows: string[] = [];
  for (let number = 1; number <= sheet.rowCount; number += 1) {
    rows.push(rowElement(sheet.getRow(number), width, classes));
  }
  const state = sheet.state === 'visible' ? '' : ' (hidden)';
  return `<section>
<h2 id="sheet-${sheet.id}">${escapeHtml(sheet.name)}${state}</h2>
<div><table><colgroup>${columns.join('')}</colgroup>
${rows.join('\n')}
</table></div>
${leftOut === 0 ? '' : `<p>${leftOut.toLocaleString('en-US')} more rows of this sheet are in the workbook and not shown here.</p>`}
</section>`;
}

function rowElement(row: ExcelJS.Row, width: number, classes: Map<string, string>): string {
  const cells: string[] = [];
  for (let column = 1; column <= width; column += 1) {
    const cell = row.getCell(column);
    const isMergedAway = cell.isMerged && cell.master !== cell;
    if (!isMergedAway) cells.push(cellElement(cell, spansOf(cell), classes));
  }
  return `<tr>${cells.join('')}</tr>`;
}

/** How many columns and rows a merged cell spans. */
function spansOf(cell: ExcelJS.Cell): { readonly columns: number; readonly rows: number } {
  if (!cell.isMerged) return { columns: 1, rows: 1 };
  const { worksheet } = cell;
  const [row, column] = [Number(cell.row), Number(cell.col)];
  const isPart = (down: number, right: number): boolean =>
    worksheet.findCell(row + down, column + right)?.master === cell;
  let columns = 1;
  let rows = 1;
  while (isPart(0, columns)) columns += 1;
  while (isPart(rows, 0)) rows += 1;
  return { columns, rows };
}

function cellElement(
  cell: ExcelJS.Cell,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  classes: Map<string, string>,
): string {
  const rules = styleRules(cell);
  const names = [
    ...(rules === '' ? [] : [classOf(rules, classes)]),
    ...(cell.alignment?.wrapText ? ['wrap'] : []),
  ];
  const attributes = [
    names.length === 0 ? '' : ` class="${names.join(' ')}"`,
    columns === 1 ? '' : ` colspan="${columns}"`,
    rows === 1 ? '' : ` rowspan="${rows}"`,
  ];
  return `<td${attributes.join('')}>${escapeHtml(cellText(cell))}</td>`;
}

/** One class for each distinct set of rules. Inline styles would not be covered by the policy's hash. */
function classOf(rules: string, classes: Map<string, string>): string {
  const known = classes.get(rules) ?? `s${classes.size + 1}`;
  classes.set(rules, known);
  return known;
}

/** Only values of known form get into the style sheet. */
function styleRules(cell: ExcelJS.Cell): string {
  const { font, fill, alignment } = cell;
  const rules: string[] = [];
  const colour = cssColour(font?.color?.argb);
  const ground = fill?.type === 'pattern' && fill.pattern === 'solid' ? cssColour(fill.fgColor?.argb) : null;
  if (font?.bold) rules.push('font-weight: bold');
  if (font?.italic) rules.push('font-style: italic');
  if (font?.underline) rules.push('text-decoration: underline');
  if (typeof font?.size === 'number') rules.push(`font-size: ${font.size}pt`);
  if (colour !== null) rules.push(`color: ${colour}`);
  if (ground !== null) rules.push(`background: ${ground}`);
  const isNumber = typeof cell.value === 'number' || cell.value instanceof Date;
  const horizontal = alignment?.horizontal ?? (isNumber ? 'right' : undefined);
  if (horizontal === 'left' || horizontal === 'center' || horizontal === 'right') {
    rules.push(`text-align: ${horizontal}`);
  }
  if (alignment?.vertical === 'top') rules.push('vertical-align: top');
  if (alignment?.vertical === 'middle') rules.push('vertical-align: middle');
  return rules.join('; ');
}

/** `FFC74634` -> `#C74634` */
function cssColour(argb: string | undefined): string | null {
  const colour = /^(?:[0-9a-f]{2})?([0-9a-f]{6})$/i.exec(argb ?? '')?.[1];
  return colour === undefined ? null : `#${colour}`;
}
