import type { HttpRequest, RequestSigner } from 'oci-common';
import { networkError, silenceError } from './http-error.js';
import type { OciCall } from './oci-error.js';
import { SilenceWatch } from '../http/silence-watch.js';

const shownBodyBytes = 300;

/** A request from the SDK, and what is needed to send it. */
export interface OutgoingCall {
  readonly call: OciCall;
  readonly request: HttpRequest;
  /** Whether the body is left out of the signature. */
  readonly forceExcludeBody: boolean;
  readonly signer: RequestSigner;
  /** Longest silence, milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Operations whose answers are passed on as streams; all others are read completely, so that a truncated one is
 * retried.
 */
const streamedOperations = new Set(['getObject', 'exportQueryResult']);

/** An answer, and how its body begins if it was read completely. */
export interface SentAnswer {
  readonly response: Response;
  readonly beginning: string | null;
}

/**
 * Signs and sends a request, once, whatever the answer.
 *
 * @throws OciCallError if no answer came, or only a part of it
 */
export async function sendOnce(outgoing: OutgoingCall): Promise<SentAnswer> {
  const { call, timeoutMs } = outgoing;
  // Signed anew for each attempt, because the signature contains the time.
  const headers = await signedHeaders(outgoing);
  const watch = new SilenceWatch(timeoutMs);
  try {
    const response = await fetchAnswer(outgoing, headers, watch);
    watch.restart();
    if (response.ok && streamedOperations.has(call.operation) && response.body !== null) {
      return { response: streamed(response, response.body, watch), beginning: null };
    }
    const bytes = await readWhole(response, watch);
    watch.end();
    const beginning = bytes.subarray(0, shownBodyBytes).toString('utf8');
    return { response: withBody(response, bytes), beginning };
  } catch (error) {
    watch.end();
    throw watch.isSilent ? silenceError(call, timeoutMs, error) : networkError(call, error);
  }
}

async function signedHeaders({ request, signer, forceExcludeBody }: OutgoingCall): Promise<Headers> {
  const { method, uri, body } = request;
  const headers = new Headers(request.headers);
  headers.delete('x-date');
  headers.delete('authorization');
  await signer.signHttpRequest({ method, uri, headers, body }, forceExcludeBody);
  return headers;
}

async function fetchAnswer(
  { request }: OutgoingCall,
  headers: Headers,
  watch: SilenceWatch,
): Promise<Response> {
  const { method, uri, body } = request;
  const sent: unknown = isRepeatable(request) ? body : watch.over(body as AsyncIterable<Uint8Array>);
  return fetch(uri, {
    method,
    headers,
    signal: watch.signal,
    ...(sent === undefined || sent === null ? {} : { body: sent, duplex: 'half' }),
  } as RequestInit);
}

/** A stream can be sent only once; its owner must open it again. */
export function isRepeatable({ body }: HttpRequest): boolean {
  return body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array;
}

function streamed(
  { status, headers }: Response,
  body: AsyncIterable<Uint8Array>,
  watch: SilenceWatch,
): Response {
  return new Response(ReadableStream.from(watch.over(body)), { status, headers });
}

async function readWhole({ body }: Response, watch: SilenceWatch): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  for await (const part of watch.over(body)) parts.push(part);
  return Buffer.concat(parts);
}

function withBody({ status, statusText, headers }: Response, bytes: Buffer): Response {
  const hasBody = bytes.length > 0 && status !== 204 && status !== 304;
  return new Response(hasBody ? bytes : null, { status, statusText, headers });
}
