/** A call of the SDK, as the SDK names it: `LogAnalytics`, `query`. */
export interface OciCall {
  readonly service: string;
  readonly operation: string;
}

/** What is known of a failed call. */
export interface OciCallFacts {
  readonly reason: string;
  /** HTTP status; none where no answer came, or where the answer was good and what is in it is not. */
  readonly status?: number | null;
  /** OCI's own code of the error: `NotAuthorizedOrNotFound`. */
  readonly code?: string | null;
  /** opc-request-id, which Oracle's support asks for. */
  readonly requestId?: string | null | undefined;
  /** Whether the same call may succeed a little later; false where it is not set. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** A call to OCI that failed, in words for a person and with all that a support request needs. */
export class OciCallError extends Error {
  readonly service: string;
  readonly operation: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly retryable: boolean;

  constructor(call: OciCall, facts: OciCallFacts) {
    const { reason, status = null, code = null, requestId = null, retryable = false, cause } = facts;
    const answer = status === null ? 'failed' : `answered ${status}${code === null ? '' : ` ${code}`}`;
    const request = requestId === null ? '' : ` (opc-request-id ${requestId})`;
    super(`${call.service} ${call.operation} ${answer}: ${reason}${request}`, { cause });
    this.name = 'OciCallError';
    this.service = call.service;
    this.operation = call.operation;
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryable = retryable;
  }
}

/** Conflicts that OCI itself says to repeat; all others are answers. */
const retryableCodes = new Set(['TooManyRequests', 'InternalServerError', 'ConcurrentObjectUpdate']);

/** 429 and 5xx are transient; 501 is not. See Oracle's list of API errors. */
export function isRetryableStatus(status: number, code: string | null): boolean {
  return status === 429 || (status >= 500 && status !== 501) || (code !== null && retryableCodes.has(code));
}

/** Whether OCI has said no: 404 is its answer to what is not there and to what may not be seen. */
export function isRefusal(error: unknown): boolean {
  return error instanceof OciCallError && [401, 403, 404].includes(error.status ?? 0);
}
