import { isDeeperThan } from '../base/nesting.js';
import { type JsonObject, isJsonObject, readJsonText } from './json.js';
import { isSecretKey, namesSecret, removed, secretFreeText, textInBase64 } from './secret-text.js';

/** Deeper values are cleaned as text. */
const maxLevels = 500;

/** Shorter text names no secret together with its value. */
const minText = 12;
/** Text in JSON text that may be base64 of more; an OCID is none, because of its dots. */
const quotedBase64 = /"[A-Za-z0-9+/_-]{40,}={0,2}\\*"/;

/** Whether an event is an audit record that may contain secrets, which must not be stored. */
export function carriesSecrets(event: JsonObject): boolean {
  const data = event['data'];
  return isJsonObject(data) && ('identity' in data || 'request' in data || 'response' in data);
}

/**
 * The value with credentials and headers removed, at any depth, in JSON text and in base64 of text, too. The same
 * value where there are none.
 *
 * @param value nested no deeper than the stack allows
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const clean = value.map(withoutSecrets);
    return clean.some((each, index) => each !== value[index]) ? clean : value;
  }
  let isChanged = false;
  const entries = Object.entries(value).map(([key, field]): [string, unknown] => {
    const clean = isSecretKey(key) ? removed : withoutSecrets(field);
    isChanged ||= clean !== field;
    return [key, clean];
  });
  return isChanged ? Object.fromEntries(entries) : value;
}

function cleanText(text: string): string {
  if (text.length < minText) return text;
  const inner = textInBase64(text);
  if (inner !== undefined) {
    const clean = cleanText(inner);
    return clean === inner ? text : Buffer.from(clean).toString('base64');
  }
  if (!namesSecret(text) && !quotedBase64.test(text)) return text;
  const read = /^\s*["[{]/.test(text) ? readJsonText(text) : undefined;
  if (read?.ok !== true || isDeeperThan(read.value, maxLevels)) return secretFreeText(text);
  const clean = withoutSecrets(read.value);
  return clean === read.value ? text : JSON.stringify(clean);
}
