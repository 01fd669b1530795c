import type { JsonSchema } from './configuration-schema.js';
import { meaningOfKey } from './key-meanings.js';

/** One key in docs/configuration.md. */
export interface KeyRow {
  /** From the plan on, as meaningOfKey takes it. */
  readonly path: string;
  /** From its section on. */
  readonly shown: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

interface Section {
  readonly title: string;
  readonly rows: readonly KeyRow[];
  /** The least that it may consist of, as YAML; null: there is nothing to show. */
  readonly example: string | null;
}

/** Every key of the configuration, in the sections of docs/configuration.md. */
export function configurationKeys(schema: JsonSchema): readonly KeyRow[] {
  return sectionsOf(schema).flatMap(({ rows }) => rows);
}

/** The part of docs/configuration.md that is generated: the keys, section by section. */
export function configurationPage(schema: JsonSchema): string {
  return sectionsOf(schema)
    .map(({ title, rows, example }) => {
      const block = example === null ? [] : ['', '```yaml', example, '```'];
      return [`## ${title}`, '', ...tableOf(rows), ...block].join('\n');
    })
    .join('\n\n');
}

function sectionsOf(schema: JsonSchema): readonly Section[] {
  const own = Object.entries(schema.properties ?? {});
  const rows = own.map(([key, each]) => rowOf(key, key, each, schema));
  const inner = own.flatMap(([key, each]) => innerSections(key, key, each));
  return [{ title: 'Keys of a plan', rows, example: null }, ...inner, ...kindSections(schema)];
}

/** Of keys that another kind has in a form of its own. */
function kindSections(schema: JsonSchema): readonly Section[] {
  const rules = schema['allOf'] as readonly { readonly else: JsonSchema; readonly if: JsonSchema }[];
  return rules.flatMap((rule) => {
    const kind = String((rule.if['not'] as JsonSchema).properties?.['report']?.const);
    const own = Object.entries(rule.else.properties ?? {}).filter(([, each]) => typeof each === 'object');
    return own.flatMap(([key, each]) => {
      const path = meaningOfKey(`${kind}/${key}`) === undefined ? key : `${kind}/${key}`;
      return innerSections(path, `${key} (report: ${kind})`, each);
    });
  });
}

/** What stands within a key: one section, or one for each of its types. */
function innerSections(path: string, title: string, schema: JsonSchema): readonly Section[] {
  const isList = schema.items !== undefined;
  const inner = schema.items ?? schema;
  const variants = (inner.anyOf ?? []).filter(({ properties }) => properties !== undefined);
  if (variants.length > 0) {
    return variants.map((each) => {
      const type = String(each.properties?.['type']?.const);
      const rows = rowsWithin(`${path}.${type}`, '', each);
      return { title: `${title}: ${type}`, rows, example: exampleOf(path, isList, withChoice(rows, each)) };
    });
  }
  if (inner.properties === undefined) return [];
  const rows = rowsWithin(path, '', inner);
  return [{ title, rows, example: exampleOf(path, isList, withChoice(rows, inner)) }];
}

function rowsWithin(path: string, prefix: string, schema: JsonSchema): readonly KeyRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, each]) => {
    const row = rowOf(`${path}.${key}`, `${prefix}${key}`, each, schema);
    const variants = (each.anyOf ?? []).filter(({ properties }) => properties !== undefined);
    const below = variants.flatMap((variant) => {
      const type = String(variant.properties?.['type']?.const);
      return rowsWithin(`${row.path}.${type}`, `${row.shown} (${type}).`, variant);
    });
    return [row, ...rowsWithin(row.path, `${row.shown}.`, each), ...below];
  });
}

function rowOf(path: string, shown: string, schema: JsonSchema, parent: JsonSchema): KeyRow {
  const key = path.slice(path.lastIndexOf('.') + 1);
  return { path, shown, schema, isRequired: (parent.required ?? []).includes(key) };
}

function tableOf(rows: readonly KeyRow[]): readonly string[] {
  const lines = rows.map(({ path, shown, schema, isRequired }) => {
    const { meaning = '', example, default: implied } = meaningOfKey(path) ?? {};
    const preset = isRequired ? '**required**' : presetWords(schema.default, implied);
    return [
      `\`${shown}\``,
      typeWords(schema),
      preset,
      meaning,
      example === undefined ? '' : `\`${example}\``,
    ];
  });
  const head = ['key', 'type', 'default', 'meaning', 'example'];
  return [head, head.map(() => '---'), ...lines].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`,
  );
}

function presetWords(preset: unknown, implied: string | undefined): string {
  if (preset !== undefined) return typeof preset === 'object' ? objectWords(preset) : `\`${codeOf(preset)}\``;
  return implied ?? 'none';
}

/** An empty section has the defaults of its keys. */
function objectWords(preset: unknown): string {
  const text = JSON.stringify(preset);
  return text === '{}' ? 'those of its keys' : `\`${text}\``;
}

function codeOf(preset: unknown): string {
  return preset === '' ? "''" : String(preset);
}

/** What a value must be, in words. */
function typeWords(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.items !== undefined) return `list of ${typeWords(schema.items)}`;
  const choices = schema.enum ?? schema.anyOf?.find((each) => each.enum !== undefined)?.enum;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (choices !== undefined && schema.type !== undefined)
    return choices.map((each) => `\`${String(each)}\``).join(', ');
  if (schema.properties !== undefined) return 'section';
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeWords))].join(' or ');
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    integer: `whole number${boundsOf(schema)}`,
    number: 'number',
    boolean: '`true`, `false`',
    object: 'mapping',
  };
  if (typeof schema.type === 'string') return words[schema.type] ?? schema.type;
  return choices === undefined ? 'see below' : choices.map((each) => `\`${String(each)}\``).join(', ');
}

function boundsOf({ minimum, maximum }: JsonSchema): string {
  if (minimum === undefined) return '';
  return maximum === undefined ? `, from ${minimum}` : `, ${minimum} to ${maximum}`;
}

/** Where one of several keys must be there, the first is. */
function withChoice(rows: readonly KeyRow[], schema: JsonSchema): readonly KeyRow[] {
  const [first] = (schema['oneOf'] as readonly JsonSchema[] | undefined) ?? [];
  const chosen = new Set(first?.required);
  return rows.map((row) => (chosen.has(row.shown) ? { ...row, isRequired: true } : row));
}

/** What must be there, with the examples of its keys. */
function exampleOf(path: string, isList: boolean, rows: readonly KeyRow[]): string | null {
  const required = rows.filter((row) => row.isRequired && !row.shown.includes('.'));
  const lines = required.map(({ path: own, shown, schema }) => {
    const value = typeof schema.const === 'string' ? schema.const : meaningOfKey(own)?.example;
    return value === undefined ? null : `${shown}: ${value}`;
  });
  if (lines.length === 0 || lines.includes(null)) return null;
  const key = path.slice(path.lastIndexOf('/') + 1);
  const indented = lines.map((line, index) => `${isList ? (index === 0 ? '  - ' : '    ') : '  '}${line}`);
  return [`${key}:`, ...indented].join('\n');
}
