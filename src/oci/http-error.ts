import { durationInWords } from '../base/english.js';
import { oneLine } from '../base/one-line.js';
import { retryAfterMs } from '../base/retry-after.js';
import { innerError, explainError } from '../errors.js';
import { type OciCall, OciCallError, type OciCallFacts, isRetryableStatus } from './oci-error.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** Most characters shown of a reason that OCI gives. */
export const shownReasonChars = 500;

/** Code of a call that was ended here; OCI has no code for it. */
const silenceCode = 'NoAnswer';

/** A call that OCI answered with an error. */
export class OciAnswerError extends OciCallError {
  /** How long the answer asks to wait before the next attempt (Retry-After), milliseconds; 0 if it does not say. */
  readonly waitMs: number;
  readonly #call: OciCall;
  readonly #reason: string;

  constructor(call: OciCall, facts: OciCallFacts & { readonly waitMs: number }) {
    super(call, facts);
    this.waitMs = facts.waitMs;
    this.#call = call;
    this.#reason = facts.reason;
  }

  /** The same answer where nobody waits for so long: the same call will not succeed a little later. */
  notWaitedFor(): OciAnswerError {
    const { status, code, requestId, waitMs } = this;
    return new OciAnswerError(this.#call, {
      status,
      code,
      requestId,
      waitMs,
      retryable: false,
      reason: reasonWords('notWaitedFor', { why: this.#reason, time: durationInWords(waitMs) }),
    });
  }
}

export async function answerError(response: Response, call: OciCall): Promise<OciAnswerError> {
  const { status, statusText, headers } = response;
  const { code, message } = parseError(await response.clone().text());
  const retryAfter = headers.get('retry-after');
  const waitMs = retryAfterMs(retryAfter, Date.now());
  return new OciAnswerError(call, {
    status,
    code,
    requestId: headers.get('opc-request-id'),
    retryable: isRetryableStatus(status, code),
    // "Retry-After: 0" is an invitation, not a quota.
    isThrottled: status === 429 && (retryAfter === null || waitMs > 0),
    reason: oneLine(message ?? (statusText || reasonWords('noReasonGiven')), shownReasonChars),
    waitMs,
  });
}

function parseError(body: string): { code: string | null; message: string | null } {
  try {
    const { code, message } = JSON.parse(body);
    return {
      code: typeof code === 'string' ? code : null,
      message: typeof message === 'string' ? message : null,
    };
  } catch {
    return { code: null, message: null };
  }
}

export function silenceError(call: OciCall, timeoutMs: number, cause: unknown): OciCallError {
  const reason = reasonWords('noAnswer', { seconds: timeoutMs / 1000 });
  return new OciCallError(call, { code: silenceCode, retryable: true, reason, cause });
}

/** Whether a call timed out. */
export function isSilence(error: unknown): boolean {
  return error instanceof OciCallError && error.status === null && error.code === silenceCode;
}

/** What fails before there is a connection to send a request over. */
const connecting = new Set(['connect', 'getaddrinfo', 'lookup']);

/**
 * Whether a call certainly never left this machine: its name was not found, or nobody took the connection. A failure on a connection
 * that stood is none of these, whatever it is called.
 */
export function neverLeft({ status, cause }: OciCallError): boolean {
  return status === null && isFailureToConnect(innerError(cause));
}

function isFailureToConnect(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, syscall, errors } = error as Readonly<Record<string, unknown>>;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  // Of a name with several addresses, one error for each.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isFailureToConnect);
  return typeof syscall === 'string' && connecting.has(syscall);
}

/** A call without an answer, or with a truncated one: the same call may succeed. */
export function networkError(call: OciCall, error: unknown): OciCallError {
  return new OciCallError(call, { retryable: true, reason: explainError(innerError(error)), cause: error });
}
