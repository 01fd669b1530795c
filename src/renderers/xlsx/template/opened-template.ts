import { plainXml } from '../package/plain-xml.js';
import { elementOf, elementsOf } from '../package/xml-elements.js';
import { type OfficePackage, type PartRelation, openOfficePackage } from '../package/xlsx-package.js';
import type { XmlDocument, XmlElement } from '../package/xml-tree.js';

/** A sheet of the template: its part in plain form. */
export interface OpenedSheet {
  readonly name: string;
  readonly document: XmlDocument;
  readonly relations: readonly PartRelation[];
}

export interface OpenedTemplate {
  readonly file: OfficePackage;
  readonly workbook: XmlElement;
  readonly workbookRelations: readonly PartRelation[];
  readonly styles: XmlDocument | null;
  /** Texts that cells share; null: there are none. */
  readonly sharedStrings: XmlDocument | null;
  /** All of the workbook in their order; null: it has no cells, as a sheet that is a chart. */
  readonly sheets: readonly {
    readonly name: string;
    readonly kind: string;
    readonly opened: OpenedSheet | null;
  }[];
}

/**
 * Opens a workbook of any program. The parts that are read as markup come out in plain form: known prefixes, plain
 * booleans, order of the schema.
 *
 * @throws Error if it is not a workbook, with the part that cannot be read
 */
export async function openTemplate(bytes: Buffer): Promise<OpenedTemplate> {
  const file = await openOfficePackage(bytes);
  const main = (await file.relations('')).find(({ kind }) => kind === 'officeDocument');
  if (main === undefined) throw new Error('it has no workbook part');
  const workbook = plainXml((await file.document(main.target)).root);
  const workbookRelations = await file.relations(main.target);
  const sheets: OpenedTemplate['sheets'][number][] = [];
  for (const { attributes } of elementsOf(elementOf(workbook, 'sheets'), 'sheet')) {
    const name = attributes['name'] ?? '';
    const relation = workbookRelations.find(({ id }) => id === attributes['r:id']);
    if (relation === undefined) continue;
    const opened = relation.kind === 'worksheet' ? await openSheetPart(file, name, relation.target) : null;
    sheets.push({ name, kind: relation.kind, opened });
  }
  const partOf = async (wanted: string): Promise<XmlDocument | null> => {
    const found = workbookRelations.find(({ kind }) => kind === wanted);
    return found === undefined || !file.has(found.target) ? null : plainDocument(file, found.target);
  };
  return {
    file,
    workbook,
    workbookRelations,
    styles: await partOf('styles'),
    sharedStrings: await partOf('sharedStrings'),
    sheets,
  };
}

async function openSheetPart(file: OfficePackage, name: string, part: string): Promise<OpenedSheet> {
  return { name, document: await plainDocument(file, part), relations: await file.relations(part) };
}

/** A part of spreadsheet markup in plain form. */
export async function plainDocument(file: OfficePackage, part: string): Promise<XmlDocument> {
  const { root, namespaces } = await file.document(part);
  return { root: plainXml(root), namespaces };
}
