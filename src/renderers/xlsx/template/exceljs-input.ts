import JSZip from 'jszip';
import { elementOf, elementsOf, xmlElement } from '../package/xml-elements.js';
import type { PartRelation } from '../package/xlsx-package.js';
import { type XmlDocument, type XmlElement, documentXml } from '../package/xml-tree.js';
import { columnLetters, columnNumber } from './cell-range.js';
import type { OpenedTemplate } from './opened-template.js';

/** What exceljs is to read of a sheet; of the rest it knows only some, and fails on some. */
const readByExceljs = new Set(['sheetFormatPr', 'cols', 'sheetData', 'mergeCells', 'hyperlinks']);

/** The cells, styles and properties of a template as a workbook that exceljs can read. */
export async function packedForExceljs(template: OpenedTemplate): Promise<Buffer> {
  const { file, workbook, workbookRelations, styles, sharedStrings, sheets } = template;
  const zip = new JSZip();
  const worksheets = sheets.flatMap(({ opened }) => opened ?? []);
  const listed = elementsOf(elementOf(workbook, 'sheets'), 'sheet');
  const entries = worksheets.map(({ name }, index) => {
    const { attributes } = listed.find((each) => each.attributes['name'] === name) ?? xmlElement('sheet');
    return xmlElement('sheet', { ...attributes, sheetId: String(index + 1), 'r:id': `rId${index + 1}` });
  });
  zip.file('xl/workbook.xml', workbookXml(workbook, entries));
  zip.file(
    'xl/_rels/workbook.xml.rels',
    relationsXml(worksheets.map((_, index) => `worksheets/sheet${index + 1}.xml`)),
  );
  for (const [index, { document, relations }] of worksheets.entries()) {
    const { root, rels } = forExceljs(document.root, relations);
    zip.file(`xl/worksheets/sheet${index + 1}.xml`, documentXml({ ...document, root }));
    if (rels !== '') zip.file(`xl/worksheets/_rels/sheet${index + 1}.xml.rels`, rels);
  }
  zip.file('xl/styles.xml', stylesXml(styles));
  if (sharedStrings !== null) zip.file('xl/sharedStrings.xml', documentXml(sharedStrings));
  const theme = workbookRelations.find(({ kind }) => kind === 'theme');
  if (theme !== undefined && file.has(theme.target))
    zip.file('xl/theme/theme1.xml', await file.bytes(theme.target));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'STORE' });
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Styles of cells; those of rules and tables are kept as they are. */
const cellStyles = new Set(['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs']);

function stylesXml(styles: XmlDocument | null): string {
  const namespaces = styles?.namespaces ?? new Map([['', main]]);
  const children = elementsOf(styles?.root).filter(({ name }) => cellStyles.has(name));
  return documentXml({ root: xmlElement('styleSheet', {}, children), namespaces });
}

function workbookXml(workbook: XmlElement, sheets: readonly XmlElement[]): string {
  const properties = elementsOf(workbook, 'workbookPr');
  const namespaces = new Map([
    ['', main],
    ['r', officeRelations],
  ]);
  return documentXml({
    root: xmlElement('workbook', {}, [...properties, xmlElement('sheets', {}, sheets)]),
    namespaces,
  });
}

function relationsXml(targets: readonly string[]): string {
  const children = targets.map((target, index) =>
    xmlElement('Relationship', {
      Id: `rId${index + 1}`,
      Type: `${officeRelations}/worksheet`,
      Target: target,
    }),
  );
  return documentXml({
    root: xmlElement('Relationships', {}, children),
    namespaces: new Map([['', packageRelations]]),
  });
}

/** Cells, and the links to addresses outside. Rows and cells without a place come after the one before (18.3.1.4). */
function forExceljs(
  root: XmlElement,
  relations: readonly PartRelation[],
): { readonly root: XmlElement; readonly rels: string } {
  const links: XmlElement[] = [];
  const targets: XmlElement[] = [];
  for (const { attributes } of elementsOf(elementOf(root, 'hyperlinks'), 'hyperlink')) {
    const target = linkTarget(attributes, relations);
    if (target === null) continue;
    const id = `rId${links.length + 1}`;
    const [ref = ''] = (attributes['ref'] ?? '').split(':');
    links.push(xmlElement('hyperlink', { ref, 'r:id': id }));
    targets.push(
      xmlElement('Relationship', {
        Id: id,
        Type: `${officeRelations}/hyperlink`,
        Target: target,
        TargetMode: 'External',
      }),
    );
  }
  const children = elementsOf(root)
    .filter(({ name }) => readByExceljs.has(name) && name !== 'hyperlinks')
    .map((each) => (each.name === 'sheetData' ? withPlaces(each) : each));
  const rels = documentXml({
    root: xmlElement('Relationships', {}, targets),
    namespaces: new Map([['', packageRelations]]),
  });
  return {
    root: {
      ...root,
      children: links.length === 0 ? children : [...children, xmlElement('hyperlinks', {}, links)],
    },
    rels: links.length === 0 ? '' : rels,
  };
}

function linkTarget(attributes: XmlElement['attributes'], relations: readonly PartRelation[]): string | null {
  const relation = relations.find(({ id, isExternal }) => isExternal && id === attributes['r:id']);
  if (relation === undefined) return null;
  const place = attributes['location'] ?? '';
  return place === '' ? relation.target : `${relation.target}#${place}`;
}

function withPlaces(data: XmlElement): XmlElement {
  let row = 0;
  const rows = elementsOf(data, 'row').map((each) => {
    row = Number(each.attributes['r'] ?? row + 1);
    let column = 0;
    const cells = elementsOf(each, 'c').map((cell) => {
      const written = cell.attributes['r'];
      column = written === undefined ? column + 1 : columnNumber(/^[A-Z]+/.exec(written)?.[0] ?? '');
      return { ...cell, attributes: { ...cell.attributes, r: `${columnLetters(column)}${row}` } };
    });
    return { ...each, attributes: { ...each.attributes, r: String(row) }, children: cells };
  });
  return { ...data, children: rows };
}
