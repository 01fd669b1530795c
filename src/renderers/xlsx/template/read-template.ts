import ExcelJS from 'exceljs';
import { Failure, explainError } from '../../../errors.js';
import type { TemplateFiles } from '../../templates/template-files.js';
import { serialDate } from '../serial-date.js';
import { columnLetters, parseRange } from './cell-range.js';
import type {
  AnchorPoint,
  ConditionalFormat,
  TemplateCell,
  TemplateContent,
  TemplateName,
  TemplatePicture,
  TemplateRow,
  TemplateSheet,
  WorkbookTemplate,
} from './template-model.js';
import { defaultRowHeight } from './wrapped-height.js';

const templateName = 'report.xlsx';

/** Width of a column that the template leaves unchanged, in characters. */
const defaultWidth = 9;
/** In points: LibreOffice's default height for common fonts is a little less than Excel's. */
const ordinaryHeightRange = 2.5;
/** Rows and columns beyond these are leftover formats of a cleared sheet. */
const maxRows = 2000;
const maxColumns = 500;

/** A sheet as exceljs reads it: its types omit some properties, and which ones may be missing. */
interface LoadedSheet extends Omit<ExcelJS.Worksheet, 'views' | 'headerFooter'> {
  readonly views: readonly Partial<ExcelJS.WorksheetView>[] | null;
  readonly headerFooter: Partial<ExcelJS.HeaderFooter> | null;
  readonly conditionalFormattings?: readonly {
    readonly ref: string;
    readonly rules: readonly ExcelJS.ConditionalFormattingRule[];
  }[];
}
interface LoadedWorkbook extends ExcelJS.Workbook {
  readonly _themes?: Readonly<Record<string, string>>;
}
interface LoadedAnchor {
  readonly nativeCol: number;
  readonly nativeColOff: number;
  readonly nativeRow: number;
  readonly nativeRowOff: number;
}

/**
 * Reads the workbook template with everything that is kept of it: cells, styles, formats, pictures, page setup.
 * docs/workbook-template.md lists what is not kept.
 *
 * @throws Failure('usage') that names the file
 */
export async function readWorkbookTemplate(files: TemplateFiles): Promise<WorkbookTemplate> {
  const { path, bytes } = await files.read(templateName);
  const workbook: LoadedWorkbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch (error) {
    throw unreadableWorkbook(path, explainError(error), error);
  }
  if (workbook.worksheets.length === 0) throw unreadableWorkbook(path, 'it has no sheet');
  return {
    path,
    sheets: workbook.worksheets.map((sheet) => readSheet(sheet as LoadedSheet, workbook)),
    names: readNames(workbook),
    properties: {
      title: workbook.title ?? '',
      subject: workbook.subject ?? '',
      description: workbook.description ?? '',
      keywords: workbook.keywords ?? '',
      category: workbook.category ?? '',
    },
    theme: workbook._themes?.['theme1'] ?? null,
  };
}

function unreadableWorkbook(path: string, why: string, cause?: unknown): Failure {
  return new Failure('usage', `template ${path}: it cannot be read as a workbook: ${why}`, {
    hints: ['Save it as an Excel workbook (.xlsx), or start from the one that comes with the tool.'],
    cause,
  });
}

function readSheet(sheet: LoadedSheet, workbook: ExcelJS.Workbook): TemplateSheet {
  const rows = readRows(sheet);
  const used = rows.flatMap(({ cells }) => cells.map(({ column }) => column));
  const { printArea: _notKept, ...pageSetup } = sheet.pageSetup;
  return {
    name: sheet.name,
    state: sheet.state,
    properties: sheet.properties,
    pageSetup,
    headerFooter: sheet.headerFooter ?? {},
    view: sheet.views?.[0] ?? {},
    columns: readColumns(sheet, Math.max(1, ...used)),
    rows,
    merges: mergesOf(sheet).flatMap((written) => parseRange(written) ?? []),
    filter: typeof sheet.autoFilter === 'string' ? parseRange(sheet.autoFilter) : null,
    conditionalFormats: readFormats(sheet),
    pictures: readPictures(sheet, workbook),
  };
}

function readColumns(sheet: LoadedSheet, used: number): TemplateSheet['columns'] {
  const base = sheet.properties.defaultColWidth ?? defaultWidth;
  return Array.from({ length: used }, (_, index) => {
    const { width, hidden, style } = sheet.getColumn(index + 1);
    return { width: width ?? base, isHidden: hidden === true, style: style ?? {} };
  });
}

/** Rows with content, and rows between them: one that only has a height is kept, too. */
function readRows(sheet: LoadedSheet): readonly TemplateRow[] {
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
      cells.push({ letter: columnLetters(column), column, content, style: cell.style });
    }
    const height = ownHeight(row.height);
    if (cells.length > 0 || height !== null) rows.push({ number, height, cells });
  }
  return trimmed(rows);
}

/** Spreadsheet programs write the height of every row: one close to the default was not set by a person. */
function ownHeight(height: number | undefined): number | null {
  return height === undefined || Math.abs(height - defaultRowHeight) <= ordinaryHeightRange ? null : height;
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
function mergedCells(sheet: LoadedSheet): ReadonlySet<string> {
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

function mergesOf(sheet: LoadedSheet): readonly string[] {
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

function readFormats(sheet: LoadedSheet): readonly ConditionalFormat[] {
  return (sheet.conditionalFormattings ?? []).flatMap(({ ref, rules }) => {
    const ranges = ref.split(/[ ,]/).flatMap((written) => parseRange(written) ?? []);
    return ranges.length === 0 ? [] : [{ ranges, rules }];
  });
}

function readPictures(sheet: LoadedSheet, workbook: ExcelJS.Workbook): readonly TemplatePicture[] {
  return sheet.getImages().flatMap(({ imageId, range }): TemplatePicture[] => {
    const image = workbook.getImage(Number(imageId));
    if (image?.buffer === undefined) return [];
    const { tl, br, ext } = range as unknown as {
      readonly tl: LoadedAnchor;
      readonly br?: LoadedAnchor;
      readonly ext?: { readonly width: number; readonly height: number };
    };
    if (br === undefined && ext === undefined) return [];
    return [
      {
        extension: image.extension,
        bytes: Buffer.from(image.buffer as unknown as Uint8Array),
        from: anchorOf(tl),
        to: br === undefined ? null : anchorOf(br),
        size: ext ?? null,
      },
    ];
  });
}

function anchorOf({ nativeCol, nativeColOff, nativeRow, nativeRowOff }: LoadedAnchor): AnchorPoint {
  return { column: nativeCol, columnOffset: nativeColOff, row: nativeRow, rowOffset: nativeRowOff };
}

function readNames(workbook: ExcelJS.Workbook): readonly TemplateName[] {
  return workbook.definedNames.model.flatMap(({ name, ranges }): TemplateName[] => {
    const [written = ''] = ranges;
    const at = written.lastIndexOf('!');
    const range = parseRange(written.slice(at + 1));
    if (name.startsWith('_xlnm') || ranges.length !== 1 || at < 0 || range === null) return [];
    const sheet = written
      .slice(0, at)
      .replace(/^'(.*)'$/s, '$1')
      .replaceAll("''", "'");
    return [{ name, sheet, range }];
  });
}
