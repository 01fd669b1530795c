import type { PlannedSheet } from '../binding/workbook-plan.js';
import { xmlElement } from '../package/xml-elements.js';
import { type XmlDocument, type XmlElement, documentXml } from '../package/xml-tree.js';
import { emptyDrawing, moveDrawing, withLogos } from './drawing.js';
import type { LogoPicture } from './logo-picture.js';
import { moveChart } from './move-chart.js';
import type { SheetMoves } from './move-markup.js';
import { PartRelations } from './sheet-relations.js';
import type { ExtraPart } from './workbook-parts.js';
import { type ChangeMarkup, type PartNames, writePart } from './write-parts.js';
import { writeNotes } from './write-notes.js';
import { type TableNames, writeTable } from './write-tables.js';

/** Nothing in it refers to cells. */
const stays: ChangeMarkup = (document) => document;

/** What the parts of all sheets share. */
export interface PartContext {
  readonly names: PartNames;
  readonly tables: TableNames;
  readonly logo: LogoPicture | null;
  readonly add: (part: ExtraPart) => void;
}

/** A sheet as written. */
export interface SheetPlace {
  readonly plan: PlannedSheet;
  readonly number: number;
  readonly moves: SheetMoves;
}

/** Elements of the sheet that refer to its parts, in the order of the schema; and the writing of these parts. */
export interface SheetParts {
  readonly references: readonly XmlElement[];
  /** Once it is known where the rows of all sheets are: charts show those of others. */
  readonly write: (moves: SheetMoves) => void;
}

const drawingType = 'application/vnd.openxmlformats-officedocument.drawing+xml';
const notesType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml';
const tableType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml';
const vmlType = 'application/vnd.openxmlformats-officedocument.vmlDrawing';

/** The parts of a sheet beside its own: drawing with pictures and charts, notes, pictures, tables. */
export function sheetParts(place: SheetPlace, context: PartContext): SheetParts {
  const { plan, number, moves } = place;
  const { markup } = plan;
  const relations = new PartRelations(`xl/worksheets/sheet${number}.xml`);
  const references: XmlElement[] = [];
  const writes: ((moves: SheetMoves) => void)[] = [];
  const refer = (element: string, type: string, part: string): void =>
    void references.push(xmlElement(element, { 'r:id': relations.add(type, part) }));

  const drawn = drawingOf(place, context);
  if (drawn !== null) {
    refer('drawing', 'drawing', drawn.name);
    writes.push(drawn.write);
  }
  const notes =
    markup.notes === null ? null : writeNotes(markup.notes, moves.own, plan.template.columns, number);
  if (notes !== null) {
    const name = context.names.next('xl/comments', 'xml');
    const drawing = context.names.next('xl/drawings/vmlDrawing', 'vml');
    relations.add('comments', name);
    refer('legacyDrawing', 'vmlDrawing', drawing);
    context.add({ name, content: notes.comments, contentType: notesType });
    context.add({ name: drawing, content: notes.drawing, contentType: vmlType });
  }
  for (const [part, element, type] of [
    [markup.footerPictures, 'legacyDrawingHF', 'vmlDrawing'],
    [markup.background, 'picture', 'image'],
  ] as const)
    if (part !== null) refer(element, type, writePart(part, context.names, stays, context.add));
  references.push(...tableParts(place, context, relations));
  return {
    references,
    write: (final) => {
      for (const write of writes) write(final);
      for (const part of relations.parts()) context.add(part);
    },
  };
}

function tableParts(
  { plan, moves }: SheetPlace,
  { names, tables, add }: PartContext,
  relations: PartRelations,
): readonly XmlElement[] {
  const parts = plan.markup.tables.flatMap((table) => {
    const content = writeTable(table, plan, moves.own, tables);
    if (content === null) return [];
    const name = names.next('xl/tables/table', 'xml');
    add({ name, content, contentType: tableType });
    return [xmlElement('tablePart', { 'r:id': relations.add('table', name) })];
  });
  return parts.length === 0 ? [] : [xmlElement('tableParts', { count: String(parts.length) }, parts)];
}

interface Drawn {
  readonly name: string;
  readonly write: (moves: SheetMoves) => void;
}

const logoId = 'rIdLogo';

/** What the template draws, and the logo in its cells (ECMA-376 part 1, 20.5). */
function drawingOf({ plan }: SheetPlace, { names, logo, add }: PartContext): Drawn | null {
  const { drawing } = plan.markup;
  const hasLogo = logo !== null && plan.logos.length > 0;
  if (drawing === null && !hasLogo) return null;
  const name = names.next('xl/drawings/drawing', 'xml');
  const write = (moves: SheetMoves): void => {
    const relations = new PartRelations(name);
    const change = (document: XmlDocument): XmlDocument =>
      document.root.name === 'xdr:wsDr' ? moveDrawing(document, moves.own) : moveChart(document, moves);
    for (const { id, type, target } of drawing?.relations ?? []) {
      if (typeof target === 'string') relations.addExternal(type, target, id);
      else relations.add(type, writePart(target, names, change, add), id);
    }
    const own = drawing === null || Buffer.isBuffer(drawing.content) ? emptyDrawing : change(drawing.content);
    if (hasLogo) relations.add('image', logoPart(logo, names, add), logoId);
    const whole = hasLogo ? withLogos(own, { picture: logo, id: logoId }, plan, moves.own) : own;
    add({ name, content: documentXml(whole), contentType: drawingType });
    for (const part of relations.parts()) add(part);
  };
  return { name, write };
}

const logoSource = 'the logo of the settings';

/** One picture for all sheets. */
function logoPart(
  { extension, bytes }: LogoPicture,
  names: PartNames,
  add: (part: ExtraPart) => void,
): string {
  const known = names.shared.get(logoSource);
  if (known !== undefined) return known;
  const name = names.next('xl/media/logo', extension);
  names.shared.set(logoSource, name);
  add({ name, content: bytes, contentType: `image/${extension}` });
  return name;
}
