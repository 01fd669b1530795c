import type { WorkbookPlan } from '../binding/workbook-plan.js';
import { xmlElement } from '../package/xml-elements.js';
import { type XmlElement, elementXml } from '../package/xml-tree.js';
import type { TemplateName } from '../template/workbook-markup.js';
import { type MovedSheet, moveReferences } from './move-references.js';
import type { WrittenSheet } from './write-sheet.js';

/** Numbers of sheets in a plan, by their names in the template and in the workbook. */
export type SheetIndex = (name: string) => number | null;

export function indexSheets({ sheets }: Pick<WorkbookPlan, 'sheets'>): SheetIndex {
  const byName = new Map<string, number>();
  for (const [index, { name }] of sheets.entries()) byName.set(name.toLowerCase(), index);
  for (const [index, { template }] of sheets.entries()) byName.set(template.name.toLowerCase(), index);
  return (name) => byName.get(name.toLowerCase()) ?? null;
}

/** XML of the template's defined names over the rows written, and of those of the filters; empty: none. */
export function definedNamesXml(
  { markup }: WorkbookPlan,
  written: readonly WrittenSheet[],
  indexOf: SheetIndex,
): string {
  const names = markup.names.flatMap((each) => namesOf(each, written, indexOf));
  const filters = written
    .flatMap(({ parts }) => parts)
    .flatMap(({ number, filter }) =>
      filter === null ? [] : [nameXml('_xlnm._FilterDatabase', filter, { localSheetId: String(number - 1) })],
    );
  const all = [...names, ...filters];
  return all.length === 0 ? '' : elementXml(xmlElement('definedNames', {}, all));
}

/** A name of a sheet is there for each of its parts. One of which no rows are left is left out. */
function namesOf(
  { name, sheet, formula, isHidden }: TemplateName,
  written: readonly WrittenSheet[],
  indexOf: SheetIndex,
): readonly XmlElement[] {
  const hidden = isHidden ? { hidden: '1' } : {};
  const moved = (sheets: (name: string) => MovedSheet | null): string | null =>
    moveReferences(formula, { own: null, sheets }, { oneCell: 'all rows', noRows: 'drop' });
  const firstPart = (of: string): MovedSheet | null => written[indexOf(of) ?? -1]?.parts[0] ?? null;
  if (sheet === null) {
    const found = moved(firstPart);
    return found === null ? [] : [nameXml(name, found, hidden)];
  }
  const index = indexOf(sheet);
  return (written[index ?? -1]?.parts ?? []).flatMap((part) => {
    const found = moved((of) => (indexOf(of) === index ? part : firstPart(of)));
    return found === null ? [] : [nameXml(name, found, { localSheetId: String(part.number - 1), ...hidden })];
  });
}

function nameXml(name: string, formula: string, attributes: XmlElement['attributes']): XmlElement {
  return xmlElement('definedName', { name, ...attributes }, [formula]);
}
