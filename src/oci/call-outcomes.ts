import { AsyncLocalStorage } from 'node:async_hooks';
import { oneLine } from '../base/one-line.js';
import { CredentialsRefused, Failure } from '../errors.js';
import { type CallGate, CallsSpentError } from '../http/call-gate.js';
import { adviceForRefusedSignature } from './call-advice.js';
import type { AnswerFacts, CallContext } from './call-context.js';
import { shownReasonChars } from './http-error.js';
import { OciCallError } from './oci-error.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** How often an answer that is no JSON is asked for. */
const askedForJson = 2;

/** Runs SDK calls and converts what they throw into errors of our own. */
export class CallOutcomes {
  readonly #contexts = new AsyncLocalStorage<CallContext>();
  #running = 0;
  /** Whether OCI has ever accepted the credentials: only then can a 401 be transient. */
  #wasAccepted = false;

  /** What the HTTP client needs to know of the current call. */
  readonly contextOf = (): CallContext | undefined => this.#contexts.getStore();

  /**
   * A good answer that is no JSON is asked for once more, if the call changes nothing.
   *
   * @param gate limits the attempts; null: nothing but the client's own deadline does
   * @throws OciCallError; CallsSpentError; Failure('usage') when OCI never accepted the credentials
   */
  async run<T>(work: () => Promise<T>, gate: CallGate | null): Promise<T> {
    for (let asked = 1; ; asked += 1) {
      const context: CallContext = { gate, failure: null, answer: null };
      try {
        const result = await this.#within(context, work);
        this.#wasAccepted = true;
        return result;
      } catch (error) {
        const unreadable = context.failure === null ? unreadableAnswer(error, context.answer) : null;
        if (unreadable?.retryable === true && asked < askedForJson) continue;
        throw this.#judge(unreadable ?? context.failure ?? asCallError(error));
      }
    }
  }

  /**
   * A storage in use costs time at every promise of the process, and Node never forgets one that was not disabled: a
   * schedule that connects every day would become slower every day.
   */
  async #within<T>(context: CallContext, work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await this.#contexts.run(context, work);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#contexts.disable();
    }
  }

  #judge(failure: unknown): unknown {
    if (!(failure instanceof OciCallError)) return failure;
    if (failure.status === 401 && !this.#wasAccepted) return notAccepted(failure);
    if (failure.status !== null && failure.status !== 401) this.#wasAccepted = true;
    return failure;
  }
}

/** The SDK expects JSON, and throws what the parser throws: it names neither service nor request. */
function unreadableAnswer(error: unknown, answer: AnswerFacts | null): OciCallError | null {
  if (answer === null || answer.beginning === null || !isSyntaxError(error)) return null;
  const { call, status, requestId, contentType, beginning, isReading } = answer;
  const content = beginning === '' ? reasonWords('emptyBody') : JSON.stringify(beginning);
  const reason = oneLine(
    reasonWords('answerNoJson', { type: contentType ?? reasonWords('ofNoType'), content }),
    shownReasonChars,
  );
  return new OciCallError(call, {
    status,
    requestId,
    reason,
    retryable: isReading && status < 300,
    cause: error,
  });
}

/** By its name: the class may be that of another context. */
function isSyntaxError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError';
}

/** Errors of the SDK itself: OciError, or a plain object if there was no answer. */
function asCallError(error: unknown): unknown {
  if (error instanceof Failure || error instanceof OciCallError || error instanceof CallsSpentError)
    return error;
  if (typeof error !== 'object' || error === null) return error;
  const { statusCode, serviceCode, opcRequestId, targetService, operationName, message } = error as Readonly<
    Record<string, unknown>
  >;
  if (typeof statusCode !== 'number') return error;
  return new OciCallError(
    { service: String(targetService ?? 'OCI'), operation: String(operationName ?? 'call') },
    {
      status: statusCode,
      code: typeof serviceCode === 'string' && serviceCode !== 'None' ? serviceCode : null,
      requestId: typeof opcRequestId === 'string' ? opcRequestId : null,
      reason: oneLine(String(message ?? reasonWords('noReasonGiven')), shownReasonChars),
      cause: error,
    },
  );
}

function notAccepted(failure: OciCallError): Failure {
  return new CredentialsRefused(`OCI does not accept the credentials: ${failure.message}`, {
    cause: failure,
    hints: [adviceForRefusedSignature(failure)],
  });
}
