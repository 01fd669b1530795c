import { z } from 'zod';

type Json = { readonly [key: string]: unknown };

/**
 * The JSON Schema (draft 2020-12) of an archived document, as published in `schema/`: objects are closed, every field
 * has a description, and schemas with an id are in `$defs`.
 *
 * @param name of the format: `report`; its version is that of its `schemaVersion`
 */
export function publishedSchema(schema: z.ZodType, name: string): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  const version = versionOf(rest);
  return { $schema, $id: `urn:oci-backup-reporter:${name}:${version}`, ...tidyObject(rest) };
}

function versionOf({ properties }: Json): unknown {
  const field = isObject(properties) ? properties['schemaVersion'] : null;
  return isObject(field) ? field['const'] : 1;
}

/** Removes what zod adds by itself, and shortens what JSON Schema can say more briefly. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  return isObject(value) ? tidyObject(value) : value;
}

function tidyObject(object: Json): Json {
  const found = Object.entries(object).filter(([key, value]) => !isImplied(key, value));
  const tidied = Object.fromEntries(found.map(([key, value]) => [key, tidy(value)]));
  const { anyOf, ...rest } = tidied;
  const merged = Array.isArray(anyOf) ? mergedTypes(anyOf) : null;
  return merged === null ? tidied : { ...rest, ...merged };
}

/** The bounds of safe integers, the id of a definition, and the fact that keys are text. */
function isImplied(key: string, value: unknown): boolean {
  if (key === 'minimum') return value === Number.MIN_SAFE_INTEGER;
  if (key === 'maximum') return value === Number.MAX_SAFE_INTEGER;
  if (key === 'propertyNames') return isObject(value) && value['type'] === 'string';
  return key === 'id' && typeof value === 'string';
}

/** `{ type: ['string', 'null'] }` for a choice of plain types, at most one with bounds; null for any other choice. */
function mergedTypes(choices: readonly unknown[]): Json | null {
  const types: string[] = [];
  const bounded: Json[] = [];
  for (const choice of choices) {
    if (!isObject(choice) || typeof choice['type'] !== 'string') return null;
    if (choice['type'] === 'object' || choice['type'] === 'array' || 'enum' in choice) return null;
    const { type: _, ...bounds } = choice;
    types.push(choice['type']);
    if (Object.keys(bounds).length > 0) bounded.push(bounds);
  }
  return bounded.length > 1 ? null : { type: types, ...bounded[0] };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
