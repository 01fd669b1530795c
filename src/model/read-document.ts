import type { z } from 'zod';

/** Why the bytes are not the expected document. */
export type DocumentFault =
  | { readonly kind: 'not-json'; readonly cause: unknown }
  | { readonly kind: 'malformed'; readonly error: z.ZodError };

/** `checked` has only the fields of the schema; `written` has everything, unchecked. */
export type ReadDocument<T> =
  | { readonly ok: true; readonly checked: T; readonly written: unknown }
  | { readonly ok: false; readonly fault: DocumentFault };

/**
 * Reads an archived document back.
 *
 * @param part of the schema that the caller uses: nothing else is checked, so that other versions can be read too
 */
export function readDocument<T>(bytes: Uint8Array, part: z.ZodType<T>): ReadDocument<T> {
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return { ok: false, fault: { kind: 'not-json', cause } };
  }
  const parsed = part.safeParse(written);
  return parsed.success
    ? { ok: true, checked: parsed.data, written }
    : { ok: false, fault: { kind: 'malformed', error: parsed.error } };
}
