import { reasonWords } from '../../../model/reasons/reason-words.js';
import type { Wording } from '../../view/wording.js';
import type { SheetMarkup } from '../template/sheet-markup.js';
import type { CellRange, TemplateSheet, WorkbookTemplate } from '../template/template-model.js';
import { type TemplatePlace, atPlace, forEveryOne, workbookFault } from '../template/template-place.js';
import { sheetNameLimit } from '../workbook-limits.js';
import { bindFooters } from './bind-footer.js';
import { bindMarkup } from './bind-markup.js';
import { type BoundRow, type SheetBinding, bindRow, mergeOf } from './bind-row.js';
import { type Binding, bindFormula, bindParts } from './bind-text.js';
import type { BoundLists } from './bound-lists.js';
import { createCellValues } from './cell-values.js';
import { parseText } from './expression.js';
import { createScopes } from './field-scope.js';
import type { ColumnFact } from './workbook-facts.js';
import type { PlannedSheet, WorkbookPlan } from './workbook-plan.js';

/**
 * Resolves every expression of a template, so that none can fail once rows are being written.
 *
 * @param timezone of the report, IANA
 * @throws Failure('usage') that names sheet and cell
 */
export function bindTemplate(
  template: WorkbookTemplate,
  lists: BoundLists,
  wording: Wording,
  timezone: string,
): WorkbookPlan {
  const { path } = template;
  const values = createCellValues(wording, timezone);
  const binding: Binding = { lists, wording, values, scopeOf: createScopes(lists) };
  const words = (text: string, where: string): string =>
    atPlace({ path, where }, () => fixedText(text, binding));
  const sheets = forEveryOne(template.sheets, (sheet) => {
    const name = words(sheet.name, `sheet ${sheet.name}`);
    const fault = sheetNameFault(name);
    if (fault !== null) throw workbookFault({ path, where: `sheet ${sheet.name}` }, fault);
    return bindSheet(sheet, name, path, binding);
  });
  checkSheets(sheets, path);
  const { title, subject, description, keywords, category } = template.properties;
  const where = 'document properties';
  return {
    sheets,
    markup: template.markup,
    theme: template.theme,
    properties: {
      title: words(title, where),
      subject: words(subject, where),
      description: words(description, where),
      keywords: words(keywords, where),
      category: words(category, where),
    },
  };
}

/**
 * A text that occurs once, with fields of the whole report only.
 *
 * @throws ExpressionFault
 */
function fixedText(text: string, binding: Binding): string {
  const parts = parseText(text);
  if (parts.length === 0) return '';
  // Next to an empty text a field becomes part of a text rather than a typed value.
  const bound = bindParts([...parts, { kind: 'text', text: '' }], binding.scopeOf(null), binding);
  return String(bound.value(undefined) ?? '');
}

function sheetNameFault(name: string): string | null {
  if (name.length > 0 && name.length <= sheetNameLimit && !/[\\/?*[\]:]|^'|'$/.test(name)) return null;
  return reasonWords('sheetName', { name: `"${name}"`, limit: sheetNameLimit, forbidden: '\\ / ? * [ ] :' });
}

function checkSheets(sheets: readonly PlannedSheet[], path: string): void {
  const names = new Set<string>();
  let jobRows = 0;
  for (const { name, rows } of sheets) {
    const where = `sheet ${name}`;
    if (names.has(name.toLowerCase())) throw workbookFault({ path, where }, reasonWords('sheetTwice'));
    names.add(name.toLowerCase());
    jobRows += rows.filter(({ list }) => list?.batches === null).length;
    if (jobRows > 1) throw workbookFault({ path, where }, reasonWords('jobsListedTwice'));
  }
}

function bindSheet(template: TemplateSheet, name: string, path: string, binding: Binding): PlannedSheet {
  const place = (where: string): TemplatePlace => ({ path, where: `sheet ${name}, ${where}` });
  const ofSheet: SheetBinding = { ...binding, template, place: (address) => place(`cell ${address}`) };
  const rows = forEveryOne(template.rows, (row) => bindRow(row, ofSheet));
  return {
    name,
    template,
    rows: rows.map(({ row }) => row),
    markup: bindSheetMarkup(template.markup, binding, place),
    logos: rows.flatMap(({ row, logos }) => logos.map((column) => cellArea(row.number, column, template))),
    columns: describeColumns(name, rows, binding),
  };
}

function cellArea(row: number, column: number, { merges }: TemplateSheet): CellRange {
  return mergeOf(row, column, merges) ?? { top: row, left: column, bottom: row, right: column };
}

function bindSheetMarkup(
  markup: SheetMarkup,
  binding: Binding,
  place: (where: string) => TemplatePlace,
): SheetMarkup {
  const text = (written: string, where: string): string =>
    atPlace(place(where), () => fixedText(written, binding));
  const elements = markup.elements.map((element) =>
    element.name === 'headerFooter' ? bindFooters(element, text, place('header or footer')) : element,
  );
  const formula = (written: string, where: string): string =>
    atPlace(place(where), () => bindFormula(written, binding));
  return bindMarkup({ ...markup, elements }, { text, formula });
}

/** The meaning of the columns of a table; a sheet with one repeated row is a table. */
function describeColumns(
  sheet: string,
  rows: readonly BoundRow[],
  { wording }: Binding,
): readonly ColumnFact[] {
  const repeated = rows.filter(({ row }) => row.list !== null);
  const [body] = repeated;
  if (body === undefined || repeated.length > 1) return [];
  const above = rows.filter(({ row }) => row.number < body.row.number).toReversed();
  return [...body.texts].flatMap(([column, { kind, fields }]): ColumnFact[] => {
    const field = fields.find(({ takes }) => takes === 'row');
    if (field === undefined) return [];
    const header = above
      .map(({ texts }) => texts.get(column)?.value(undefined))
      .find((words) => typeof words === 'string');
    return [
      {
        sheet,
        name: header ?? '',
        key: fields.map(({ path }) => path).join(', '),
        kind: wording.text(`workbook.kind.${kind ?? 'text'}`),
        meaning: wording.text(field.meaning),
      },
    ];
  });
}
