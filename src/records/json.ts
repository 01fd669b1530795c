/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Oracle sends numbers and booleans either as such or as text, so scalars are compared as text. */
export type Scalar = string | number | boolean | null | undefined;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed value; undefined for text that is not JSON. (No JSON text stands for undefined.) */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value, parsed where it is JSON text, as connectors write it; undefined for other text. */
export function valueIn(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value;
}

/** The object, parsed where it is JSON text; undefined for anything else. */
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
