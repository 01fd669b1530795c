import { type JsonObject, isJsonObject, objectIn, textIn } from '../json.js';

/** One line of what a diagnostic setting writes into storage or to an event hub. */
export function isDiagnosticLog(value: JsonObject): boolean {
  if (typeof value['category'] !== 'string' || !isJsonObject(value['properties'])) return false;
  return /^\/subscriptions\//i.test(textIn(value['resourceId']) ?? '') && 'time' in value;
}

const keys: ReadonlyMap<string, string> = new Map(
  ['time', 'resourceId', 'operationName', 'category', 'properties'].map((key) => [key.toLowerCase(), key]),
);

/**
 * Such a line with its usual keys, where a tool wrote them in another case or the properties as JSON text; undefined: it is
 * none, or is so already.
 *
 * @throws RepeatedField
 */
export function asDiagnosticLog(value: JsonObject): JsonObject | undefined {
  if (isDiagnosticLog(value)) return undefined;
  const line: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) line[keys.get(key.toLowerCase()) ?? key] = field;
  if (typeof line['category'] !== 'string' || line['properties'] === undefined) return undefined;
  const read = { ...line, properties: objectIn(line['properties']) };
  return isDiagnosticLog(read) ? read : undefined;
}
