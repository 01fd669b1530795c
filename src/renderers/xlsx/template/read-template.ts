import { reasonWords } from '../../../model/reasons/reason-words.js';
import type ExcelJS from 'exceljs';
import { explainError } from '../../../errors.js';
import { serialDate } from '../serial-date.js';
import { elementOf, elementsOf, textOf } from '../package/xml-elements.js';
import { columnLetters, parseRange } from './cell-range.js';
import { defaultTheme, workbookReader } from '../exceljs-library.js';
import { packedForExceljs } from './exceljs-input.js';
import type { TemplateModel } from './kept-template.js';
import { type OpenedSheet, type OpenedTemplate, openTemplate } from './opened-template.js';
import { createStyleReader } from './read-style.js';
import { readMarkup } from './sheet-markup.js';
import type {
  TemplateCell,
  TemplateContent,
  TemplateProperties,
  TemplateRow,
  TemplateSheet,
} from './template-model.js';
import { unreadableWorkbook } from './template-place.js';
import { workbookMarkup } from './workbook-markup.js';
import { isOrdinaryHeight } from './wrapped-height.js';

/** Width of a column that the template leaves unchanged, in characters. */
const defaultWidth = 9;
/** Rows and columns beyond these are leftover formats of a cleared sheet. */
const maxRows = 2000;
const maxColumns = 500;

type ReadStyle = ReturnType<typeof createStyleReader>;

interface LoadedWorkbook extends ExcelJS.Workbook {
  readonly _themes?: Readonly<Record<string, string>>;
}

/**
 * What is kept of a template: cells and styles as exceljs reads them, the rest as XML. docs/workbook-template.md lists what is
 * not kept, left-out.ts finds it.
 *
 * @param path for messages
 * @throws Failure('usage') that names the file
 */
export async function templateModelOf(bytes: Buffer, path: string): Promise<TemplateModel> {
  const Workbook = workbookReader();
  const workbook: LoadedWorkbook = new Workbook();
  try {
    const opened = await openTemplate(bytes);
    await workbook.xlsx.load((await packedForExceljs(opened)) as unknown as ExcelJS.Buffer);
    const worksheets = opened.sheets.flatMap((sheet) => sheet.opened ?? []);
    const sheets: TemplateSheet[] = [];
    const styleOf = createStyleReader();
    for (const [index, sheet] of workbook.worksheets.entries()) {
      const part = worksheets[index];
      if (part !== undefined) sheets.push(await readSheet(sheet, part, opened, styleOf));
    }
    if (sheets.length === 0) throw new Error(reasonWords('workbookNoSheet'));
    return {
      sheets,
      markup: workbookMarkup(opened),
      properties: await readProperties(opened),
      theme: workbook._themes?.['theme1'] ?? defaultTheme(),
    };
  } catch (error) {
    throw unreadableWorkbook(path, explainError(error), error);
  }
}

async function readProperties({ file }: OpenedTemplate): Promise<TemplateProperties> {
  const part = (await file.relations('')).find(({ kind }) => kind === 'core-properties');
  const root =
    part === undefined || !file.has(part.target) ? undefined : (await file.document(part.target)).root;
  const of = (name: string): string => textOf(elementOf(root, name));
  return {
    title: of('dc:title'),
    subject: of('dc:subject'),
    description: of('dc:description'),
    keywords: of('cp:keywords'),
    category: of('cp:category'),
  };
}

async function readSheet(
  sheet: ExcelJS.Worksheet,
  part: OpenedSheet,
  { file }: OpenedTemplate,
  styleOf: ReadStyle,
): Promise<TemplateSheet> {
  const rows = readRows(sheet, styleOf);
  const used = rows.flatMap(({ cells }) => cells.map(({ column }) => column));
  return {
    name: part.name,
    state: sheet.state,
    columns: readColumns(sheet, part, { used: Math.max(1, ...used), styleOf }),
    rows,
    merges: mergesOf(sheet).flatMap((written) => parseRange(written) ?? []),
    markup: await readMarkup(part, file),
  };
}

/** Columns that cells use, and further ones that somebody has changed. */
function readColumns(
  sheet: ExcelJS.Worksheet,
  { document }: OpenedSheet,
  { used, styleOf }: { readonly used: number; readonly styleOf: ReadStyle },
): TemplateSheet['columns'] {
  const base = sheet.properties.defaultColWidth ?? defaultWidth;
  const written = elementsOf(elementOf(document.root, 'cols'), 'col').map(({ attributes }) => ({
    min: Number(attributes['min']),
    max: Number(attributes['max']),
    outlineLevel: Number(attributes['outlineLevel'] ?? 0),
    isCollapsed: attributes['collapsed'] === '1',
  }));
  const changed = written.map(({ max }) => max).filter((max) => max <= maxColumns);
  return Array.from({ length: Math.max(used, ...changed) }, (_, index) => {
    const { width, hidden, style } = sheet.getColumn(index + 1);
    const found = written.find(({ min, max }) => min <= index + 1 && index + 1 <= max);
    return {
      width: width ?? base,
      isHidden: hidden === true,
      outlineLevel: found?.outlineLevel ?? 0,
      isCollapsed: found?.isCollapsed ?? false,
      style: styleOf(style),
    };
  });
}

/** Rows with content, and rows between them: one that only has a height is kept, too. */
function readRows(sheet: ExcelJS.Worksheet, styleOf: ReadStyle): readonly TemplateRow[] {
  const merged = mergedCells(sheet);
  const rows: TemplateRow[] = [];
  for (let number = 1; number <= Math.min(sheet.rowCount, maxRows); number += 1) {
    const row = sheet.findRow(number);
    if (row === undefined) continue;
    const cells: TemplateCell[] = [];
    for (let column = 1; column <= Math.min(row.cellCount, maxColumns); column += 1) {
      const cell = row.findCell(column);
      if (cell === undefined) continue;
      const content = merged.has(cell.address) ? blank : cellContent(cell);
      if (content.kind === 'blank' && !isStyled(cell.style)) continue;
      cells.push({ letter: columnLetters(column), column, content, style: styleOf(cell.style) });
    }
    const height = row.height === undefined || isOrdinaryHeight(row.height) ? null : row.height;
    const outlineLevel = row.outlineLevel ?? 0;
    const isHidden = row.hidden === true;
    if (cells.length > 0 || height !== null || isHidden || outlineLevel > 0)
      rows.push({ number, height, isHidden, outlineLevel, cells });
  }
  return trimmed(rows);
}

/** Without trailing empty rows. */
function trimmed(rows: readonly TemplateRow[]): readonly TemplateRow[] {
  const last = rows.findLastIndex(({ cells }) => cells.some(({ content }) => content.kind !== 'blank'));
  return rows.slice(0, last + 1);
}

const blank: TemplateContent = { kind: 'blank' };

function isStyled(style: Partial<ExcelJS.Style>): boolean {
  return Object.keys(style).length > 0;
}

/** The cells that a merge covers, except the visible one. */
function mergedCells(sheet: ExcelJS.Worksheet): ReadonlySet<string> {
  const covered = new Set<string>();
  for (const written of mergesOf(sheet)) {
    const range = parseRange(written);
    if (range === null) continue;
    for (let row = range.top; row <= range.bottom; row += 1) {
      for (let column = range.left; column <= range.right; column += 1)
        if (row !== range.top || column !== range.left) covered.add(`${columnLetters(column)}${row}`);
    }
  }
  return covered;
}

function mergesOf(sheet: ExcelJS.Worksheet): readonly string[] {
  return (sheet.model as unknown as { readonly merges: readonly string[] }).merges;
}

function cellContent(cell: ExcelJS.Cell): TemplateContent {
  const { value } = cell;
  if (value === null || value === undefined) return blank;
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'constant', value };
  if (value instanceof Date) return { kind: 'constant', value: serialDate(value.getTime()) };
  if ('richText' in value) return { kind: 'text', text: value.richText.map(({ text }) => text).join('') };
  if ('hyperlink' in value) return linkContent(value);
  if ('formula' in value || 'sharedFormula' in value) return { kind: 'formula', formula: cell.formula };
  return blank;
}

/** A link to a fixed address becomes a formula; one whose text is an expression is reduced to its text. */
function linkContent({ text, hyperlink }: ExcelJS.CellHyperlinkValue): TemplateContent {
  const words = typeof text === 'string' ? text : cellWords(text);
  if (words.includes('{{')) return { kind: 'text', text: words };
  return { kind: 'formula', formula: `HYPERLINK(${formulaText(hyperlink)},${formulaText(words)})` };
}

/** exceljs returns rich text where its types promise a string. */
function cellWords(text: unknown): string {
  const parts = (text as { readonly richText?: readonly { readonly text: string }[] } | null)?.richText ?? [];
  return parts.map((part) => part.text).join('');
}

function formulaText(words: string): string {
  return `"${words.replaceAll('"', '""')}"`;
}
