import { reasonWords } from '../model/reasons/reason-words.js';

/** A call of the SDK, as the SDK names it: `LogAnalytics`, `query`. */
export interface OciCall {
  readonly service: string;
  readonly operation: string;
}

/** The facts of a failed call. */
export interface OciCallFacts {
  readonly reason: string;
  /** HTTP status; none if no answer came, or if the status was fine but the content was not. */
  readonly status?: number | null;
  /** OCI's own error code: `NotAuthorizedOrNotFound`. */
  readonly code?: string | null;
  /** opc-request-id, which Oracle Support asks for. */
  readonly requestId?: string | null | undefined;
  /** Whether the same call may succeed a little later; false if not set. */
  readonly retryable?: boolean;
  /** Whether the service refused for the number of calls alone, without saying "now"; false if not set. */
  readonly isThrottled?: boolean;
  readonly cause?: unknown;
}

/** A failed call to OCI, in words for a person and with everything that a support request needs. */
export class OciCallError extends Error {
  readonly service: string;
  readonly operation: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly retryable: boolean;
  /** Too many calls: waiting helps, and only a deadline should end it. */
  readonly isThrottled: boolean;

  constructor(call: OciCall, facts: OciCallFacts) {
    const { reason, status = null, code = null, requestId = null, retryable = false, cause } = facts;
    super(wordsOf(call, { reason, status, code, requestId }), { cause });
    this.name = 'OciCallError';
    this.service = call.service;
    this.operation = call.operation;
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryable = retryable;
    this.isThrottled = facts.isThrottled ?? false;
  }
}

/**
 * Answers that are not final: conflicts that OCI documents as retryable, and a body that was damaged on its way, which
 * can be sent again.
 */
const retryableCodes = new Set([
  'TooManyRequests',
  'InternalServerError',
  'ConcurrentObjectUpdate',
  'UnmatchedContentMD5',
]);

/** 429 and 5xx are transient; 501 is not. See Oracle's list of API errors. */
export function isRetryableStatus(status: number, code: string | null): boolean {
  return status === 429 || (status >= 500 && status !== 501) || (code !== null && retryableCodes.has(code));
}

/** Whether OCI refused: it answers 404 both for what does not exist and for what may not be seen. */
export function isRefusal(error: unknown): boolean {
  return error instanceof OciCallError && [401, 403, 404].includes(error.status ?? 0);
}

function wordsOf(
  { service, operation }: OciCall,
  { reason: why, status = null, code = null, requestId: request = null }: OciCallFacts,
): string {
  const call = { service, operation, why };
  if (status === null) {
    return request === null
      ? reasonWords('callFailed', call)
      : reasonWords('callFailedRequest', { ...call, request });
  }
  const answered = { ...call, status: code === null ? status : `${status} ${code}` };
  return request === null
    ? reasonWords('callAnswered', answered)
    : reasonWords('callAnsweredRequest', { ...answered, request });
}
