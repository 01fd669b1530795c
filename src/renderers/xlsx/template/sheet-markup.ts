import { type CarriedPart, carryPart } from '../package/carried-part.js';
import { elementOf, elementsOf } from '../package/xml-elements.js';
import type { OfficePackage, PartRelation } from '../package/xlsx-package.js';
import type { XmlDocument, XmlElement } from '../package/xml-tree.js';
import type { OpenedSheet } from './opened-template.js';
import { plainDocument } from './opened-template.js';
import { type TemplateNotes, readNotes } from './read-notes.js';

/** What is kept of a sheet beside its cells: as XML of the file, moved to where its rows end up. */
export interface SheetMarkup {
  /** Namespaces of the sheet by prefix, and those of them that a reader need not know. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly ignorable: readonly string[];
  /** Children of the sheet that are kept, in the order of the file. */
  readonly elements: readonly XmlElement[];
  /** null: nothing is drawn. */
  readonly drawing: CarriedPart | null;
  /** Picture behind the cells. */
  readonly background: CarriedPart | null;
  /** Pictures of header and footer. */
  readonly footerPictures: CarriedPart | null;
  readonly notes: TemplateNotes | null;
  readonly tables: readonly XmlDocument[];
}

/** Children of a sheet that are kept (ECMA-376 part 1, 18.3.1.99). */
export const keptElements: ReadonlySet<string> = new Set([
  'sheetPr',
  'sheetViews',
  'sheetFormatPr',
  'sheetProtection',
  'protectedRanges',
  'autoFilter',
  'conditionalFormatting',
  'dataValidations',
  'hyperlinks',
  'printOptions',
  'pageMargins',
  'pageSetup',
  'headerFooter',
  'rowBreaks',
  'colBreaks',
  'ignoredErrors',
  'extLst',
]);

/** Extensions that are kept: rules, validations and sparklines of newer programs ([MS-XLSX] 2.3). */
export const keptExtensions: ReadonlySet<string> = new Set([
  'x14:conditionalFormattings',
  'x14:dataValidations',
  'x14:sparklineGroups',
]);

/** @throws Error that names the part that cannot be read */
export async function readMarkup(sheet: OpenedSheet, file: OfficePackage): Promise<SheetMarkup> {
  const { document, relations } = sheet;
  const { root, namespaces } = document;
  const carried = async (element: string): Promise<CarriedPart | null> => {
    const id = elementOf(root, element)?.attributes['r:id'];
    const relation = relations.find((each) => each.id === id && !each.isExternal);
    return relation === undefined || !file.has(relation.target) ? null : carryPart(file, relation.target);
  };
  return {
    namespaces,
    ignorable: (root.attributes['mc:Ignorable'] ?? '').split(' ').filter((prefix) => prefix !== ''),
    elements: elementsOf(root).flatMap(keptElement),
    drawing: await carried('drawing'),
    background: await carried('picture'),
    footerPictures: await carried('legacyDrawingHF'),
    notes: await readNotes(relations, file),
    tables: await readTables(root, relations, file),
  };
}

function keptElement(element: XmlElement): readonly XmlElement[] {
  if (!keptElements.has(element.name)) return [];
  if (element.name !== 'extLst') return [element];
  const children = elementsOf(element, 'ext').filter((ext) =>
    elementsOf(ext).some(({ name }) => keptExtensions.has(name)),
  );
  return children.length === 0 ? [] : [{ ...element, children }];
}

async function readTables(
  root: XmlElement,
  relations: readonly PartRelation[],
  file: OfficePackage,
): Promise<readonly XmlDocument[]> {
  const tables: XmlDocument[] = [];
  for (const { attributes } of elementsOf(elementOf(root, 'tableParts'), 'tablePart')) {
    const relation = relations.find(({ id }) => id === attributes['r:id']);
    if (relation !== undefined && file.has(relation.target))
      tables.push(await plainDocument(file, relation.target));
  }
  return tables;
}
