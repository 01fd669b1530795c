import { explainError } from '../../errors.js';
import { RepeatedField } from '../../records/json.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** A parsed record, as far as its form decides what it may be. */
export interface RecordForm {
  readonly value: unknown;
  /** It was JSON text in a file, not a value that a service returned. */
  readonly isText: boolean;
  /** All that its file holds. */
  readonly isWhole: boolean;
}

/** What a record became: its items, or why it is rejected as a whole. */
export type RecordItems<T> =
  | { readonly ok: true; readonly items: readonly T[] }
  /** `failure`: why interpreting it failed; null where its form is wrong. */
  | { readonly ok: false; readonly reason: string; readonly failure: string | null };

/**
 * A line has at least one item, always: an empty list where a record should be is rejected. Only a whole file or answer
 * that is an empty list has none. No record ends the reading: one that fails is rejected.
 */
export function takeItems<T>(
  { value, isText, isWhole }: RecordForm,
  take: (value: unknown) => readonly T[],
): RecordItems<T> {
  try {
    const items = take(value);
    return items.length === 0 && isText && !isWhole
      ? { ok: false, reason: reasonWords('emptyList'), failure: null }
      : { ok: true, items };
  } catch (error) {
    // In JSON text within the record.
    if (error instanceof RepeatedField) return { ok: false, reason: error.message, failure: null };
    const failure = explainError(error);
    return { ok: false, reason: reasonWords('notProcessed', { why: failure }), failure };
  }
}

/** Why text is no record. @param repeated a field that stands twice in it, in words; null: it is not JSON */
export function reasonUnparsable(repeated: string | null): string {
  return repeated ?? reasonWords('lineNotJson');
}
