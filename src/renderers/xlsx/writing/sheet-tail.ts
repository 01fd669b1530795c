import { elementOf, elementsOf, xmlElement } from '../package/xml-elements.js';
import { type XmlElement, elementXml } from '../package/xml-tree.js';
import { parseRange, rangeText } from '../template/cell-range.js';
import type { SheetMarkup } from '../template/sheet-markup.js';
import type { CellRange } from '../template/template-model.js';
import { mapFormats } from './conditional-formats.js';
import { type SheetMoves, moveMarkup } from './move-markup.js';
import { moveReferences } from './move-references.js';
import type { RowMap } from './row-map.js';

/** What the end of a sheet is made of. */
export interface SheetEnd {
  readonly markup: SheetMarkup;
  readonly moves: SheetMoves;
  /** Of the sheet, for ids. */
  readonly number: number;
  readonly filter: CellRange | null;
  readonly merges: readonly CellRange[];
  /** Elements that refer to other parts, in the order of the schema: drawing, notes, pictures, tables. */
  readonly references: readonly XmlElement[];
}

const barsExtension = '{78C0D931-6437-407d-A8EE-F0AAD7539E65}';

/** All that follows the rows of a sheet, in the order of the schema (ECMA-376 part 1, 18.3.1.99). */
export function sheetTail({ markup, moves, number, filter, merges, references }: SheetEnd): string {
  const of = (name: string): readonly XmlElement[] => markup.elements.filter((each) => each.name === name);
  const moved = (name: string): readonly XmlElement[] =>
    of(name).flatMap((each) => moveMarkup(each, moves) ?? []);
  const extensions = of('extLst')[0];
  const { formats, bars } = mapFormats(of('conditionalFormatting'), extensions, moves, number);
  const movedExtensions = extensions === undefined ? null : moveMarkup(extensions, moves);
  const elements: readonly XmlElement[] = [
    ...of('sheetProtection'),
    ...moved('protectedRanges'),
    ...(filter === null ? [] : [xmlElement('autoFilter', { ref: rangeText(filter) })]),
    ...mergesOf(merges),
    ...formats,
    ...moved('dataValidations').map((each) => counted(each, 'dataValidation')),
    ...moved('hyperlinks').flatMap((each) => linksWithin(each, moves)),
    ...of('printOptions'),
    ...of('pageMargins'),
    ...of('pageSetup').map(withoutPrinter),
    ...of('headerFooter'),
    ...of('rowBreaks').flatMap((each) => movedBreaks(each, moves.own)),
    ...of('colBreaks'),
    ...moved('ignoredErrors'),
    ...references,
    ...withBars(movedExtensions, bars),
  ];
  return elements.map(elementXml).join('');
}

function mergesOf(merges: readonly CellRange[]): readonly XmlElement[] {
  if (merges.length === 0) return [];
  const cells = merges.map((each) => xmlElement('mergeCell', { ref: rangeText(each) }));
  return [xmlElement('mergeCells', { count: String(merges.length) }, cells)];
}

function counted(list: XmlElement, name: string): XmlElement {
  return { ...list, attributes: { ...list.attributes, count: String(elementsOf(list, name).length) } };
}

/** Links to places of the workbook. Those to addresses are formulas in their cells. */
function linksWithin(list: XmlElement, moves: SheetMoves): readonly XmlElement[] {
  const links = elementsOf(list, 'hyperlink').flatMap(({ attributes }): XmlElement[] => {
    const { location, 'r:id': outside, ...rest } = attributes;
    if (location === undefined || outside !== undefined) return [];
    const options = { oneCell: 'first row', noRows: 'stays' } as const;
    return [
      xmlElement('hyperlink', { ...rest, location: moveReferences(location, moves, options) ?? location }),
    ];
  });
  return links.length === 0 ? [] : [xmlElement('hyperlinks', {}, links)];
}

/**
 * The settings of a printer's driver stay behind. A sheet that begins at page 1 would say "Page 1 of 24" more than once:
 * numbers go on from sheet to sheet, unless the template begins elsewhere.
 */
function withoutPrinter(setup: XmlElement): XmlElement {
  const { 'r:id': _settings, ...attributes } = setup.attributes;
  const { firstPageNumber, useFirstPageNumber: _use, ...others } = attributes;
  return { ...setup, attributes: firstPageNumber === '1' ? others : attributes };
}

/** A break is named by the row before it. */
function movedBreaks(breaks: XmlElement, map: RowMap): readonly XmlElement[] {
  const moved = elementsOf(breaks, 'brk').flatMap(({ attributes }): XmlElement[] => {
    for (let row = Number(attributes['id']); row > 0; row -= 1) {
      const rows = map.of(row);
      if (rows !== null) return [xmlElement('brk', { ...attributes, id: String(rows.last) })];
    }
    return [];
  });
  if (moved.length === 0) return [];
  const manual = moved.filter(({ attributes }) => attributes['man'] === '1').length;
  return [xmlElement('rowBreaks', { count: String(moved.length), manualBreakCount: String(manual) }, moved)];
}

/** The sheet's extensions with data bars of our own. */
function withBars(extensions: XmlElement | null, bars: readonly XmlElement[]): readonly XmlElement[] {
  if (bars.length === 0) return extensions === null ? [] : [extensions];
  const written = elementsOf(extensions ?? undefined, 'ext');
  const before = written
    .filter(isOfFormats)
    .flatMap((ext) => elementsOf(ext).flatMap((each) => elementsOf(each)));
  const formats = xmlElement('x14:conditionalFormattings', {}, [...before, ...bars]);
  const ext = xmlElement('ext', { uri: barsExtension }, [formats]);
  return [xmlElement('extLst', {}, [ext, ...written.filter((each) => !isOfFormats(each))])];
}

function isOfFormats(ext: XmlElement): boolean {
  return elementOf(ext, 'x14:conditionalFormattings') !== undefined;
}

/** The filter of a sheet in the template. */
export function templateFilter({ elements }: SheetMarkup): CellRange | null {
  const filter = elements.find(({ name }) => name === 'autoFilter');
  return parseRange(filter?.attributes['ref'] ?? '');
}
