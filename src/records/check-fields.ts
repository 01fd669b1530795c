import type { JsonObject } from './json.js';

/** What was asked for, or the name of the first field that is a list or an object where a scalar belongs. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly field: string };

/**
 * Makes the check of the fields of an object that are used: each is absent or a scalar. Fields that are not used may
 * hold anything.
 *
 * By hand: every event of a day goes through here, and a schema of zod, which copies what it checks, takes half the
 * time of parsing the JSON once more.
 *
 * @param fields the fields of `T` that are scalars
 */
export function scalarChecker<T>(fields: readonly string[]): (value: JsonObject) => Checked<T> {
  const used = new Set(fields);
  return (value) => {
    for (const [field, each] of Object.entries(value)) {
      if (typeof each === 'object' && each !== null && used.has(field)) return { ok: false, field };
    }
    return { ok: true, value: value as T };
  };
}
