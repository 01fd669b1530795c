import { xmlElement } from '../package/xml-elements.js';
import { documentXml } from '../package/xml-tree.js';
import { columnLetters, parseRange } from '../template/cell-range.js';
import type { TemplateNote, TemplateNotes } from '../template/read-notes.js';
import type { TemplateColumn } from '../template/template-model.js';
import { columnPixels, pixelsPerPoint, usualRowPixels } from './pixels.js';
import type { RowMap } from './row-map.js';

/** The notes of a sheet, and the drawing of their boxes; null if none are left. */
export interface WrittenNotes {
  readonly comments: string;
  readonly drawing: string;
}

interface PlacedNote {
  readonly note: TemplateNote;
  /** From 1. */
  readonly row: number;
  readonly column: number;
}

/** A note of a row that repeats is at its first row. */
export function writeNotes(
  { namespaces, authors, notes }: TemplateNotes,
  map: RowMap,
  columns: readonly TemplateColumn[],
  sheet: number,
): WrittenNotes | null {
  const placed = notes.flatMap((note): PlacedNote[] => {
    const cell = parseRange(note.element.attributes['ref'] ?? '');
    const rows = cell === null ? null : map.of(cell.top);
    return cell === null || rows === null ? [] : [{ note, row: rows.first, column: cell.left }];
  });
  if (placed.length === 0) return null;
  const comments = placed.map(({ note: { element }, row, column }) => {
    const { shapeId: _drawing, ...attributes } = element.attributes;
    return { ...element, attributes: { ...attributes, ref: `${columnLetters(column)}${row}` } };
  });
  const root = xmlElement('comments', {}, [authors, xmlElement('commentList', {}, comments)]);
  return { comments: documentXml({ root, namespaces }), drawing: drawingOf(placed, columns, sheet) };
}

/** Boxes of notes are drawn in VML (ECMA-376 part 4, 19.3.2.10): no reader shows a note without one. */
function drawingOf(placed: readonly PlacedNote[], columns: readonly TemplateColumn[], sheet: number): string {
  const shapes = placed.map((each, index) => shapeOf(each, columns, sheet * 1024 + index + 1));
  return (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
    'xmlns:x="urn:schemas-microsoft-com:office:excel">' +
    `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${sheet}"/></o:shapelayout>` +
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>' +
    `${shapes.join('')}</xml>`
  );
}

function shapeOf({ note, row, column }: PlacedNote, columns: readonly TemplateColumn[], id: number): string {
  const { width, height, isVisible, fill } = note;
  const visibility = isVisible ? 'visible' : 'hidden';
  return (
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;width:${width}pt;` +
    `height:${height}pt;z-index:1;visibility:${visibility}" fillcolor="${fill}" o:insetmode="auto">` +
    `<v:fill color2="${fill}"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>' +
    `<x:Anchor>${anchorOf(note, row, column, columns)}</x:Anchor><x:AutoFill>False</x:AutoFill>` +
    `<x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column>${isVisible ? '<x:Visible/>' : ''}` +
    '</x:ClientData></v:shape>'
  );
}

/** At the right of its cell: columns and rows from 0, each with an offset in pixels. */
function anchorOf(
  { width, height }: TemplateNote,
  row: number,
  column: number,
  columns: readonly TemplateColumn[],
): string {
  const gap = 15;
  let right = column;
  let rest = gap + Math.round(width * pixelsPerPoint);
  while (rest > columnPixels(columns[right]?.width)) {
    rest -= columnPixels(columns[right]?.width);
    right += 1;
  }
  const top = Math.max(0, row - 2);
  const down = 2 + Math.round(height * pixelsPerPoint);
  const bottom = top + Math.floor(down / usualRowPixels);
  return [column, gap, top, 2, right, rest, bottom, down % usualRowPixels].join(', ');
}
