import type { MarkdownRow } from './markdown-table.js';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The fields of one object: of the document, or of a part that several places refer to. */
export interface DocumentPart {
  /** null: the document itself. */
  readonly name: string | null;
  readonly description: string | null;
  /** Field, type, meaning. A field of a field is `a.b`, of an item `a[].b`, of a value by any name `a.*.b`. */
  readonly rows: readonly MarkdownRow[];
  /** Of a part that is no object; null: it is one. */
  readonly type: string | null;
}

/** The document first, then what it refers to, by name. @param published as in schema/ */
export function documentParts(published: object): readonly DocumentPart[] {
  const { $defs = {}, ...whole }: Schema = published;
  const named = Object.entries($defs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [partOf(null, whole), ...named.map(([name, schema]) => partOf(name, schema))];
}

function partOf(name: string | null, schema: Schema): DocumentPart {
  const rows = fieldsOf(schema, '');
  const { description = null } = schema;
  return { name, description, rows, type: rows.length === 0 ? typeWords(schema) : null };
}

function fieldsOf(schema: Schema, prefix: string): readonly MarkdownRow[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const own = Object.entries(properties).flatMap(([key, each]) => {
    const path = `${prefix}${key}`;
    const optional = required.includes(key) ? '' : ' (may be absent)';
    return [
      [`\`${path}\``, `${typeWords(each)}${optional}`, each.description ?? ''] as const,
      ...within(each, path),
    ];
  });
  const free = typeof additionalProperties === 'object' ? within(additionalProperties, `${prefix}*`) : [];
  return [...own, ...free];
}

/** What an object, the items of a list, or one of several choices has. */
function within(schema: Schema, path: string): readonly MarkdownRow[] {
  if (schema.items !== undefined) return within(schema.items, `${path}[]`);
  const choices = schema.anyOf ?? [];
  if (choices.length > 0) return choices.flatMap((each) => within(each, path));
  return fieldsOf(schema, `${path}.`);
}

function typeWords(schema: Schema): string {
  const { type, items, prefixItems, anyOf, $ref, additionalProperties } = schema;
  if ($ref !== undefined) return linkTo($ref.slice('#/$defs/'.length));
  if (schema.const !== undefined) return codeOf(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(codeOf).join(', ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeWords))].join(' or ');
  if (prefixItems !== undefined) return `list of ${prefixItems.map(typeWords).join(', ')}`;
  if (items !== undefined) return `list of ${typeWords(items)}`;
  if (typeof additionalProperties === 'object') return `object; values: ${typeWords(additionalProperties)}`;
  const types = type === undefined ? ['anything'] : typeof type === 'string' ? [type] : type;
  return types.map((each) => typeNames[each] ?? each).join(' or ');
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: '`true`, `false`',
  null: '`null`',
};

function codeOf(value: unknown): string {
  return `\`${String(value)}\``;
}

/** Whoever shows it knows where the part is. */
function linkTo(name: string): string {
  return `[${name}]`;
}
