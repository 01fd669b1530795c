import type { PlannedSheet } from '../binding/workbook-plan.js';
import { elementsOf, xmlElement } from '../package/xml-elements.js';
import { type XmlDocument, type XmlElement, documentXml } from '../package/xml-tree.js';
import { parseRange, rangeText } from '../template/cell-range.js';
import type { CellRange } from '../template/template-model.js';
import { type RowMap, mapRange } from './row-map.js';

/** Names and numbers of tables, none twice in a workbook. */
export class TableNames {
  readonly #used = new Set<string>();
  #last = 0;

  next(wanted: string): { readonly id: number; readonly name: string } {
    this.#last += 1;
    let name = wanted;
    for (let number = 2; this.#used.has(name.toLowerCase()); number += 1) name = `${wanted}_${number}`;
    this.#used.add(name.toLowerCase());
    return { id: this.#last, name };
  }
}

/** Of a query outside, which is not kept. */
const queryAttributes = ['tableType', 'connectionId', 'queryTableFieldId', 'insertRow', 'insertRowShift'];

/**
 * A table over the rows written (ECMA-376 part 1, 18.5); null if its header is gone. Its columns are named as their
 * headers: programs repair a workbook where they are not.
 */
export function writeTable(
  { root, namespaces }: XmlDocument,
  { rows }: PlannedSheet,
  map: RowMap,
  names: TableNames,
): string | null {
  const range = parseRange(root.attributes['ref'] ?? '');
  const moved = range === null ? null : mapRange(range, map);
  if (range === null || moved === null) return null;
  const hasHeader = root.attributes['headerRowCount'] !== '0';
  const totals = Number(root.attributes['totalsRowCount'] ?? 0);
  const written = withRoom(moved, (hasHeader ? 2 : 1) + totals);
  const header = rows.find(({ number }) => hasHeader && number === range.top);
  const { id, name } = names.next(root.attributes['displayName'] ?? 'Table');
  const attributes = {
    ...without(root.attributes, queryAttributes),
    id: String(id),
    name,
    displayName: name,
    ref: rangeText(written),
  };
  const titles = (column: number): string | null => {
    const value = header?.cells.find((cell) => cell.column === column)?.value(undefined);
    // A line break in a name is written so (22.9.2.19).
    return typeof value === 'string' ? value.replaceAll('\n', '_x000a_') : null;
  };
  const children = elementsOf(root).flatMap((child): XmlElement[] => {
    if (child.name === 'autoFilter') {
      const ref = rangeText({ ...written, bottom: written.bottom - totals });
      return [{ ...child, attributes: { ...child.attributes, ref } }];
    }
    // It names rows of the template.
    if (child.name === 'sortState') return [];
    return [child.name === 'tableColumns' ? named(child, range.left, titles) : child];
  });
  return documentXml({ root: { ...root, attributes, children }, namespaces });
}

/** A table has a row of data at least. */
function withRoom(range: CellRange, rows: number): CellRange {
  return { ...range, bottom: Math.max(range.bottom, range.top + rows - 1) };
}

function named(columns: XmlElement, left: number, titles: (column: number) => string | null): XmlElement {
  const used = new Set<string>();
  const children = elementsOf(columns, 'tableColumn').map((each, index) => {
    const wanted = titles(left + index) ?? each.attributes['name'] ?? `Column${index + 1}`;
    let name = wanted;
    for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${wanted}${number}`;
    used.add(name.toLowerCase());
    return xmlElement(
      'tableColumn',
      { ...without(each.attributes, queryAttributes), id: String(index + 1), name },
      each.children,
    );
  });
  return { ...columns, attributes: { count: String(children.length) }, children };
}

function without(
  attributes: XmlElement['attributes'],
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
