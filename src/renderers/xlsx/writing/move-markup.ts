import { elementOf, elementsOf, localName, textOf, xmlElement } from '../package/xml-elements.js';
import type { XmlElement, XmlNode } from '../package/xml-tree.js';
import { columnLetters, parseRange, quotedSheet, rangeText, unquotedSheet } from '../template/cell-range.js';
import { type MoveOptions, type Moves, moveReferences } from './move-references.js';
import { type RowMap, mapRange } from './row-map.js';

/** Moves of a sheet's markup: it always has rows of its own. */
export type SheetMoves = Moves & { readonly own: RowMap };

/** Elements whose text is a formula. */
const formulas = new Set(['f', 'formula', 'formula1', 'formula2']);
/** Attributes whose value is a list of ranges of the sheet. */
const rangeAttributes = ['sqref', 'ref'];
/** Lists that go with the last element that they hold. */
const holders = new Set([
  'dataValidations',
  'protectedRanges',
  'hyperlinks',
  'ignoredErrors',
  'ext',
  'extLst',
  'x14:conditionalFormattings',
  'x14:dataValidations',
  'x14:sparklineGroups',
  'x14:sparklineGroup',
  'x14:sparklines',
]);
/** Newer elements that name their ranges in an element of their own. */
const ofRanges = new Set(['x14:conditionalFormatting', 'x14:dataValidation']);

const ofSheet: MoveOptions = { oneCell: 'first row', noRows: 'stays' };

/** Markup of a sheet with its ranges and formulas moved; null if nothing is left of it. */
export function moveMarkup(element: XmlElement, moves: SheetMoves): XmlElement | null {
  const attributes = movedAttributes(element, moves.own);
  if (attributes === null) return null;
  const hasElements = elementsOf(element).length > 0;
  const name = localName(element);
  if (!hasElements && formulas.has(name)) {
    const formula = textOf(element);
    return { ...element, attributes, children: [moveReferences(formula, moves, ofSheet) ?? formula] };
  }
  if (!hasElements && name === 'sqref') {
    const ranges = movedRanges(textOf(element), moves.own);
    return ranges === '' ? null : { ...element, attributes, children: [ranges] };
  }
  const children = element.children.flatMap((node): readonly XmlNode[] => {
    if (typeof node === 'string') return [node];
    if (node.name === 'x14:sparkline') return movedSparklines(node, moves);
    const moved = moveMarkup(node, moves);
    return moved === null ? [] : [moved];
  });
  const moved = { ...element, attributes, children };
  if (holders.has(element.name) && elementsOf(moved).length === 0) return null;
  return ofRanges.has(element.name) && elementOf(moved, 'xm:sqref') === undefined ? null : moved;
}

function movedAttributes(element: XmlElement, map: RowMap): XmlElement['attributes'] | null {
  let { attributes } = element;
  for (const key of rangeAttributes) {
    const written = attributes[key];
    if (written === undefined) continue;
    const ranges = movedRanges(written, map);
    if (ranges === '') return null;
    attributes = { ...attributes, [key]: ranges };
  }
  return attributes;
}

/** `A5:B5 D5` moved; empty if no rows are left. What is no range of cells stays. */
export function movedRanges(written: string, map: RowMap): string {
  return written
    .split(/[ ,]+/)
    .flatMap((each) => {
      const range = parseRange(each);
      if (range === null) return each === '' ? [] : [each];
      const moved = mapRange(range, map);
      return moved === null ? [] : [rangeText(moved)];
    })
    .join(' ');
}

/** A sparkline is in one cell: in a row that repeats there is one for each of its rows. */
function movedSparklines(sparkline: XmlElement, moves: SheetMoves): readonly XmlElement[] {
  const cell = parseRange(textOf(elementOf(sparkline, 'xm:sqref')));
  const data = textOf(elementOf(sparkline, 'xm:f'));
  const rows = cell === null ? null : moves.own.of(cell.top);
  if (cell === null || rows === null) return [];
  const own = ownRow(data, cell.top, moves);
  return Array.from({ length: rows.last - rows.first + 1 }, (_, index) => {
    const row = rows.first + index;
    return xmlElement('x14:sparkline', sparkline.attributes, [
      xmlElement('xm:f', {}, [own?.(row) ?? moveReferences(data, moves, ofSheet) ?? data]),
      xmlElement('xm:sqref', {}, [`${columnLetters(cell.left)}${row}`]),
    ]);
  });
}

/** The data of a sparkline that shows its own row, for each row; null: it shows others. */
function ownRow(data: string, template: number, moves: SheetMoves): ((row: number) => string) | null {
  const at = data.lastIndexOf('!');
  const range = parseRange(data.slice(at + 1));
  const shown = moves.sheets(unquotedSheet(data.slice(0, Math.max(at, 0))));
  if (range?.top !== template || range.bottom !== template || shown?.map !== moves.own) return null;
  return (row) => `${quotedSheet(shown.name)}!${rangeText({ ...range, top: row, bottom: row })}`;
}
