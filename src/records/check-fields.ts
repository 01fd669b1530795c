import type { JsonObject } from './json.js';

/** The checked value, or the name of the first field that has a list or an object instead of a scalar. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly field: string };

/**
 * Creates a check that each field in use is absent or a scalar. Other fields may hold anything.
 *
 * Not done with zod, because every event of a day goes through here: zod copies what it checks, and would add half the
 * time that parsing the JSON takes.
 *
 * @param fields the fields of `T` that are scalars
 */
export function scalarChecker<T>(fields: readonly string[]): (value: JsonObject) => Checked<T> {
  const used = new Set(fields);
  return (value) => {
    for (const field in value) {
      const each = value[field];
      if (typeof each === 'object' && each !== null && used.has(field)) return { ok: false, field };
    }
    return { ok: true, value: value as T };
  };
}
