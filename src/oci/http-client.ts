import { setTimeout as delay } from 'node:timers/promises';
import type { AuthenticationDetailsProvider, HttpClient, HttpRequest, RequestSigner } from 'oci-common';
import pRetry, { AbortError } from 'p-retry';
import { explainError } from '../errors.js';
import type { Log } from '../ports.js';
import { type OciCall, OciCallError, isRetryableStatus } from './oci-error.js';

export interface HttpOptions {
  /** Longest silence of one attempt: until the answer's head, and between pieces of its body. Milliseconds. */
  readonly timeoutMs: number;
  /** Attempts of one call, the first included. */
  readonly attempts: number;
  /** First wait before another attempt; each later one is twice as long, with jitter. Milliseconds. */
  readonly firstDelayMs: number;
  /** After so long no other attempt begins. Milliseconds. */
  readonly deadlineMs: number;
}

/** Operations whose answers are handed on as streams; all others are read whole, so that a torn one is repeated. */
const streamedOperations = new Set(['getObject', 'exportQueryResult']);

/** Operations that are not repeated after a silence: who calls them has another way, a job that is asked for later. */
const operationsWithJobs = new Set(['query']);

const longestDelayMs = 30_000;

/** Code of a call that was ended here; OCI has none for it. */
const silence = 'NoAnswer';

/** A refused signature may be a token that was just renewed; more than a few are no accident. */
export const attemptsWhenRefused = 3;

/** What the client learned of a failure that the SDK would hide. */
export interface FailureSink {
  failure: OciCallError | null;
}

export interface HttpListeners {
  /** Where to put the failure of the call at hand. */
  readonly sinkOf: () => FailureSink | undefined;
  /** Called with the Date header of each answer. */
  readonly hearDate: (date: string) => void;
}

/**
 * The HTTP client of all SDK clients: signs each attempt anew, has a real timeout, keeps connections alive, and
 * repeats what may pass (429, 5xx, torn bodies, no connection) with jitter, honouring Retry-After, until its
 * deadline. The SDK's own has no timeout, ignores Retry-After and gives up on a torn body.
 */
export function createHttpClient(
  provider: AuthenticationDetailsProvider,
  makeSigner: (provider: AuthenticationDetailsProvider) => RequestSigner,
  options: HttpOptions,
  log: Log,
  { sinkOf, hearDate }: HttpListeners,
): HttpClient {
  const signer = makeSigner(provider);
  return {
    async send(request, forceExcludeBody, service = 'OCI', operation = 'call') {
      const call = { service, operation };
      const sink = sinkOf();
      const stopsAt = performance.now() + options.deadlineMs;
      let refusals = 0;
      try {
        return await pRetry(
          async () => {
            const response = await attempt(request, forceExcludeBody === true, signer, call, options);
            const date = response.headers.get('date');
            if (date !== null) hearDate(date);
            if (response.ok || response.status === 404 || response.status === 412) return response;
            const error = await errorOf(response, call);
            if (response.status === 401) refusals += 1;
            const isWorthIt =
              isRetryableStatus(response.status, error.code) ||
              (response.status === 401 && refusals < attemptsWhenRefused);
            if (!isWorthIt) throw new AbortError(error);
            throw Object.assign(error, { waitMs: retryAfterMs(response.headers.get('retry-after')) });
          },
          {
            retries: isRepeatable(request) ? options.attempts - 1 : 0,
            minTimeout: options.firstDelayMs,
            maxTimeout: longestDelayMs,
            randomize: true,
            maxRetryTime: options.deadlineMs,
            shouldRetry: ({ error }) => !(operationsWithJobs.has(operation) && isSilence(error)),
            async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
              if (retriesLeft === 0) return;
              const waitMs = (error as { readonly waitMs?: number }).waitMs ?? 0;
              if (performance.now() + waitMs > stopsAt) throw error;
              log.warn(
                { ...call, attempt: attemptNumber, reason: error.message, waitMs },
                'OCI call failed, trying again',
              );
              if (waitMs > 0) await delay(waitMs);
            },
          },
        );
      } catch (error) {
        const failure = error instanceof OciCallError ? error : networkError(call, error);
        if (sink !== undefined) sink.failure = failure;
        throw failure;
      }
    },
  };
}

/** A stream can be sent once; who gives one opens it again. */
function isRepeatable({ body }: HttpRequest): boolean {
  return body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array;
}

async function attempt(
  request: HttpRequest,
  forceExcludeBody: boolean,
  signer: RequestSigner,
  call: OciCall,
  { timeoutMs }: HttpOptions,
): Promise<Response> {
  const { method, uri, body } = request;
  // Signed anew: the signature holds the time.
  const headers = new Headers(request.headers);
  headers.delete('x-date');
  headers.delete('authorization');
  await signer.signHttpRequest({ method, uri, headers, body }, forceExcludeBody);
  const watch = new SilenceWatch(timeoutMs);
  try {
    const sent: unknown = isRepeatable(request) ? body : watch.over(body as AsyncIterable<Uint8Array>);
    const response = await fetch(uri, {
      method,
      headers,
      signal: watch.signal,
      ...(sent === undefined || sent === null ? {} : { body: sent, duplex: 'half' }),
    } as RequestInit);
    watch.heard();
    if (response.ok && streamedOperations.has(call.operation) && response.body !== null) {
      const stream = ReadableStream.from(watch.over(response.body as AsyncIterable<Uint8Array>));
      return new Response(stream, { status: response.status, headers: response.headers });
    }
    const bytes = await readWhole(response, watch);
    watch.end();
    const hasBody = bytes.length > 0 && response.status !== 204 && response.status !== 304;
    return new Response(hasBody ? bytes : null, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  } catch (error) {
    watch.end();
    throw watch.isSilent
      ? new OciCallError(call, {
          status: null,
          code: silence,
          requestId: null,
          retryable: true,
          reason: `no answer for ${timeoutMs / 1000} s`,
          cause: error,
        })
      : networkError(call, error);
  }
}

async function readWhole(response: Response, watch: SilenceWatch): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  for await (const part of watch.over(response.body as AsyncIterable<Uint8Array>)) parts.push(part);
  return Buffer.concat(parts);
}

/** Ends an attempt when nothing has been heard for a time; what is under way has all the time it needs. */
class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: NodeJS.Timeout;
  isSilent = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  async *over(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of parts) {
        this.heard();
        yield part;
      }
    } finally {
      this.heard();
    }
  }

  #start(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.isSilent = true;
      this.#controller.abort();
    }, this.#timeoutMs);
    return timer.unref();
  }
}

/** Whether a call ended because nothing was heard for too long. */
export function isSilence(error: unknown): boolean {
  return error instanceof OciCallError && error.status === null && error.code === silence;
}

function networkError(call: OciCall, error: unknown): OciCallError {
  const cause = (error as { readonly cause?: unknown }).cause ?? error;
  return new OciCallError(call, {
    status: null,
    code: null,
    requestId: null,
    retryable: true,
    reason: explainError(cause),
    cause: error,
  });
}

async function errorOf(response: Response, call: OciCall): Promise<OciCallError> {
  const { status } = response;
  const body = await response.clone().text();
  const { code, message } = parseError(body);
  return new OciCallError(call, {
    status,
    code,
    requestId: response.headers.get('opc-request-id'),
    retryable: isRetryableStatus(status, code),
    reason: (message ?? (response.statusText || 'no reason given')).replace(/\s+/g, ' ').slice(0, 500),
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

/** Seconds or a date, RFC 9110 section 10.2.3. Milliseconds from now; 0 when it says nothing. */
function retryAfterMs(value: string | null): number {
  if (value === null) return 0;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.now());
}
