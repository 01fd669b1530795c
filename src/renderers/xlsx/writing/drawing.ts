import type { PlannedSheet } from '../binding/workbook-plan.js';
import { elementOf, elementsOf, textOf, xmlElement } from '../package/xml-elements.js';
import type { XmlDocument, XmlElement } from '../package/xml-tree.js';
import type { CellRange, TemplateSheet } from '../template/template-model.js';
import { defaultRowHeight } from '../template/wrapped-height.js';
import type { LogoPicture } from './logo-picture.js';
import { columnPixels, pixelsPerPoint, unitsPerPixel } from './pixels.js';
import type { RowMap } from './row-map.js';

const namespaces: readonly (readonly [string, string])[] = [
  ['xdr', 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'],
  ['a', 'http://schemas.openxmlformats.org/drawingml/2006/main'],
  ['r', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'],
];

/** A drawing without anything in it. */
export const emptyDrawing: XmlDocument = { root: xmlElement('xdr:wsDr'), namespaces: new Map(namespaces) };

/** Where on a sheet a picture is, in pixels within the cell and of its size. */
interface PicturePlace {
  readonly column: number;
  readonly columnPixels: number;
  readonly row: number;
  readonly rowPixels: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn on a sheet of the template, moved with the cells that it begins in; it keeps its size. */
export function moveDrawing({ root, namespaces: declared }: XmlDocument, map: RowMap): XmlDocument {
  const children = elementsOf(root).flatMap((each) => moveAnchors(each, map) ?? []);
  return { root: { ...root, children }, namespaces: declared };
}

/** Anchors can be in an alternative for newer programs (ECMA-376 part 3). */
function moveAnchors(element: XmlElement, map: RowMap): XmlElement | null {
  if (!element.name.startsWith('mc:'))
    return element.name.endsWith('CellAnchor') ? moveAnchor(element, map) : element;
  const children = elementsOf(element).flatMap((each) => moveAnchors(each, map) ?? []);
  return children.length === 0 && elementsOf(element).length > 0 ? null : { ...element, children };
}

function moveAnchor(anchor: XmlElement, map: RowMap): XmlElement {
  const begin = rowOf(elementOf(anchor, 'xdr:from'));
  const rows = map.of(begin + 1);
  const shift = (rows === null ? placeWithout(begin, map) : rows.first - 1) - begin;
  const children = anchor.children.map((child) => {
    if (typeof child === 'string' || (child.name !== 'xdr:from' && child.name !== 'xdr:to')) return child;
    return withRow(child, rowOf(child) + shift);
  });
  return { ...anchor, children };
}

/** The row from 0 that follows the rows above, where the row itself is gone. */
function placeWithout(begin: number, map: RowMap): number {
  for (let row = begin; row > 0; row -= 1) {
    const rows = map.of(row);
    if (rows !== null) return rows.last;
  }
  return 0;
}

function rowOf(point: XmlElement | undefined): number {
  return Number(textOf(elementOf(point, 'xdr:row')));
}

function withRow(point: XmlElement, row: number): XmlElement {
  const children = point.children.map((child) =>
    typeof child !== 'string' && child.name === 'xdr:row' ? { ...child, children: [String(row)] } : child,
  );
  return { ...point, children };
}

/** A drawing with the logo in each of its cells. @param logo the picture and the id of its relationship */
export function withLogos(
  drawing: XmlDocument,
  logo: { readonly picture: LogoPicture; readonly id: string },
  { template, logos }: PlannedSheet,
  map: RowMap,
): XmlDocument {
  const { picture, id } = logo;
  const { root } = drawing;
  const added = logos.flatMap((area, index) => {
    const place = placeLogo(picture, area, template, map);
    return place === null ? [] : [pictureXml(place, id, elementsOf(root).length + index)];
  });
  return {
    root: { ...root, children: [...root.children, ...added] },
    namespaces: new Map([...drawing.namespaces, ...namespaces]),
  };
}

/** As large as the cells allow; right-aligned if their text would be. */
function placeLogo(
  logo: LogoPicture,
  area: CellRange,
  template: TemplateSheet,
  map: RowMap,
): PicturePlace | null {
  const rows = map.of(area.top);
  if (rows === null) return null;
  const space = spaceOf(area, template);
  const scale = Math.min(space.width / logo.width, space.height / logo.height, 1);
  const width = Math.round(logo.width * scale);
  const height = Math.round(logo.height * scale);
  const isRight = isRightAt(area, template);
  return {
    column: area.left - 1,
    columnPixels: isRight ? space.width - width : 0,
    row: rows.first - 1,
    rowPixels: (space.height - height) / 2,
    width,
    height,
  };
}

/** In pixels. */
function spaceOf(area: CellRange, { columns, rows }: TemplateSheet): { width: number; height: number } {
  let width = 0;
  for (let column = area.left; column <= area.right; column += 1)
    width += columnPixels(columns[column - 1]?.width);
  let height = 0;
  for (let row = area.top; row <= area.bottom; row += 1) {
    const points = rows.find(({ number }) => number === row)?.height ?? defaultRowHeight;
    height += Math.floor(points * pixelsPerPoint);
  }
  return { width, height };
}

function isRightAt({ top, left }: CellRange, { rows }: TemplateSheet): boolean {
  const row = rows.find(({ number }) => number === top);
  return row?.cells.find(({ column }) => column === left)?.style.isRight === true;
}

function units(pixels: number): string {
  return String(Math.round(pixels * unitsPerPixel));
}

function coordinate(name: string, value: string): XmlElement {
  return xmlElement(`xdr:${name}`, {}, [value]);
}

function pictureXml(place: PicturePlace, image: string, index: number): XmlElement {
  return xmlElement('xdr:oneCellAnchor', {}, [
    xmlElement('xdr:from', {}, [
      coordinate('col', String(place.column)),
      coordinate('colOff', units(place.columnPixels)),
      coordinate('row', String(place.row)),
      coordinate('rowOff', units(place.rowPixels)),
    ]),
    xmlElement('xdr:ext', { cx: units(place.width), cy: units(place.height) }),
    xmlElement('xdr:pic', {}, [
      xmlElement('xdr:nvPicPr', {}, [
        xmlElement('xdr:cNvPr', { id: String(10_000 + index), name: `Logo ${index + 1}` }),
        xmlElement('xdr:cNvPicPr', {}, [xmlElement('a:picLocks', { noChangeAspect: '1' })]),
      ]),
      xmlElement('xdr:blipFill', {}, [
        xmlElement('a:blip', { 'r:embed': image }),
        xmlElement('a:stretch', {}, [xmlElement('a:fillRect')]),
      ]),
      xmlElement('xdr:spPr', {}, [xmlElement('a:prstGeom', { prst: 'rect' }, [xmlElement('a:avLst')])]),
    ]),
    xmlElement('xdr:clientData'),
  ]);
}
