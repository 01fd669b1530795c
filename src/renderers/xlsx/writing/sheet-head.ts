import { elementOf, xmlElement } from '../package/xml-elements.js';
import { type XmlElement, elementXml } from '../package/xml-tree.js';
import { columnLetters } from '../template/cell-range.js';
import type { SheetMarkup } from '../template/sheet-markup.js';
import type { TemplateColumn } from '../template/template-model.js';
import { defaultRowHeight, isOrdinaryHeight } from '../template/wrapped-height.js';

/** Namespaces of every sheet: of rows, and of the extensions that we add. */
const namespaces: readonly (readonly [string, string])[] = [
  ['', 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'],
  ['r', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'],
  ['mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'],
  ['x14ac', 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac'],
  ['x14', 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'],
  ['xm', 'http://schemas.microsoft.com/office/excel/2006/main'],
];

/** The beginning of a sheet's part up to its columns: properties, panes, default height. */
export function sheetHead(markup: SheetMarkup): string {
  const declared = new Map([...namespaces, ...markup.namespaces]);
  const ignorable = new Set(['x14ac', ...markup.ignorable].filter((prefix) => declared.has(prefix)));
  const names = [...declared].map(
    ([prefix, uri]) => ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${uri}"`,
  );
  const properties = markup.elements.find(({ name }) => name === 'sheetPr');
  const views = markup.elements.find(({ name }) => name === 'sheetViews');
  const format = markup.elements.find(({ name }) => name === 'sheetFormatPr');
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    `<worksheet${names.join('')} mc:Ignorable="${[...ignorable].join(' ')}">` +
    (properties === undefined ? '' : propertiesXml(properties)) +
    elementXml(xmlElement('sheetViews', {}, [viewOf(elementOf(views, 'sheetView'))])) +
    elementXml(formatOf(format))
  );
}

/** Without the name that macros know it by, and the state of a filter, which is gone. */
function propertiesXml({ attributes, children }: XmlElement): string {
  const { codeName: _macros, filterMode: _filter, ...kept } = attributes;
  return Object.keys(kept).length === 0 && children.length === 0
    ? ''
    : elementXml(xmlElement('sheetPr', kept, children));
}

/** Panes, grid lines and the like, but not what was selected and how far it was scrolled. */
function viewOf(view: XmlElement | undefined): XmlElement {
  const { tabSelected: _selected, topLeftCell: _scrolled, ...kept } = view?.attributes ?? {};
  const pane = elementOf(view, 'pane');
  return xmlElement('sheetView', { ...kept, workbookViewId: '0' }, pane === undefined ? [] : panesOf(pane));
}

function panesOf({ attributes }: XmlElement): readonly XmlElement[] {
  const { xSplit = '0', ySplit = '0', state = 'split' } = attributes;
  const columns = Number(xSplit);
  const rows = Number(ySplit);
  if (columns === 0 && rows === 0) return [];
  const activePane = columns > 0 && rows > 0 ? 'bottomRight' : columns > 0 ? 'topRight' : 'bottomLeft';
  const splits = { ...(columns > 0 ? { xSplit } : {}), ...(rows > 0 ? { ySplit } : {}) };
  const place =
    state === 'split'
      ? { activePane, state }
      : { topLeftCell: `${columnLetters(columns + 1)}${rows + 1}`, activePane, state: 'frozen' };
  return [xmlElement('pane', { ...splits, ...place }), xmlElement('selection', { pane: activePane })];
}

/** A default height that a program has written of itself is the usual one. */
function formatOf(format: XmlElement | undefined): XmlElement {
  const { defaultRowHeight: written, customHeight: _custom, ...kept } = format?.attributes ?? {};
  const height = Number(written ?? defaultRowHeight);
  return isOrdinaryHeight(height)
    ? xmlElement('sheetFormatPr', { defaultRowHeight: String(defaultRowHeight), ...kept })
    : xmlElement('sheetFormatPr', { defaultRowHeight: String(height), customHeight: '1', ...kept });
}

/** @param styles numbers of the columns' styles in the workbook */
export function columnsXml(columns: readonly TemplateColumn[], styles: readonly number[]): string {
  const written: XmlElement[] = [];
  let begin = 0;
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column === undefined) continue;
    const attributes = columnAttributes(column, styles[index] ?? 0);
    const next = columns[index + 1];
    const isSame =
      next !== undefined &&
      JSON.stringify(columnAttributes(next, styles[index + 1] ?? 0)) === JSON.stringify(attributes);
    if (isSame) continue;
    written.push(xmlElement('col', { min: String(begin + 1), max: String(index + 1), ...attributes }));
    begin = index + 1;
  }
  return written.length === 0 ? '' : elementXml(xmlElement('cols', {}, written));
}

function columnAttributes(
  { width, isHidden, outlineLevel, isCollapsed }: TemplateColumn,
  style: number,
): XmlElement['attributes'] {
  return {
    width: String(width),
    ...(style === 0 ? {} : { style: String(style) }),
    ...(isHidden ? { hidden: '1' } : {}),
    ...(outlineLevel === 0 ? {} : { outlineLevel: String(outlineLevel) }),
    ...(isCollapsed ? { collapsed: '1' } : {}),
    customWidth: '1',
  };
}
