import { type JsonObject, isJsonObject } from './json.js';

const removed = '[removed]';

/** Keys of an audit record that can carry secrets (identity.credentials, request and response headers). */
const secretText = /("(?:credentials|headers|authorization)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|\{[^}]*\}?)/gi;

/** Whether an event is an audit record that may contain secrets, which must not be stored. */
export function carriesSecrets(event: JsonObject): boolean {
  const data = event['data'];
  return isJsonObject(data) && ('identity' in data || 'request' in data || 'response' in data);
}

/** A copy with credentials and headers removed. */
export function withoutSecrets(event: JsonObject): JsonObject {
  const data = event['data'];
  if (!isJsonObject(data)) return event;
  const clean: Record<string, unknown> = { ...data };
  for (const [part, key] of [
    ['identity', 'credentials'],
    ['request', 'headers'],
    ['response', 'headers'],
  ] as const) {
    const value = clean[part];
    if (isJsonObject(value) && key in value) clean[part] = { ...value, [key]: removed };
    else if (typeof value === 'string') clean[part] = secretFreeText(value);
  }
  return { ...event, data: clean };
}

/** The same for text that could not be parsed. */
export function secretFreeText(text: string): string {
  return text.replace(secretText, `$1"${removed}"`);
}
