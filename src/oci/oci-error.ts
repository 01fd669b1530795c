/** A call to OCI that failed, in words for a person and with all that a support request needs. */
export class OciCallError extends Error {
  /** As the SDK calls them: `LogAnalytics`, `query`. */
  readonly service: string;
  readonly operation: string;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** OCI's own code of the error: `NotAuthorizedOrNotFound`. */
  readonly code: string | null;
  /** opc-request-id, which Oracle's support asks for. */
  readonly requestId: string | null;
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;

  constructor(
    call: OciCall,
    facts: {
      readonly status: number | null;
      readonly code: string | null;
      readonly requestId: string | null;
      readonly retryable: boolean;
      readonly reason: string;
      readonly cause?: unknown;
    },
  ) {
    const { status, code, requestId, reason } = facts;
    const answer = status === null ? 'failed' : `answered ${status}${code === null ? '' : ` ${code}`}`;
    const request = requestId === null ? '' : ` (opc-request-id ${requestId})`;
    super(`${call.service} ${call.operation} ${answer}: ${reason}${request}`, { cause: facts.cause });
    this.name = 'OciCallError';
    this.service = call.service;
    this.operation = call.operation;
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryable = facts.retryable;
  }
}

export interface OciCall {
  readonly service: string;
  readonly operation: string;
}

/** Conflicts that OCI itself says to repeat; all others are answers. */
const retryableCodes = new Set(['TooManyRequests', 'InternalServerError', 'ConcurrentObjectUpdate']);

/** 429 and 5xx pass; 501 does not. See Oracle's list of API errors. */
export function isRetryableStatus(status: number, code: string | null): boolean {
  return status === 429 || (status >= 500 && status !== 501) || (code !== null && retryableCodes.has(code));
}
