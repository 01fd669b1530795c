import { escapeXml } from '../../../base/escape.js';
import { officeRelations, packageRelations } from '../package/relation-names.js';
import { stampPartName, stampRelation } from '../package/stamp-part.js';
import { xmlElement } from '../package/xml-elements.js';
import { type XmlElement, documentXml, elementXml } from '../package/xml-tree.js';
import type { SheetState, TemplateProperties } from '../template/template-model.js';

/** A part of the workbook beside its own sheets. */
export interface ExtraPart {
  readonly name: string;
  readonly content: Buffer | string;
  /** null: determined by the file extension. */
  readonly contentType: string | null;
}

/** A sheet of the workbook that is being written. */
export interface WorkbookSheet {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly state: SheetState;
}

/** For the document's properties. */
export interface WorkbookMaker {
  readonly made: Date;
  /** Name of the tool. */
  readonly tool: string;
}

/*
 * The small parts of a workbook (ECMA-376 part 1, 12.3 and 15.2; part 2, 9) as exceljs writes them, and the stamp.
 */

const vmlType = 'application/vnd.openxmlformats-officedocument.vmlDrawing';
const sheetTypes = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const packageTypes = 'application/vnd.openxmlformats-package';

/** Number of the first sheet's relationship: styles and theme have those before it. */
const firstSheetId = 3;

export function packageRelationsXml(): string {
  return relationsXml([
    [`${officeRelations}/officeDocument`, 'xl/workbook.xml'],
    [`${packageRelations}/metadata/core-properties`, 'docProps/core.xml'],
    [`${officeRelations}/extended-properties`, 'docProps/app.xml'],
    [stampRelation, stampPartName],
  ]);
}

export function workbookRelationsXml(sheets: readonly WorkbookSheet[]): string {
  return relationsXml([
    [`${officeRelations}/styles`, 'styles.xml'],
    [`${officeRelations}/theme`, 'theme/theme1.xml'],
    ...sheets.map(({ number }): [string, string] => [
      `${officeRelations}/worksheet`,
      `worksheets/sheet${number}.xml`,
    ]),
  ]);
}

/** With the numbers of their order. */
function relationsXml(relations: readonly (readonly [type: string, target: string])[]): string {
  return documentOf(
    xmlElement(
      'Relationships',
      {},
      relations.map(([type, target], index) =>
        xmlElement('Relationship', { Id: `rId${index + 1}`, Type: type, Target: target }),
      ),
    ),
    { '': packageRelations },
  );
}

export function contentTypesXml(sheets: readonly WorkbookSheet[], parts: readonly ExtraPart[]): string {
  return documentOf(
    xmlElement('Types', {}, [
      byEnding('rels', `${packageTypes}.relationships+xml`),
      byEnding('xml', 'application/xml'),
      ofPart('xl/workbook.xml', `${sheetTypes}.sheet.main+xml`),
      ...sheets.map(({ number }) =>
        ofPart(`xl/worksheets/sheet${number}.xml`, `${sheetTypes}.worksheet+xml`),
      ),
      ofPart('xl/theme/theme1.xml', 'application/vnd.openxmlformats-officedocument.theme+xml'),
      ofPart('xl/styles.xml', `${sheetTypes}.styles+xml`),
      byEnding('vml', vmlType),
      ofPart('docProps/core.xml', `${packageTypes}.core-properties+xml`),
      ofPart('docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'),
      ...parts.flatMap(({ name, contentType }) =>
        contentType === null || contentType === vmlType ? [] : [ofPart(name, contentType)],
      ),
    ]),
    { '': 'http://schemas.openxmlformats.org/package/2006/content-types' },
  );
}

export function appXml(sheets: readonly WorkbookSheet[]): string {
  const names = sheets.map(({ name }) => textElement('vt:lpstr', name));
  return documentOf(
    xmlElement('Properties', {}, [
      textElement('Application', 'Microsoft Excel'),
      textElement('DocSecurity', '0'),
      textElement('ScaleCrop', 'false'),
      xmlElement('HeadingPairs', {}, [
        xmlElement('vt:vector', { size: '2', baseType: 'variant' }, [
          variant('vt:lpstr', 'Worksheets'),
          variant('vt:i4', String(sheets.length)),
        ]),
      ]),
      xmlElement('TitlesOfParts', {}, [
        xmlElement('vt:vector', { size: String(sheets.length), baseType: 'lpstr' }, names),
      ]),
      textElement('Company', ''),
      textElement('LinksUpToDate', 'false'),
      textElement('SharedDoc', 'false'),
      textElement('HyperlinksChanged', 'false'),
      textElement('AppVersion', '16.0300'),
    ]),
    {
      '': 'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties',
      vt: 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes',
    },
  );
}

export function coreXml({ made, tool }: WorkbookMaker, properties: TemplateProperties): string {
  const { title, subject, description, keywords, category } = properties;
  const time = made.toISOString().replace(/\.\d{3}/, '');
  const moment = (name: string): XmlElement => xmlElement(name, { 'xsi:type': 'dcterms:W3CDTF' }, [time]);
  return documentOf(
    xmlElement('cp:coreProperties', {}, [
      textElement('dc:creator', tool),
      textElement('dc:title', title),
      textElement('dc:subject', subject),
      textElement('dc:description', description),
      textElement('cp:keywords', keywords),
      textElement('cp:category', category),
      textElement('cp:lastModifiedBy', tool),
      moment('dcterms:created'),
      moment('dcterms:modified'),
    ]),
    {
      cp: 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties',
      dc: 'http://purl.org/dc/elements/1.1/',
      dcterms: 'http://purl.org/dc/terms/',
      dcmitype: 'http://purl.org/dc/dcmitype/',
      xsi: 'http://www.w3.org/2001/XMLSchema-instance',
    },
  );
}

/**
 * @param protection XML of the protection of its structure; empty: it is not protected
 * @param names XML of the defined names; empty: none
 */
export function workbookXml(sheets: readonly WorkbookSheet[], protection: string, names: string): string {
  const listed = sheets.map(({ number, name, state }) =>
    xmlElement('sheet', {
      sheetId: String(number),
      name,
      state,
      'r:id': `rId${firstSheetId + number - 1}`,
    }),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
    ` xmlns:r="${escapeXml(officeRelations)}"` +
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15"' +
    ' xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">' +
    '<fileVersion appName="xl" lastEdited="5" lowestEdited="5" rupBuild="9303"/>' +
    '<workbookPr defaultThemeVersion="164011" filterPrivacy="1"/>' +
    `${protection}${elementXml(xmlElement('sheets', {}, listed))}${names}` +
    '<calcPr calcId="171027"/></workbook>'
  );
}

function documentOf(root: XmlElement, namespaces: Readonly<Record<string, string>>): string {
  return documentXml({ root, namespaces: new Map(Object.entries(namespaces)) });
}

function byEnding(ending: string, type: string): XmlElement {
  return xmlElement('Default', { Extension: ending, ContentType: type });
}

function ofPart(name: string, type: string): XmlElement {
  return xmlElement('Override', { PartName: `/${name}`, ContentType: type });
}

function textElement(name: string, text: string): XmlElement {
  return xmlElement(name, {}, [text]);
}

function variant(name: string, value: string): XmlElement {
  return xmlElement('vt:variant', {}, [textElement(name, value)]);
}
