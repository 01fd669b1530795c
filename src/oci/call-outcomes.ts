import { AsyncLocalStorage } from 'node:async_hooks';
import { oneLine } from '../base/one-line.js';
import { Failure } from '../errors.js';
import type { FailureSink } from './http-client.js';
import { shownReasonChars } from './http-error.js';
import { OciCallError } from './oci-error.js';

/** Runs SDK calls and converts what they throw into errors of our own. */
export class CallOutcomes {
  readonly #sinks = new AsyncLocalStorage<FailureSink>();
  /** Whether OCI has ever accepted the credentials: only then can a 401 be transient. */
  #wasAccepted = false;

  /** Where the HTTP client records the failure of the current call. */
  readonly sinkOf = (): FailureSink | undefined => this.#sinks.getStore();

  /** @throws OciCallError; Failure('usage') when OCI never accepted the credentials */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const sink: FailureSink = { failure: null };
    try {
      const result = await this.#sinks.run(sink, work);
      this.#wasAccepted = true;
      return result;
    } catch (error) {
      // The SDK throws objects of its own, without the cause.
      const failure = sink.failure ?? asCallError(error);
      if (failure instanceof OciCallError && failure.status === 401 && !this.#wasAccepted) {
        throw notAccepted(failure);
      }
      if (failure instanceof OciCallError && failure.status !== null && failure.status !== 401) {
        this.#wasAccepted = true;
      }
      throw failure;
    }
  }
}

/** Errors of the SDK itself: OciError, or a plain object if there was no answer. */
function asCallError(error: unknown): unknown {
  if (error instanceof Failure || error instanceof OciCallError) return error;
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
      reason: oneLine(String(message ?? 'no reason given'), shownReasonChars),
      cause: error,
    },
  );
}

function notAccepted(failure: OciCallError): Failure {
  const isClock = /clock|time|date|skew/i.test(failure.message);
  return new Failure('usage', `OCI does not accept the credentials: ${failure.message}`, {
    cause: failure,
    hints: [
      isClock
        ? "Set this machine's clock: a signature is valid for five minutes."
        : 'Compare tenancy, user, fingerprint and key with the API keys of the user in the console.',
    ],
  });
}
