import { isDeeperThan } from '../base/nesting.js';
import { isDataSafeRecord } from './data-safe/record-shape.js';
import { type JsonObject, isJsonObject, readJsonText } from './json.js';
import { lettersOf } from './redactable-fields.js';
import { removed } from './removed.js';
import { headerFreeText, isSecretKey, namesSecret, secretFreeText, textInBase64 } from './secret-text.js';
import { setsPassword } from './sql-secrets.js';

/** Deeper values are cleaned as text. */
const maxLevels = 500;

/** Shorter text names no secret together with its value. */
const minText = 12;
/** Text in JSON text that may be base64 of more; an OCID is none, because of its dots. */
const quotedBase64 = /"[A-Za-z0-9+/_-]{40,}={0,2}\\*"/;

/** Keys with the text of commands, whatever record they are in. */
function isCommandKey(key: string): boolean {
  return /^(?:command[-_ ]?(?:text|param)|sql[-_ ]?text)$/i.test(key);
}

/** Whether an event is an audit record that may contain secrets, which must not be stored. */
export function carriesSecrets(event: JsonObject): boolean {
  if (isDataSafeRecord(event)) return true;
  const data = event['data'];
  return isJsonObject(data) && ('identity' in data || 'request' in data || 'response' in data);
}

/**
 * The value with credentials and headers removed, at any depth, in JSON text and in base64 of text, too; of Data Safe's
 * records and of the text of commands also passwords of SQL. The same value where there are none.
 *
 * @param value nested no deeper than the stack allows
 * @param isAnyCommand passwords of SQL are removed from every text: of a record that could not be understood
 */
export function withoutSecrets(value: unknown, isAnyCommand = false): unknown {
  if (typeof value === 'string') return cleanText(value, isAnyCommand);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const clean = value.map((each) => withoutSecrets(each, isAnyCommand));
    return clean.some((each, index) => each !== value[index]) ? clean : value;
  }
  const object = value as JsonObject;
  const isCommand = isAnyCommand || isDataSafeRecord(object);
  let isChanged = false;
  const entries = Object.entries(object).map(([key, field]): [string, unknown] => {
    const clean = isSecretKey(key) ? removed : withoutSecrets(field, isCommand || isCommandKey(key));
    isChanged ||= clean !== field;
    return [key, clean];
  });
  const clean = isChanged ? Object.fromEntries(entries) : object;
  return withoutParameters(clean);
}

function cleanText(text: string, isCommand: boolean): string {
  if (text.length < minText) return text;
  const inner = textInBase64(text);
  if (inner !== undefined) {
    const clean = cleanText(inner, isCommand);
    return clean === inner ? text : Buffer.from(clean).toString('base64');
  }
  if (!namesSecret(text) && !quotedBase64.test(text)) return text;
  const isJson = /^\s*["[{]/.test(text);
  const read = isJson ? readJsonText(text) : undefined;
  if (read?.ok !== true || isDeeperThan(read.value, maxLevels)) {
    return isCommand || isJson ? secretFreeText(text) : headerFreeText(text);
  }
  const clean = withoutSecrets(read.value, isCommand);
  return clean === read.value ? text : JSON.stringify(clean);
}

/** Values that a command was called with cannot be told from its password: where it has one, all of them go. */
function withoutParameters(record: JsonObject): JsonObject {
  const parameters = Object.keys(record).find((key) => lettersOf(key) === 'commandparam');
  if (parameters === undefined || typeof record[parameters] !== 'string') return record;
  const isOfPassword = Object.entries(record).some(
    ([key, field]) => lettersOf(key) === 'commandtext' && typeof field === 'string' && setsPassword(field),
  );
  if (!isOfPassword || record[parameters] === '') return record;
  return { ...record, [parameters]: removed };
}
