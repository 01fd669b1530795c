import { oneLine } from '../base/one-line.js';
import { retryAfterMs } from '../base/retry-after.js';
import { explainError, innerError } from '../errors.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import { AzureCallError, type AzureCallFacts } from './azure-error.js';
import { AnswerTooLarge, NoAnswer, type OpenCall, type RawAnswer } from './raw-answers.js';
import { type TableAnswer, readTableAnswer, serviceErrorOf, azureReasonChars } from './table-answer.js';

const shownBodyChars = 300;
const mebibyte = 1024 ** 2;

const plain: Pick<AzureCallFacts, 'codes' | 'retryable' | 'isThrottled' | 'waitMs' | 'isTooMuch' | 'status'> =
  { status: null, codes: [], retryable: false, isThrottled: false, waitMs: 0, isTooMuch: false };

/** @throws AzureCallError for what is no table of rows */
export function judgeAnswer(answer: RawAnswer, requestId: string): TableAnswer {
  const { status, text, bytes } = answer;
  if (status !== 200) throw errorOf(answer, requestId);
  let read: ReturnType<typeof readTableAnswer>;
  try {
    read = readTableAnswer(text);
  } catch (cause) {
    throw new AzureCallError({ ...plain, status, requestId, reason: noJson(answer), retryable: true, cause });
  }
  if (read !== null) return { ...read, requestId, bytes };
  const reason = reasonWords('azureNoTable');
  throw new AzureCallError({ ...plain, status, requestId, reason, retryable: true });
}

/** learn.microsoft.com: azure-monitor/logs/api/errors */
function errorOf(answer: RawAnswer, requestId: string): AzureCallError {
  const { status, text, retryAfter } = answer;
  const said = serviceErrorOf(text);
  const waitMs = retryAfterMs(retryAfter, Date.now());
  return new AzureCallError({
    status,
    requestId,
    codes: said?.codes ?? [],
    reason: said?.words ?? noJson(answer),
    // A query that took too long takes as long again: a shorter time takes less.
    retryable: status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 504),
    isThrottled: status === 429 && (retryAfter === null || waitMs > 0),
    waitMs,
    isTooMuch: status === 504 || status === 413,
  });
}

/** No answer came, or not all of it. */
export function judgeFailure(
  { fault }: OpenCall,
  requestId: string,
  error: unknown,
  maxBytes: number,
): AzureCallError {
  const cause = fault ?? error;
  if (fault instanceof AnswerTooLarge) {
    const reason = reasonWords('azureAnswerTooLarge', { mebibytes: Math.round(maxBytes / mebibyte) });
    return new AzureCallError({ ...plain, requestId, reason, isTooMuch: true, cause });
  }
  if (fault instanceof NoAnswer) {
    const reason = reasonWords('noAnswer', { seconds: fault.afterMs / 1000 });
    return new AzureCallError({ ...plain, requestId, reason, retryable: true, cause });
  }
  const reason = oneLine(explainError(innerError(error)), azureReasonChars);
  return new AzureCallError({ ...plain, requestId, reason, retryable: true, cause });
}

function noJson({ text, contentType }: RawAnswer): string {
  const content = text === '' ? reasonWords('emptyBody') : JSON.stringify(text.slice(0, shownBodyChars));
  const type = contentType ?? reasonWords('ofNoType');
  return oneLine(reasonWords('answerNoJson', { type, content }), azureReasonChars);
}
