import { z } from 'zod';
import { dayMs, hourMs, minuteMs, secondMs } from '../base/time-units.js';
import { type KindKeys, configurationSchemaOf } from '../config/schema.js';
import { orReference, patternOf, referencePattern } from './json-patterns.js';
import { meaningOfKey } from './key-meanings.js';

/** A JSON Schema, draft 7: all editors know it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/**
 * The JSON Schema of the configuration file, of all kinds of report in one, for editors. It refuses nothing that the program
 * takes; what it cannot say (a zone that exists, a name that is there twice) the program alone refuses. `type` and `report`
 * must be written out: it does not look into references.
 *
 * @throws Error that names keys without a meaning
 */
export function configurationJsonSchema(kinds: readonly KindKeys[]): JsonSchema {
  const schemas = kinds.map((kind) => ({ name: kind.name, schema: schemaOfKind(kind) }));
  const keys = [...new Set(schemas.flatMap(({ schema }) => Object.keys(schema.properties ?? {})))];
  const common = Object.fromEntries(keys.map((key) => [key, commonSchema(key, schemas)]));
  const report: JsonSchema = { type: 'string', enum: kinds.map(({ name }) => name), default: kinds[0]?.name };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:oci-backup-reporter:config:1',
    title: 'Configuration of oci-backup-reporter',
    type: 'object',
    properties: { ...common, report: { ...report, ...wordsOf('report') } },
    required: ['plan', 'timezone', 'sources', 'archive'],
    additionalProperties: false,
    allOf: schemas.map(({ name, schema }, index) => ({
      if: { not: { properties: { report: { const: name } }, ...(index > 0 && { required: ['report'] }) } },
      else: { properties: ownProperties(schema, common) },
    })),
  };
}

type NamedSchema = { readonly name: string; readonly schema: JsonSchema };

/** The schema of a key that all kinds that have it agree on; a mere name otherwise. */
function commonSchema(key: string, schemas: readonly NamedSchema[]): JsonSchema {
  const having = schemas.flatMap(({ schema }) => {
    const own = schema.properties?.[key];
    return own === undefined ? [] : [own];
  });
  const [first = {}] = having;
  return having.every((each) => same(each, first)) ? first : wordsOf(key);
}

/** What a kind adds to the common keys: those that it has in a form of its own, and those that it does not have. */
function ownProperties(
  { properties = {} }: JsonSchema,
  common: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, JsonSchema | false>> {
  const differing = Object.entries(common).filter(
    ([key, schema]) => key !== 'report' && !same(properties[key], schema),
  );
  return Object.fromEntries(differing.map(([key]) => [key, properties[key] ?? false]));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function schemaOfKind(kind: KindKeys): JsonSchema {
  const schema = z.toJSONSchema(configurationSchemaOf(kind), {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, toldOtherwise(zodSchema));
      // Some kinds have a default of their own, which is put in before the check (src/config/log-source.ts).
      if (jsonSchema.required !== undefined) {
        jsonSchema.required = jsonSchema.required.filter((key) => key !== 'logSource');
      }
    },
  }) as JsonSchema;
  const faults: string[] = [];
  const read = finished(schema, { path: '', kind: kind.name, faults });
  if (faults.length === 0) return read;
  throw new Error(
    `keys without a meaning, which src/reference/key-meanings.ts must have: ${faults.join(', ')}`,
  );
}

/**
 * Patterns with their flags and defaults of what is transformed, which zod leaves out; of a URL its protocol, in place of a
 * format that no reference has.
 */
function toldOtherwise(schema: unknown): JsonSchema {
  if (schema instanceof z.ZodDefault) return { default: schema._zod.def.defaultValue };
  if (schema instanceof z.ZodURL) {
    const { protocol } = schema._zod.def;
    return {
      format: undefined,
      pattern: protocol?.test('http') === true ? '^[hH][tT][tT][pP][sS]?:' : '^[hH][tT][tT][pP][sS]:',
    };
  }
  if (!(schema instanceof z.ZodString)) return {};
  const patterns = (schema._zod.def.checks ?? []).flatMap(({ _zod: { def } }) =>
    'pattern' in def && def.pattern instanceof RegExp ? [patternOf(def.pattern)] : [],
  );
  if (patterns.length === 0) return {};
  return { pattern: patterns.map((each) => (patterns.length > 1 ? `(?=${each})` : each)).join('') };
}

interface Place {
  readonly path: string;
  readonly kind: string;
  /** Keys without a meaning are added. */
  readonly faults: string[];
}

/** The schema with descriptions, defaults as they are written, and room for references. */
function finished(schema: JsonSchema, place: Place): JsonSchema {
  const { oneOf, anyOf, properties, items, ...rest } = schema;
  const variants = isVariants(oneOf) ? oneOf : anyOf;
  return {
    ...leafOf(rest),
    ...(oneOf !== undefined && !isVariants(oneOf) && { oneOf }),
    ...(variants !== undefined && {
      anyOf: variants.map((each) => finished(each, variantPlace(each, place))),
    }),
    ...(properties !== undefined && { properties: finishedProperties(properties, place) }),
    ...(items !== undefined && { items: finished(items, place) }),
  };
}

/** A choice of schemas, as opposed to a rule about required keys. */
function isVariants(oneOf: unknown): oneOf is readonly JsonSchema[] {
  return Array.isArray(oneOf) && oneOf.every((each: JsonSchema) => each.type !== undefined);
}

function variantPlace({ properties }: JsonSchema, place: Place): Place {
  const type = properties?.['type']?.const;
  return typeof type === 'string' ? { ...place, path: `${place.path}.${type}` } : place;
}

function finishedProperties(
  properties: Readonly<Record<string, JsonSchema>>,
  place: Place,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => {
      const path = place.path === '' ? ownPath(key, place.kind) : `${place.path}.${key}`;
      const words = wordsOf(path, schema.default !== undefined);
      if (words.description === undefined) place.faults.push(path);
      return [key, { ...finished(schema, { ...place, path }), ...words }];
    }),
  );
}

function ownPath(key: string, kind: string): string {
  return meaningOfKey(`${kind}/${key}`) === undefined ? key : `${kind}/${key}`;
}

function wordsOf(path: string, hasDefault = true): { readonly description?: string } {
  const found = meaningOfKey(path);
  if (found === undefined) return {};
  const more = hasDefault || found.default === undefined ? '' : ` Default: ${found.default}.`;
  return { description: `${found.meaning}${more}` };
}

/** A text may be a reference; bounds of safe integers say nothing; defaults are as they are written. */
function leafOf({ minLength, pattern, default: preset, maximum, ...rest }: JsonSchema): JsonSchema {
  const { enum: choices, ...open } = rest;
  const isOpen = open.type === 'string' && choices !== undefined;
  const long = typeof minLength === 'number' && minLength > 1 ? `^[\\s\\S]{${minLength},}$` : undefined;
  const wanted = pattern ?? long;
  return {
    ...(isOpen ? { ...open, anyOf: [{ enum: choices }, { pattern: referencePattern }] } : rest),
    ...(minLength === 1 && { minLength }),
    ...(wanted !== undefined && { pattern: orReference(wanted) }),
    ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
    ...(preset !== undefined && { default: writtenDefault(preset, rest.title ?? '') }),
  };
}

/** The default as somebody would write it. @param title says what sort of value it is */
function writtenDefault(preset: unknown, title: string): unknown {
  if (typeof preset === 'number') {
    if (title.startsWith('duration')) return durationText(preset);
    if (title.startsWith('share')) return `${preset * 100}%`;
    if (title.startsWith('bytes')) return `${preset / 1024 ** 2}MiB`;
  }
  const isCadence = typeof preset === 'object' && preset !== null && 'words' in preset;
  return isCadence ? preset.words : preset;
}

/** @param ms 21_600_000 -> `6h`; a single day stays 24h */
function durationText(ms: number): string {
  const units = [
    ['d', dayMs],
    ['h', hourMs],
    ['m', minuteMs],
    ['s', secondMs],
    ['ms', 1],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms % each === 0 && ms !== dayMs) ?? ['h', hourMs];
  return `${ms / size}${unit}`;
}
