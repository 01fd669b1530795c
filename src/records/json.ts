import { clip } from '../base/text-safety.js';
import { repeatedField } from './repeated-fields.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Oracle sends numbers and booleans either as such or as text, so scalars are compared as text. */
export type Scalar = string | number | boolean | null | undefined;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed value, or why nobody knows what it is; `repeated` is null where the text is not JSON at all. */
export type JsonReading =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly repeated: string | null };

/** A field stands twice in JSON text with different values. The message says which, in words for a report. */
export class RepeatedField extends Error {
  constructor(field: string) {
    super(reasonWords('fieldTwice', { field: clip(field, 100) }));
    this.name = 'RepeatedField';
  }
}

/** Parses text that becomes a record, or part of one. Never throws. */
export function readJsonText(text: string): JsonReading {
  try {
    return { ok: true, value: checkedValue(text) };
  } catch (error) {
    return { ok: false, repeated: error instanceof RepeatedField ? error.message : null };
  }
}

/**
 * The parsed value; undefined for text that is not JSON. (No JSON text stands for undefined.)
 *
 * @throws RepeatedField
 */
export function parseJson(text: string): unknown {
  try {
    return checkedValue(text);
  } catch (error) {
    if (error instanceof RepeatedField) throw error;
    return undefined;
  }
}

function checkedValue(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const repeated = repeatedField(text, value);
  if (repeated !== undefined) throw new RepeatedField(repeated);
  return value;
}

/**
 * The value, parsed where it is JSON text, as connectors write it; undefined for other text.
 *
 * @throws RepeatedField
 */
export function valueIn(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value;
}

/**
 * The object, parsed where it is JSON text; undefined for anything else.
 *
 * @throws RepeatedField
 */
export function objectIn(value: unknown): JsonObject | undefined {
  const parsed = valueIn(value);
  return isJsonObject(parsed) ? parsed : undefined;
}

/** A scalar as text; undefined where it is absent, empty, or one of the words that connectors write for null. */
export function scalarText(value: Scalar): string | undefined {
  if (typeof value !== 'string') return value === null || value === undefined ? undefined : String(value);
  const text = value.trim();
  return text === '' || text === 'null' || text === 'None' ? undefined : text;
}

/** The same for a field that may hold anything: only text and numbers count. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? scalarText(value) : undefined;
}
