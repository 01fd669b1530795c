import { setTimeout as delay } from 'node:timers/promises';
import type { HttpClient, RequestSigner } from 'oci-common';
import pRetry, { AbortError } from 'p-retry';
import type { Log } from '../ports.js';
import { OciAnswerError, answerError, isSilence, networkError } from './http-error.js';
import { OciCallError } from './oci-error.js';
import { RetryDecision, waitOptions } from './retry-policy.js';
import { type OutgoingCall, isRepeatable, sendOnce } from './send-once.js';

export interface HttpOptions {
  /** Longest silence of one attempt: until the response headers, and between chunks of its body. Milliseconds. */
  readonly timeoutMs: number;
  /** Attempts per call, including the first. */
  readonly attempts: number;
  /** First wait before another attempt; each later one twice as long, with jitter. Milliseconds. */
  readonly firstDelayMs: number;
  /** No attempt begins after this time. Milliseconds. */
  readonly deadlineMs: number;
}

/** Operations that are not retried after a timeout: their caller has another way, a job whose result comes later. */
const operationsWithJobs = new Set(['query']);

/** What the client knows of a failure that the SDK would hide. */
export interface FailureSink {
  failure: OciCallError | null;
}

export interface HttpListeners {
  /** Where to record the failure of the current call. */
  readonly sinkOf: () => FailureSink | undefined;
  /** Called with the Date header of each answer. */
  readonly onDate: (date: string) => void;
}

/**
 * The HTTP client of all SDK clients: signs each attempt anew, has a real timeout, keeps connections alive, and retries
 * transient failures (429, 5xx, truncated bodies, no connection) with jitter, honouring Retry-After, until its
 * deadline. The SDK's own has no timeout, ignores Retry-After and gives up on a truncated body.
 */
export function createHttpClient(
  signer: RequestSigner,
  options: HttpOptions,
  log: Log,
  { sinkOf, onDate }: HttpListeners,
): HttpClient {
  const { timeoutMs } = options;
  return {
    async send(request, excludeBody, service = 'OCI', operation = 'call') {
      const call = { service, operation };
      const forceExcludeBody = excludeBody === true;
      const sink = sinkOf();
      try {
        return await sendUntilDeadline(
          { call, request, forceExcludeBody, signer, timeoutMs },
          options,
          log,
          onDate,
        );
      } catch (error) {
        const failure = error instanceof OciCallError ? error : networkError(call, error);
        if (sink !== undefined) sink.failure = failure;
        throw failure;
      }
    },
  };
}

async function sendUntilDeadline(
  outgoing: OutgoingCall,
  options: HttpOptions,
  log: Log,
  hearDate: HttpListeners['onDate'],
): Promise<Response> {
  const { call, request } = outgoing;
  const stopsAt = performance.now() + options.deadlineMs;
  const decision = new RetryDecision();
  return pRetry(
    async () => {
      const response = await sendOnce(outgoing);
      const date = response.headers.get('date');
      if (date !== null) hearDate(date);
      // Whether something exists, or is unchanged, is for the caller to judge.
      if (response.ok || response.status === 404 || response.status === 412) return response;
      const error = await answerError(response, call);
      throw decision.isWorthwhile(error) ? error : new AbortError(error);
    },
    {
      retries: isRepeatable(request) ? options.attempts - 1 : 0,
      ...waitOptions(options),
      shouldRetry: ({ error }) => !(operationsWithJobs.has(call.operation) && isSilence(error)),
      async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
        if (retriesLeft === 0) return;
        const waitMs = error instanceof OciAnswerError ? error.waitMs : 0;
        if (performance.now() + waitMs > stopsAt) throw error;
        log.warn(
          { ...call, attempt: attemptNumber, reason: error.message, waitMs },
          'OCI call failed, trying again',
        );
        if (waitMs > 0) await delay(waitMs);
      },
    },
  );
}
