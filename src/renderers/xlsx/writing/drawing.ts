import type { PlannedSheet } from '../binding/workbook-plan.js';
import type { AnchorPoint, CellRange, TemplatePicture, TemplateSheet } from '../template/template-model.js';
import { defaultRowHeight } from '../template/wrapped-height.js';
import type { LogoPicture } from './logo-picture.js';
import type { RowMap } from './row-map.js';
import type { ExtraPart } from './stable-workbook.js';

/** English Metric Units (EMU) of drawings, per pixel and per point. */
const unitsPerPixel = 9525;
const pixelsPerPoint = 96 / 72;
/** Width of a digit and padding of a column, in the default font. */
const pixelsPerDigit = 7;
const columnPadding = 5;

const main = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const spreadsheet = 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A picture and its position, as XML. */
interface Placed {
  readonly extension: string;
  readonly bytes: Buffer;
  readonly openTag: string;
  readonly closeTag: string;
  readonly anchor: string;
}

/** What a sheet with pictures needs: parts of the file, and the tag that refers to them; empty without pictures. */
export interface SheetDrawing {
  readonly parts: readonly ExtraPart[];
  readonly tag: string;
}

/**
 * The template's own pictures, and the logo in its cells (ECMA-376 part 1, 20.5). exceljs' streaming writer does not
 * support pictures.
 *
 * @param sheet number of the sheet, used in the names of its parts
 */
export function drawSheet(
  { template, logos }: PlannedSheet,
  map: RowMap,
  sheet: number,
  logo: LogoPicture | null,
): SheetDrawing {
  const placed = [
    ...template.pictures.flatMap((picture) => placeTemplatePicture(picture, map) ?? []),
    ...(logo === null ? [] : logos.flatMap((area) => placeLogo(logo, area, template, map) ?? [])),
  ];
  if (placed.length === 0) return { parts: [], tag: '' };
  const media = placed.map(({ extension }, index) => `sheet${sheet}picture${index + 1}.${extension}`);
  return {
    tag: '<drawing r:id="rId1"/>',
    parts: [
      ...placed.map(({ bytes }, index) => ({
        name: `xl/media/${media[index]}`,
        content: bytes,
        contentType: null,
      })),
      {
        name: `xl/drawings/drawing${sheet}.xml`,
        content: drawingXml(placed),
        contentType: 'application/vnd.openxmlformats-officedocument.drawing+xml',
      },
      relations(
        `xl/drawings/_rels/drawing${sheet}.xml.rels`,
        'image',
        media.map((name) => `../media/${name}`),
      ),
      relations(`xl/worksheets/_rels/sheet${sheet}.xml.rels`, 'drawing', [`../drawings/drawing${sheet}.xml`]),
    ],
  };
}

function placeTemplatePicture(picture: TemplatePicture, map: RowMap): Placed | null {
  const { extension, bytes, from, to, size } = picture;
  const begin = movedPoint(from, map);
  const end = to === null ? null : movedPoint(to, map);
  if (begin === null) return null;
  if (end !== null) {
    return {
      extension,
      bytes,
      openTag: '<xdr:twoCellAnchor editAs="oneCell">',
      closeTag: '</xdr:twoCellAnchor>',
      anchor: pointXml('from', begin) + pointXml('to', end),
    };
  }
  return size === null ? null : sized(picture, begin, size.width, size.height);
}

function movedPoint(point: AnchorPoint, map: RowMap): AnchorPoint | null {
  const rows = map.of(point.row + 1);
  return rows === null ? null : { ...point, row: rows.first - 1 };
}

/** As large as the cells allow; right-aligned if their text would be. */
function placeLogo(logo: LogoPicture, area: CellRange, template: TemplateSheet, map: RowMap): Placed | null {
  const rows = map.of(area.top);
  if (rows === null) return null;
  const space = spaceOf(area, template);
  const scale = Math.min(space.width / logo.width, space.height / logo.height, 1);
  const width = Math.round(logo.width * scale);
  const height = Math.round(logo.height * scale);
  const isRight = alignmentAt(area, template) === 'right';
  const from = {
    column: area.left - 1,
    columnOffset: isRight ? (space.width - width) * unitsPerPixel : 0,
    row: rows.first - 1,
    rowOffset: Math.round(((space.height - height) * unitsPerPixel) / 2),
  };
  return sized(logo, from, width, height);
}

/** In pixels. */
function spaceOf(area: CellRange, { columns, rows }: TemplateSheet): { width: number; height: number } {
  let width = 0;
  for (let column = area.left; column <= area.right; column += 1)
    width += Math.floor((columns[column - 1]?.width ?? 0) * pixelsPerDigit) + columnPadding;
  let height = 0;
  for (let row = area.top; row <= area.bottom; row += 1) {
    const points = rows.find(({ number }) => number === row)?.height ?? defaultRowHeight;
    height += Math.floor(points * pixelsPerPoint);
  }
  return { width, height };
}

function alignmentAt({ top, left }: CellRange, { rows }: TemplateSheet): string | undefined {
  const row = rows.find(({ number }) => number === top);
  return row?.cells.find(({ column }) => column === left)?.style.alignment?.horizontal;
}

/** A picture at a position, with its size in pixels. */
function sized(
  { extension, bytes }: Pick<LogoPicture | TemplatePicture, 'extension' | 'bytes'>,
  from: AnchorPoint,
  width: number,
  height: number,
): Placed {
  const size = `<xdr:ext cx="${Math.round(width * unitsPerPixel)}" cy="${Math.round(height * unitsPerPixel)}"/>`;
  return {
    extension,
    bytes,
    openTag: '<xdr:oneCellAnchor>',
    closeTag: '</xdr:oneCellAnchor>',
    anchor: pointXml('from', from) + size,
  };
}

function pointXml(tag: 'from' | 'to', { column, columnOffset, row, rowOffset }: AnchorPoint): string {
  return (
    `<xdr:${tag}><xdr:col>${column}</xdr:col><xdr:colOff>${Math.round(columnOffset)}</xdr:colOff>` +
    `<xdr:row>${row}</xdr:row><xdr:rowOff>${Math.round(rowOffset)}</xdr:rowOff></xdr:${tag}>`
  );
}

function drawingXml(placed: readonly Placed[]): string {
  const pictures = placed.map(
    ({ openTag, closeTag, anchor }, index) =>
      `${openTag}${anchor}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="${index + 2}" name="Picture ${index + 1}"/>` +
      '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>' +
      `<xdr:blipFill><a:blip r:embed="rId${index + 1}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>` +
      '<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>' +
      `<xdr:clientData/>${closeTag}`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<xdr:wsDr xmlns:xdr="${spreadsheet}" xmlns:a="${main}" xmlns:r="${officeRelations}">${pictures.join('')}</xdr:wsDr>`
  );
}

function relations(name: string, type: 'image' | 'drawing', targets: readonly string[]): ExtraPart {
  const each = targets.map(
    (target, index) =>
      `<Relationship Id="rId${index + 1}" Type="${officeRelations}/${type}" Target="${target}"/>`,
  );
  const content =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<Relationships xmlns="${packageRelations}">${each.join('')}</Relationships>`;
  return { name, content, contentType: null };
}
