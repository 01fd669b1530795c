import { reasonWords } from '../../../model/reasons/reason-words.js';
import { workbookText } from '../../../base/text-safety.js';
import type { MessageValues } from '../../../model/language.js';
import type { Wording } from '../../view/wording.js';
import type { XmlValue } from '../writing/row-xml.js';
import type { BoundList, BoundLists } from './bound-lists.js';
import type { CellValues } from './cell-values.js';
import { type MessageArgument, ExpressionFault, type TextPart, parseText } from './expression.js';
import type { FieldScope, FoundField } from './field-scope.js';
import type { FieldKind, FieldValue } from './field.js';

/** What texts of the template are bound with. */
export interface Binding {
  readonly wording: Wording;
  readonly values: CellValues;
  /** With the report, which global fields read. */
  readonly lists: BoundLists;
  readonly scopeOf: (list: BoundList | null) => FieldScope;
}

/** What the parts of one text are bound with. */
interface TextBinding extends Binding {
  readonly scope: FieldScope;
  /** The fields that the text shows, collected on the way. */
  readonly fields: FoundField[];
}

/** A text of the template whose expressions are resolved. */
export interface BoundText {
  /** Kind of the single field that it consists of; null: it is text. */
  readonly kind: FieldKind | null;
  /** The fields that it shows. */
  readonly fields: readonly FoundField[];
  /** Whether it is the same in every row. */
  readonly isFixed: boolean;
  readonly value: (row: unknown) => XmlValue;
}

/** @throws ExpressionFault */
export function bindParts(parts: readonly TextPart[], scope: FieldScope, binding: Binding): BoundText {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'path') return bindField(scope.find(only.path), binding);
  if (parts.length === 1 && only?.kind === 'link') return bindLink(only, scope, binding);
  const fields: FoundField[] = [];
  const ofText: TextBinding = { ...binding, scope, fields };
  const pieces = parts.map((part) => bindPiece(part, ofText));
  const isFixed = fields.every(({ takes }) => takes === 'report');
  return settled(isFixed, {
    kind: null,
    fields,
    isFixed,
    value: (row) => workbookText(pieces.map((piece) => piece(row)).join('')) || null,
  });
}

/** A value that is the same in every row is computed once. */
function settled(isFixed: boolean, bound: BoundText): BoundText {
  if (!isFixed) return bound;
  const value = bound.value(undefined);
  return { ...bound, isFixed, value: () => value };
}

function bindField(found: FoundField, { values, lists }: Binding): BoundText {
  const { field, takes } = found;
  const toCell = values.toCell(field.kind);
  const isFixed = takes === 'report';
  const value = isFixed
    ? (): XmlValue => toCell(field.value(lists.report))
    : (row: unknown): XmlValue => toCell(field.value(row));
  return settled(isFixed, { kind: field.kind, fields: [found], isFixed, value });
}

function bindLink(part: TextPart & { kind: 'link' }, scope: FieldScope, binding: Binding): BoundText {
  const found = scope.find(part.path);
  const read = reader(found, binding);
  const toCell = binding.values.toCell('link');
  const isFixed = found.takes === 'report';
  return settled(isFixed, {
    kind: 'link',
    fields: [found],
    isFixed,
    value: (row) => {
      const words = binding.values.toWords(found.field.kind, read(row));
      if (words === '') return null;
      return toCell({ target: part.prefix + encodeURIComponent(words.toWellFormed()), words });
    },
  });
}

function bindPiece(part: TextPart, binding: TextBinding): (row: unknown) => string {
  if (part.kind === 'text') return () => part.text;
  if (part.kind === 'path') return bindWords(part.path, binding);
  if (part.kind === 'message') return bindMessage(part, binding);
  if (part.kind === 'each') throw new ExpressionFault(reasonWords('tagBeginsRow', { tag: '{{#each}}' }));
  if (part.kind === 'end') throw new ExpressionFault(reasonWords('tagEndsRow', { tag: '{{/each}}' }));
  throw new ExpressionFault(reasonWords('tagAlone', { tag: `{{${part.kind}}}` }));
}

function bindWords(path: string, binding: TextBinding): (row: unknown) => string {
  const found = findField(path, binding);
  const read = reader(found, binding);
  return (row) => binding.values.toWords(found.field.kind, read(row));
}

function reader({ field, takes }: FoundField, { lists }: Binding): (row: unknown) => FieldValue {
  return takes === 'report' ? () => field.value(lists.report) : (row) => field.value(row);
}

function findField(path: string, { scope, fields }: TextBinding): FoundField {
  const found = scope.find(path);
  fields.push(found);
  return found;
}

function bindMessage(
  { key, values: placeholders }: TextPart & { kind: 'message' },
  binding: TextBinding,
): (row: unknown) => string {
  const readers = placeholders.map(({ name, argument }) => [name, bindArgument(argument, binding)] as const);
  return (row) => {
    const values: Record<string, string | number | null> = {};
    for (const [name, read] of readers) values[name] = read(row);
    return catalogueText(key, values, binding.wording);
  };
}

function bindArgument(argument: MessageArgument, binding: TextBinding): (row: unknown) => string | number {
  if (argument.kind === 'text') return () => argument.text;
  const found = findField(argument.path, binding);
  const read = reader(found, binding);
  return (row) => {
    const value = read(row);
    return found.field.kind === 'number' && typeof value === 'number'
      ? value
      : binding.values.toWords(found.field.kind, value);
  };
}

/** A message of the catalogue; an error in it is reported for the text that uses it. */
function catalogueText(key: string, values: MessageValues, { text }: Wording): string {
  try {
    return text(key, values);
  } catch (error) {
    throw new ExpressionFault(error instanceof Error ? error.message : String(error));
  }
}

/**
 * A formula of the template, whose strings may contain messages: `"{{t 'outcome.FAILED'}}"`. Nothing from events gets
 * into a formula.
 *
 * @throws ExpressionFault
 */
export function bindFormula(formula: string, { wording }: Binding): string {
  // In a formula quotes within a string are doubled.
  const written = formula.replaceAll(/\{\{[^{}]*\}\}/g, (found) => found.replaceAll('""', '"'));
  let bound = '';
  for (const part of parseText(written)) {
    if (part.kind === 'text') {
      bound += part.text;
      continue;
    }
    if (part.kind !== 'message' || part.values.length > 0)
      throw new ExpressionFault(reasonWords('formulaHolds', { tag: "{{t 'message'}}" }));
    // The name of a sheet, '…'!, or a text, "…": in both, their own quotes are doubled.
    const quote = bound.endsWith("'") ? "'" : '"';
    bound += catalogueText(part.key, {}, wording).replaceAll(quote, quote + quote);
  }
  return bound;
}
