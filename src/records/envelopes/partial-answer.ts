import { type JsonObject, isJsonObject } from '../json.js';
import { isListKey, spellings } from './service-answer.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/**
 * Signs that an answer does not have all that was asked for. Of Oracle's services: the same as a reading of Log
 * Analytics goes by, `opc-next-page`, which the command line prints where there are more pages, and `hasMore` of Oracle
 * REST Data Services. Of others: Elasticsearch, OData, and lists of clouds with a token for the next page.
 */
const signs = {
  partial: spellings('are-partial-results'),
  hidden: spellings('is-content-hidden'),
  percent: spellings('percent-complete'),
  count: [...spellings('total-count'), 'total', ...spellings('total-results')],
  nextPage: spellings('opc-next-page'),
  more: [...spellings('has-more'), ...spellings('is-truncated'), 'IsTruncated', 'truncated'],
  timedOut: spellings('timed-out'),
  next: [
    '@odata.nextLink',
    'nextLink',
    ...spellings('next-token'),
    'NextToken',
    ...spellings('next-page-token'),
  ],
};

/** Why an answer does not have all that was asked for, in its own words; undefined where it does not say so. */
export function partialReason(answer: JsonObject): string | undefined {
  if (valueOf(answer, signs.partial) === true) return reasonWords('answerPartial');
  if (valueOf(answer, signs.hidden) === true) return reasonWords('answerHidden');
  const percent = valueOf(answer, signs.percent);
  if (typeof percent === 'number' && percent < 100) return reasonWords('answerPercent', { percent });
  if (isText(valueOf(answer, signs.nextPage))) return reasonWords('answerNextPage');
  if (valueOf(answer, signs.timedOut) === true) return reasonWords('answerTimedOut');
  if (valueOf(answer, signs.more) === true || isText(valueOf(answer, signs.next)))
    return reasonWords('answerMore');
  return reasonOfCount(answer);
}

function reasonOfCount(answer: JsonObject): string | undefined {
  const total = valueOf(answer, signs.count);
  const count = isJsonObject(total) ? total['value'] : total;
  if (typeof count !== 'number') return undefined;
  const lists = Object.entries(answer).flatMap(([key, rows]) =>
    Array.isArray(rows) && (isListKey(key) || key === 'hits') ? [rows.length] : [],
  );
  const rows = lists.reduce((sum, length) => sum + length, 0);
  return lists.length > 0 && count > rows ? reasonWords('answerCounts', { count, rows }) : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function valueOf(answer: JsonObject, keys: readonly string[]): unknown {
  for (const key of keys) if (key in answer) return answer[key];
  return undefined;
}
