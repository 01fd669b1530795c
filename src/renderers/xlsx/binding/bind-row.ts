import { reasonWords } from '../../../model/reasons/reason-words.js';
import { nearestWord } from '../../../base/nearest-word.js';
import type { Wording } from '../../view/wording.js';
import type { CellStyle } from '../template/cell-style.js';
import type { CellRange, TemplateCell, TemplateRow, TemplateSheet } from '../template/template-model.js';
import { type TemplatePlace, atPlace, forEveryOne } from '../template/template-place.js';
import { lettersPerLine, linePoints } from '../template/wrapped-height.js';
import { bindFormulaCell } from './bind-formula.js';
import { type Binding, type BoundText, bindParts } from './bind-text.js';
import type { BoundList, BoundLists } from './bound-lists.js';
import { ExpressionFault, type TextPart, parseText } from './expression.js';
import type { FieldScope } from './field-scope.js';
import type { FieldKind } from './field.js';
import type { PlannedCell, PlannedRow } from './workbook-plan.js';

/** A row, and what its texts show, by column: for the definitions. */
export interface BoundRow {
  readonly row: PlannedRow;
  readonly texts: ReadonlyMap<number, BoundText>;
  /** Columns of the cells that hold `{{logo}}`. */
  readonly logos: readonly number[];
}

/** What the cells of a sheet are bound with. */
export interface SheetBinding extends Binding {
  readonly template: TemplateSheet;
  /** The location of a cell by its address. */
  readonly place: (address: string) => TemplatePlace;
}

/** Of one step, in characters. */
const indentWidth = 1.5;

interface ParsedCell {
  readonly cell: TemplateCell;
  readonly parts: readonly TextPart[];
}

/** @throws Failure('usage') that names sheet and cell */
export function bindRow(row: TemplateRow, binding: SheetBinding): BoundRow {
  const placeOf = ({ letter }: TemplateCell): TemplatePlace => binding.place(`${letter}${row.number}`);
  const parsed = forEveryOne(row.cells, (cell) => ({
    cell,
    parts: atPlace(placeOf(cell), () => (cell.content.kind === 'text' ? parseText(cell.content.text) : [])),
  }));
  const first = parsed.find(({ cell }) => cell.content.kind !== 'blank');
  const list =
    first === undefined ? null : atPlace(placeOf(first.cell), () => findList(first.parts, binding.lists));
  const scope = binding.scopeOf(list);
  const texts = new Map<number, BoundText>();
  const logos: number[] = [];
  const cells = forEveryOne(withoutMarks(parsed, list !== null), ({ cell, parts }) =>
    atPlace(placeOf(cell), () => {
      if (parts.length === 1 && parts[0]?.kind === 'logo') logos.push(cell.column);
      const text = cell.content.kind === 'text' ? bindCellText(parts, scope, binding) : null;
      if (text !== null) texts.set(cell.column, text);
      const value = text?.value ?? fixedValue(cell.content, scope, binding);
      return plannedCell(cell, { value, kind: text?.kind ?? null }, row.number, binding);
    }),
  );
  return { row: { ...row, cells, list }, texts, logos };
}

function findList([first]: readonly TextPart[], { lists }: BoundLists): BoundList | null {
  if (first?.kind !== 'each') return null;
  const found = lists.find(({ name }) => name === first.list);
  if (found !== undefined) return found;
  const names = lists.map(({ name }) => name).join(', ');
  const { list: name } = first;
  const meant = nearestWord(
    name,
    lists.map((each) => each.name),
  );
  throw new ExpressionFault(
    meant === null
      ? reasonWords('noList', { name, names })
      : reasonWords('noListMeant', { name, meant, names }),
  );
}

/** Without `{{#each}}` at the beginning, `{{/each}}` at the end, and the spaces beside them. */
function withoutMarks(cells: readonly ParsedCell[], isRepeated: boolean): readonly ParsedCell[] {
  if (!isRepeated) return cells;
  const filled = cells.filter(({ cell }) => cell.content.kind !== 'blank');
  const [first] = filled;
  const last = filled.at(-1);
  return cells.map((each) => {
    let { parts } = each;
    if (each === first) parts = trimStart(parts.slice(1));
    if (each === last && parts.at(-1)?.kind === 'end') parts = trimEnd(parts.slice(0, -1));
    return { ...each, parts };
  });
}

function trimStart([first, ...rest]: readonly TextPart[]): readonly TextPart[] {
  if (first === undefined) return [];
  if (first.kind !== 'text') return [first, ...rest];
  const text = first.text.trimStart();
  return text === '' ? rest : [{ kind: 'text', text }, ...rest];
}

function trimEnd(parts: readonly TextPart[]): readonly TextPart[] {
  const last = parts.at(-1);
  if (last?.kind !== 'text') return parts;
  const text = last.text.trimEnd();
  return text === '' ? parts.slice(0, -1) : [...parts.slice(0, -1), { kind: 'text', text }];
}

function bindCellText(parts: readonly TextPart[], scope: FieldScope, binding: Binding): BoundText {
  const isLogo = parts.length === 1 && parts[0]?.kind === 'logo';
  return bindParts(isLogo ? [] : parts, scope, binding);
}

function plannedCell(
  { letter, column, content, style }: TemplateCell,
  { value, kind }: Pick<BoundText, 'value' | 'kind'>,
  row: number,
  binding: SheetBinding,
): PlannedCell {
  const { fontSize, isBold, isWrapped, indent } = style;
  return {
    letter,
    column,
    style: typedStyle(style, kind, binding.wording),
    value,
    isTemplateFormula: content.kind === 'formula',
    lettersPerLine: isWrapped
      ? lettersPerLine(widthOf(row, column, binding.template) - indent * indentWidth, fontSize, isBold)
      : null,
    linePoints: linePoints(fontSize),
  };
}

function fixedValue(
  content: TemplateCell['content'],
  scope: FieldScope,
  binding: Binding,
): PlannedCell['value'] {
  if (content.kind === 'constant') return () => content.value;
  return content.kind === 'formula' ? bindFormulaCell(content.formula, scope, binding) : () => null;
}

/** A cell without a number format gets the one of the report's language for its kind of value. */
function typedStyle(style: CellStyle, kind: FieldKind | null, { text }: Wording): CellStyle {
  const isTyped = kind === 'time' || kind === 'date' || kind === 'duration' || kind === 'percent';
  const { numberFormat } = style;
  const isPlain = numberFormat === null || numberFormat === 'General' || numberFormat === '@';
  return isTyped && isPlain ? { ...style, numberFormat: text(`workbook.numberFormat.${kind}`) } : style;
}

/** Width of a cell including all cells merged with it, in characters. */
function widthOf(row: number, column: number, { merges, columns }: TemplateSheet): number {
  const merge = mergeOf(row, column, merges);
  let width = 0;
  for (let each = column; each <= (merge?.right ?? column); each += 1) width += columns[each - 1]?.width ?? 0;
  return width;
}

export function mergeOf(row: number, column: number, merges: readonly CellRange[]): CellRange | undefined {
  return merges.find(({ top, left }) => top === row && left === column);
}
