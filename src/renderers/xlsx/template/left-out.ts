import { elementOf, elementsOf, textOf } from '../package/xml-elements.js';
import type { PartRelation } from '../package/xlsx-package.js';
import type { XmlElement } from '../package/xml-tree.js';
import type { OpenedSheet, OpenedTemplate } from './opened-template.js';
import { keptElements, keptExtensions } from './sheet-markup.js';

/** Something of a template that its reports do not have. */
export interface LeftOut {
  /** Name of its sheet in the template; null: it belongs to the whole workbook. */
  readonly sheet: string | null;
  /** `pivot tables` */
  readonly what: string;
}

/** Parts of a sheet, by the kind of their relationship ([MS-XLSX] 2.1). */
const sheetParts: Readonly<Record<string, string>> = {
  pivotTable: 'pivot tables',
  slicer: 'slicers',
  timeline: 'timelines',
  queryTable: 'tables that query a source',
  threadedComment: 'replies to comments: the comments are kept as notes',
  control: 'ActiveX controls',
  ctrlProp: 'form controls',
  oleObject: 'embedded objects',
  package: 'embedded objects',
  customProperty: 'custom properties of a sheet',
};

/** Parts of a workbook. Those that no person has made are not listed. */
const workbookParts: Readonly<Record<string, string>> = {
  vbaProject: 'macros (VBA)',
  externalLink: 'links to other workbooks',
  connections: 'connections to data',
  xmlMaps: 'maps of XML',
  attachedToolbars: 'toolbars',
  rdRichValue: 'pictures and data types in cells',
  revisionHeaders: 'tracked changes',
};

/** Sheets without cells. */
const sheetKinds: Readonly<Record<string, string>> = {
  chartsheet: 'sheets that are a chart: put the chart on a sheet with cells',
  dialogsheet: 'sheets that are a dialog',
  xlMacrosheet: 'sheets of macros',
  xlIntlMacrosheet: 'sheets of macros',
};

/** Children of a sheet that hold nothing of their own, or are read as cells. */
const plainElements = new Set(
  [
    ['dimension', 'cols', 'sheetData', 'sheetCalcPr', 'mergeCells', 'drawing', 'legacyDrawing'],
    ['legacyDrawingHF', 'picture', 'tableParts', 'sortState', 'phoneticPr', 'drawingHF'],
  ].flat(),
);

/** What further children of a sheet are. */
const elementNames: Readonly<Record<string, string>> = {
  scenarios: 'scenarios',
  dataConsolidate: 'consolidations',
  customSheetViews: 'custom views',
  cellWatches: 'watched cells',
  smartTags: 'smart tags',
  webPublishItems: 'web publishing',
  oleObjects: 'embedded objects',
  controls: 'form controls',
  'mc:AlternateContent': 'form controls',
  customProperties: 'custom properties of a sheet',
};

const extensionNames: Readonly<Record<string, string>> = {
  'x14:slicerList': 'slicers',
  'x15:timelineRefs': 'timelines',
};

/** Everything of a template that is not kept, each once for its sheet, in the order of the sheets. */
export function leftOutOf({ workbookRelations, sheets, sharedStrings }: OpenedTemplate): readonly LeftOut[] {
  const found: LeftOut[] = [...known(workbookRelations, workbookParts)].map((what) => ({
    sheet: null,
    what,
  }));
  const formatted = formattedTexts(sharedStrings?.root);
  for (const { name, kind, opened } of sheets) {
    const all =
      opened === null
        ? [sheetKinds[kind] ?? `sheets of the kind ${kind}`]
        : leftOutOfSheet(opened, formatted);
    for (const what of new Set(all)) found.push({ sheet: name, what });
  }
  return found;
}

function leftOutOfSheet(
  { document, relations }: OpenedSheet,
  formatted: ReadonlySet<string>,
): readonly string[] {
  const { root } = document;
  return [
    ...known(relations, sheetParts),
    ...elementsOf(root).flatMap(leftOutElement),
    ...(elementsOf(elementOf(root, 'autoFilter'), 'filterColumn').length > 0
      ? ['criteria of a filter: the filter is kept without them']
      : []),
    ...(cellsOf(root).some(isArray) ? ['array formulas: they are kept as formulas of one cell'] : []),
    ...(cellsOf(root).some((cell) => isFormatted(cell, formatted))
      ? ['formatting of parts of a text: the cell has one format']
      : []),
  ];
}

function known(
  relations: readonly PartRelation[],
  names: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set(relations.flatMap(({ kind }) => names[kind] ?? []))];
}

function leftOutElement(element: XmlElement): readonly string[] {
  const { name } = element;
  if (name === 'extLst') return elementsOf(element, 'ext').flatMap(leftOutExtension);
  if (keptElements.has(name) || plainElements.has(name)) return [];
  return [elementNames[name] ?? `<${name}>`];
}

function leftOutExtension(ext: XmlElement): readonly string[] {
  return elementsOf(ext).flatMap(({ name }) =>
    keptExtensions.has(name) ? [] : [extensionNames[name] ?? `<${name}>`],
  );
}

function cellsOf(root: XmlElement): readonly XmlElement[] {
  return elementsOf(elementOf(root, 'sheetData'), 'row').flatMap((row) => elementsOf(row, 'c'));
}

function isArray(cell: XmlElement): boolean {
  const type = elementOf(cell, 'f')?.attributes['t'];
  return type === 'array' || type === 'dataTable';
}

/** Numbers of the shared texts that have several formats. */
function formattedTexts(root: XmlElement | undefined): ReadonlySet<string> {
  const texts = elementsOf(root, 'si');
  return new Set(texts.flatMap((text, index) => (hasFormats(text) ? [String(index)] : [])));
}

function isFormatted(cell: XmlElement, formatted: ReadonlySet<string>): boolean {
  const { t } = cell.attributes;
  if (t === 's') return formatted.has(textOf(elementOf(cell, 'v')));
  const text = elementOf(cell, 'is');
  return text !== undefined && hasFormats(text);
}

/** Programs write a text in one format as one part. */
function hasFormats(text: XmlElement): boolean {
  const parts = elementsOf(text, 'r');
  return parts.length > 1 && parts.some((part) => elementOf(part, 'rPr') !== undefined);
}
