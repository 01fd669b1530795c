import { setTimeout as delay } from 'node:timers/promises';
import type { HttpClient, HttpRequest, RequestSigner } from 'oci-common';
import pRetry from 'p-retry';
import type { Log } from '../ports/log.js';
import { CallsSpentError } from '../http/call-gate.js';
import type { CallContext } from './call-context.js';
import { OciAnswerError, answerError, isSilence, networkError } from './http-error.js';
import { type OciCall, OciCallError } from './oci-error.js';
import { acceptEitherPageHeader } from './page-headers.js';
import { RetryDecision, waitOptions } from '../http/retry-policy.js';
import { type OutgoingCall, type SentAnswer, isRepeatable, sendOnce } from './send-once.js';

export interface HttpOptions {
  /** Longest silence of one attempt: until the response headers, and between chunks of its body. Milliseconds. */
  readonly timeoutMs: number;
  /** Attempts per call, including the first; those that OCI refused with 429 are not counted. */
  readonly attempts: number;
  /** First wait before another attempt; each later one twice as long, with jitter. Milliseconds. */
  readonly firstDelayMs: number;
  /** No attempt begins after this time. Milliseconds. */
  readonly deadlineMs: number;
}

/** Operations that are not retried after a timeout: their caller has another way, a job whose result comes later. */
const operationsWithJobs = new Set(['query']);

/** Operations by POST that change nothing. */
const readingPosts = new Set(['query', 'exportQueryResult', 'searchResources', 'searchLogs', 'createCursor']);

export interface HttpListeners {
  /** What is known of the current call, and where to record its failure. */
  readonly contextOf: () => CallContext | undefined;
  /** Called with the Date header of each answer. */
  readonly onDate: (date: string) => void;
}

/** What a call needs besides its request. */
interface Circumstances extends HttpListeners {
  readonly options: HttpOptions;
  readonly log: Log;
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
  listeners: HttpListeners,
): HttpClient {
  const { timeoutMs } = options;
  return {
    async send(request, excludeBody, service = 'OCI', operation = 'call') {
      const call = { service, operation };
      const forceExcludeBody = excludeBody === true;
      const context = listeners.contextOf();
      try {
        const outgoing = { call, request, forceExcludeBody, signer, timeoutMs };
        const sent = await sendUntilDeadline(outgoing, { ...listeners, options, log });
        if (context !== undefined) context.answer = factsOf(call, request, sent);
        return acceptEitherPageHeader(sent.response, service);
      } catch (error) {
        const isKnown = error instanceof OciCallError || error instanceof CallsSpentError;
        const failure = isKnown ? error : networkError(call, error);
        if (context !== undefined) context.failure = failure;
        throw failure;
      }
    },
  };
}

function factsOf(
  call: OciCall,
  { method }: HttpRequest,
  { response, beginning }: SentAnswer,
): CallContext['answer'] {
  const { status, headers } = response;
  return {
    call,
    status,
    requestId: headers.get('opc-request-id'),
    contentType: headers.get('content-type'),
    beginning,
    isReading: method === 'GET' || readingPosts.has(call.operation),
  };
}

async function sendUntilDeadline(
  outgoing: OutgoingCall,
  { options, log, contextOf, onDate }: Circumstances,
): Promise<SentAnswer> {
  const { call, request } = outgoing;
  const stopsAt = performance.now() + options.deadlineMs;
  const decision = new RetryDecision(options.attempts);
  const gate = contextOf()?.gate ?? null;
  const leftMs = (): number =>
    Math.min(stopsAt - performance.now(), gate?.leftMs() ?? Number.POSITIVE_INFINITY);
  return pRetry(() => attempt(outgoing, gate, onDate), {
    ...waitOptions(options),
    async onFailedAttempt({ error, attemptNumber }) {
      if (!(error instanceof OciCallError) || !decision.isWorthwhile(error)) throw error;
      if (!isRepeatable(request) || (operationsWithJobs.has(call.operation) && isSilence(error))) throw error;
      const waitMs = error instanceof OciAnswerError ? error.waitMs : 0;
      if (error instanceof OciAnswerError && waitMs > options.deadlineMs) throw error.notWaitedFor();
      if (waitMs > leftMs()) throw error;
      log.warn(
        { ...call, attempt: attemptNumber, reason: error.message, waitMs },
        'OCI call failed, trying again',
      );
      if (waitMs > 0) await delay(waitMs);
    },
  });
}

async function attempt(
  outgoing: OutgoingCall,
  gate: CallContext['gate'],
  hearDate: HttpListeners['onDate'],
): Promise<SentAnswer> {
  gate?.enter();
  const sent = await sendOnce(outgoing);
  const { response } = sent;
  const date = response.headers.get('date');
  if (date !== null) hearDate(date);
  // Whether something exists, or is unchanged, is for the caller to judge.
  if (response.ok || response.status === 404 || response.status === 412) return sent;
  throw await answerError(response, outgoing.call);
}
