import type { JsonObject } from '../json.js';

/** Keys under which services and exports put their lists. */
const listKeys = new Set(['items', 'results', 'events', 'records', 'logs', 'messages', 'value', 'data']);

/**
 * What services put beside their lists: the descriptions of columns, counts, and where a message was in its stream.
 * Known, so not told as passed over.
 */
const ownKeys = new Set(
  [
    'columns fields groups summary source partial-result-reason query-execution-time-in-ms are-partial-results',
    'is-content-hidden percent-complete total-count total-matched-count opc-next-page opc-prev-page next-page',
    'opc-next-cursor opc-request-id etag @odata.context',
    'stream partition offset key timestamp topic broker ts tstype datetime',
  ]
    .flatMap((keys) => keys.split(' '))
    .flatMap(spellings),
);

export function isListKey(key: string): boolean {
  return listKeys.has(key.toLowerCase());
}

export function isOwnKey(key: string): boolean {
  return ownKeys.has(key);
}

/**
 * Whether an object is the answer of a service that found nothing: an empty list under a known key, and beside it only
 * numbers, flags and what services put there. Text is not: `{"error":"throttled","items":[]}` is no empty answer.
 *
 * @param isEmptyBelow whether the value of a key is an empty list, or such an answer itself
 */
export function isEmptyAnswer(value: JsonObject, isEmptyBelow: (key: string) => boolean): boolean {
  let isAnswer = false;
  for (const [key, field] of Object.entries(value)) {
    if (isEmptyBelow(key)) isAnswer ||= isListKey(key);
    else if (!isOwnKey(key) && (typeof field === 'string' || (typeof field === 'object' && field !== null)))
      return false;
  }
  return isAnswer;
}

/** The list of an object that is nothing else: under a known key, beside scalars and empty lists. */
export function onlyListOf(value: JsonObject): readonly unknown[] | undefined {
  let list: readonly unknown[] | undefined;
  for (const [key, field] of Object.entries(value)) {
    if (typeof field !== 'object' || field === null) continue;
    if (!Array.isArray(field)) return undefined;
    if (field.length === 0) continue;
    if (list !== undefined || !isListKey(key)) return undefined;
    list = field;
  }
  return list;
}

/** As the service, its command line and its Python library write a key. */
export function spellings(key: string): readonly string[] {
  const camel = key.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([camel, key, key.replaceAll('-', '_')])];
}
