/** A JSON object, of which nothing else is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Oracle sends numbers and booleans as text or as themselves; text is what all of them have in common. */
export type Scalar = string | number | boolean | null | undefined;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed value, or undefined where it is no JSON: no JSON text means undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value, also as JSON text, as connectors write it; undefined where it is text but no JSON. */
export function valueIn(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value;
}

/** An object, also as JSON text; undefined for anything else. */
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

/** The same where the field may hold anything: what is no text or number is absent. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? scalarText(value) : undefined;
}
