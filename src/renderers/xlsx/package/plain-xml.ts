import { localName, mapElements } from './xml-elements.js';
import type { XmlElement } from './xml-tree.js';

/** Attributes whose value is text, whatever it looks like (ECMA-376 part 1, 18). */
const textAttributes = new Set([
  'name',
  'displayName',
  'uniqueName',
  'text',
  'prompt',
  'promptTitle',
  'error',
  'errorTitle',
  'comment',
  'description',
  'help',
  'statusBar',
  'formatCode',
  'ref',
  'sqref',
  'tooltip',
  'display',
  'location',
  'title',
  'dataCellStyle',
  'totalsRowLabel',
  'userName',
  'descr',
  'codeName',
  'typeface',
]);

/** Elements whose `val` is a boolean: marks of fonts (18.8.2, 18.8.26 and others). */
const booleanValues = new Set(['b', 'i', 'strike', 'condense', 'extend', 'outline', 'shadow']);

/** The order that the schema has for children of an element (annex A). */
const orders: Readonly<Record<string, readonly string[]>> = {
  sheetPr: ['tabColor', 'outlinePr', 'pageSetUpPr'],
  sheetView: ['pane', 'selection', 'pivotSelection', 'extLst'],
  headerFooter: ['oddHeader', 'oddFooter', 'evenHeader', 'evenFooter', 'firstHeader', 'firstFooter'],
  cfRule: ['formula', 'colorScale', 'dataBar', 'iconSet', 'extLst'],
  dataBar: ['cfvo', 'color', 'extLst'],
  colorScale: ['cfvo', 'color'],
  dataValidation: ['formula1', 'formula2'],
  dxf: ['font', 'numFmt', 'fill', 'alignment', 'border', 'protection', 'extLst'],
  font: [
    'b',
    'i',
    'strike',
    'condense',
    'extend',
    'outline',
    'shadow',
    'u',
    'vertAlign',
    'sz',
    'color',
    'name',
    'family',
    'charset',
    'scheme',
  ],
  table: ['autoFilter', 'sortState', 'tableColumns', 'tableStyleInfo', 'extLst'],
  comments: ['authors', 'commentList', 'extLst'],
};

/**
 * A tree of spreadsheet markup in the form that every reader takes: booleans are 1 and 0, where XML allows `true` and
 * `false` as well (XML Schema part 2, 3.2.2), and children have the order of the schema.
 */
export function plainXml(root: XmlElement): XmlElement {
  return mapElements(root, (element) => inOrder(withPlainBooleans(element))) ?? root;
}

function withPlainBooleans(element: XmlElement): XmlElement {
  const { name, attributes, children } = element;
  const isBooleanCell = name === 'c' && attributes['t'] === 'b';
  const entries = Object.entries(attributes);
  const isPlain = !entries.some(([, value]) => value === 'true' || value === 'false');
  if (isPlain && !isBooleanCell) return element;
  return {
    name,
    attributes: Object.fromEntries(entries.map(([key, value]) => [key, plainValue(name, key, value)])),
    children: isBooleanCell ? children.map(plainCellValue) : children,
  };
}

function plainValue(element: string, attribute: string, value: string): string {
  if (value !== 'true' && value !== 'false') return value;
  const isBoolean = attribute === 'val' ? booleanValues.has(element) : !textAttributes.has(attribute);
  if (!isBoolean) return value;
  return value === 'true' ? '1' : '0';
}

function plainCellValue(child: XmlElement | string): XmlElement | string {
  if (typeof child === 'string' || child.name !== 'v') return child;
  const [value] = child.children;
  if (value !== 'true' && value !== 'false') return child;
  return { ...child, children: [value === 'true' ? '1' : '0'] };
}

/** Children that the schema does not name come last, in the order that they have. */
function inOrder(element: XmlElement): XmlElement {
  const order = orders[element.name];
  if (order === undefined || element.children.length < 2) return element;
  const place = (node: XmlElement | string): number => {
    const found = typeof node === 'string' ? -1 : order.indexOf(localName(node));
    return found < 0 ? order.length : found;
  };
  return { ...element, children: element.children.toSorted((a, b) => place(a) - place(b)) };
}
