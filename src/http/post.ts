import { setTimeout as delay } from 'node:timers/promises';
import pRetry, { AbortError } from 'p-retry';
import { durationInWords } from '../base/english.js';
import { hideSecrets } from '../base/hide-secrets.js';
import { oneLine } from '../base/one-line.js';
import { retryAfterMs } from '../base/retry-after.js';
import { innerError, explainError, systemErrorCode } from '../errors.js';

export interface PostOptions {
  /** http or https; its path and query are secret. */
  readonly url: string;
  /** Per attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** No attempt begins after this time. Milliseconds. */
  readonly deadlineMs: number;
  /** Further attempts after the first. */
  readonly retries: number;
  /** First wait before another attempt; each later one twice as long, with jitter. Milliseconds. */
  readonly firstDelayMs: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** A message that was not accepted. Its text never contains the URL. */
export class PostError extends Error {
  /** null: no answer came. */
  readonly status: number | null;
  readonly retryable: boolean;
  /** How long the answer asks to wait, milliseconds; 0 if it does not. */
  readonly waitMs: number;

  constructor(
    message: string,
    facts: { readonly status: number | null; readonly retryable: boolean; readonly waitMs?: number },
  ) {
    super(message);
    this.name = 'PostError';
    this.status = facts.status;
    this.retryable = facts.retryable;
    this.waitMs = facts.waitMs ?? 0;
  }
}

/** How much of an answer is read: enough for the text of an error. */
const quotedBytes = 2048;
const quotedChars = 200;
const longestDelayMs = 15_000;

/** Certificate errors are permanent. */
const tlsErrorCode = /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** The part of a secret URL that may be shown. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/**
 * Posts a text. 429, 5xx, timeouts and broken connections are retried until the deadline, and no sooner than the answer
 * asks (Retry-After); any other answer but 2xx is permanent. Redirects are never followed: the message may be secret,
 * and so is the URL.
 *
 * @throws PostError
 */
export async function post(body: string, contentType: string, options: PostOptions): Promise<void> {
  await postAgain(body, contentType, options, async (response) => {
    await response.body?.cancel().catch(() => undefined);
  });
}

/** What a server answered. */
export interface PostAnswer {
  readonly bytes: Uint8Array;
  /** What the server's clock said, epoch milliseconds, in whole seconds; null: it did not say. */
  readonly serverMs: number | null;
}

/**
 * As `post`, for those who need the answer.
 *
 * @param largestBytes a longer answer is a failure
 * @throws PostError
 */
export async function postForAnswer(
  body: Uint8Array,
  contentType: string,
  { largestBytes, ...options }: PostOptions & { readonly largestBytes: number },
): Promise<PostAnswer> {
  return postAgain(body, contentType, options, async (response) => {
    const bytes = await readUpTo(response, largestBytes + 1);
    if (bytes.length > largestBytes) {
      const words = `answered with more than ${largestBytes} bytes`;
      throw new PostError(words, { status: response.status, retryable: false });
    }
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    return { bytes, serverMs: Number.isNaN(serverMs) ? null : serverMs };
  });
}

async function postAgain<T>(
  body: string | Uint8Array,
  contentType: string,
  options: PostOptions,
  take: (response: Response) => Promise<T>,
): Promise<T> {
  const { deadlineMs, retries, firstDelayMs, sleep = delay } = options;
  const stopsAt = performance.now() + deadlineMs;
  return pRetry(
    async () => {
      try {
        return await postOnce(body, contentType, options, take);
      } catch (error) {
        if (error instanceof PostError && error.retryable) throw error;
        throw new AbortError(error instanceof Error ? error : new Error(String(error)));
      }
    },
    {
      retries,
      minTimeout: firstDelayMs,
      maxTimeout: longestDelayMs,
      randomize: true,
      maxRetryTime: deadlineMs,
      async onFailedAttempt({ error, retriesLeft }) {
        const waitMs = error instanceof PostError ? error.waitMs : 0;
        if (retriesLeft === 0 || waitMs === 0) return;
        if (performance.now() + waitMs > stopsAt) throw tooLongWait(error, waitMs);
        await sleep(waitMs);
      },
    },
  );
}

/** The same failure, which also says why nobody waits. */
function tooLongWait(error: unknown, waitMs: number): unknown {
  if (!(error instanceof PostError)) return error;
  const { message, status, retryable } = error;
  const words = `${message}; it asks to wait ${durationInWords(waitMs)} (Retry-After), which is not waited for`;
  return new PostError(words, { status, retryable, waitMs });
}

async function postOnce<T>(
  body: string | Uint8Array,
  contentType: string,
  { url, timeoutMs }: PostOptions,
  take: (response: Response) => Promise<T>,
): Promise<T> {
  const target = new URL(url);
  const headers = new Headers({ 'content-type': contentType });
  if (target.username !== '' || target.password !== '') {
    const pair = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
    // fetch rejects URLs with credentials, and would show them in its error.
    target.username = '';
    target.password = '';
  }
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(target, { method: 'POST', headers, body, redirect: 'manual', signal });
    if (response.ok) return await take(response);
    throw await answerFault(response, url);
  } catch (error) {
    if (error instanceof PostError) throw error;
    if (signal.aborted) {
      throw new PostError(`did not answer within ${timeoutMs / 1000} s`, { status: null, retryable: true });
    }
    const cause = innerError(error);
    const words = withoutSecret(explainError(cause), url);
    const retryable = !tlsErrorCode.test(systemErrorCode(cause) ?? '');
    throw new PostError(`cannot be reached: ${words}`, { status: null, retryable });
  }
}

async function answerFault(response: Response, url: string): Promise<PostError> {
  const { status, headers } = response;
  const said = withoutSecret(await beginningOf(response), url);
  const isRedirect = status >= 300 && status < 400;
  const words = isRedirect ? 'a redirect, which is not followed' : said;
  return new PostError(`answered ${status}${words === '' ? '' : `: ${words}`}`, {
    status,
    retryable: status === 429 || status >= 500,
    waitMs: retryAfterMs(headers.get('retry-after'), Date.now()),
  });
}

async function beginningOf(response: Response): Promise<string> {
  const bytes = await readUpTo(response, quotedBytes);
  return Buffer.from(bytes.subarray(0, quotedBytes)).toString('utf8');
}

/** The whole body, or its beginning of at least so many bytes. */
async function readUpTo({ body }: Response, enough: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the response.
  for await (const part of body as AsyncIterable<Uint8Array>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= enough) break;
  }
  return Buffer.concat(parts);
}

/** On one line; servers repeat the request in their errors, its headers, too. */
function withoutSecret(text: string, url: string): string {
  const { pathname, search, username, password } = new URL(url);
  const parts = [username, password, pathname, ...pathname.split('/'), search, ...search.split(/[?&=]/)];
  const pair = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  const secrets = [...parts.flatMap((part) => [part, decoded(part)]), ...(password === '' ? [] : [pair])];
  return oneLine(hideSecrets(text, secrets), quotedChars);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
