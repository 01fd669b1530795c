import type { LogsQueryClientOptions } from '@azure/monitor-query-logs';
import { untilAborted } from '../base/unless-aborted.js';
import { SilenceWatch } from '../http/silence-watch.js';

type Policy = NonNullable<LogsQueryClientOptions['additionalPolicies']>[number]['policy'];

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly bytes: number;
  readonly contentType: string | null;
  readonly retryAfter: string | null;
  readonly date: string | null;
}

/** Of one attempt. Milliseconds, and bytes unpacked. */
export interface AnswerLimits {
  /** Longest silence until the answer begins. */
  readonly timeoutMs: number;
  /** Longest silence between two parts of it. */
  readonly betweenPartsMs: number;
  readonly maxBytes: number;
}

/** The answer is larger than may be held in memory. */
export class AnswerTooLarge extends Error {}

/** No answer, or none any more. */
export class NoAnswer extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super();
    this.afterMs = afterMs;
  }
}

/** One attempt, as the policy and whoever makes it see it. */
export class OpenCall {
  answer: RawAnswer | null = null;
  /** Why the answer was not read; the SDK would hide it. */
  fault: AnswerTooLarge | NoAnswer | null = null;
  readonly #limits: AnswerLimits;
  readonly #controller = new AbortController();
  readonly #untilHeaders: SilenceWatch;

  readonly #release: () => void;

  /** @param stop of the whole reading */
  constructor(limits: AnswerLimits, stop: AbortSignal) {
    this.#limits = limits;
    this.#untilHeaders = new SilenceWatch(limits.timeoutMs);
    this.#untilHeaders.signal.addEventListener('abort', () => this.#end(new NoAnswer(limits.timeoutMs)));
    const onStop = (): void => this.#controller.abort();
    if (stop.aborted) onStop();
    stop.addEventListener('abort', onStop, { once: true });
    this.#release = () => stop.removeEventListener('abort', onStop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async read(parts: AsyncIterable<Uint8Array>): Promise<{ readonly text: string; readonly bytes: number }> {
    this.#untilHeaders.end();
    const { betweenPartsMs, maxBytes } = this.#limits;
    const watch = new SilenceWatch(betweenPartsMs);
    watch.signal.addEventListener('abort', () => this.#end(new NoAnswer(betweenPartsMs)));
    const read: Uint8Array[] = [];
    let bytes = 0;
    try {
      // A stream whose connection was cut behind an unpacker never ends by itself.
      for await (const part of untilAborted(watch.over(parts), this.signal)) {
        bytes += part.length;
        if (bytes > maxBytes) throw this.#end(new AnswerTooLarge());
        read.push(part);
      }
    } finally {
      watch.end();
    }
    return { text: Buffer.concat(read).toString('utf8'), bytes };
  }

  close(): void {
    this.#untilHeaders.end();
    this.#release();
  }

  #end(fault: AnswerTooLarge | NoAnswer): Error {
    this.fault ??= fault;
    this.#controller.abort();
    return fault;
  }
}

/** Not by one that we set, since the header names it: what Microsoft finds a call by. */
export const requestIdHeader = 'x-ms-client-request-id';

const noRows = '{"tables":[]}';

/**
 * Takes answers as they come, before the SDK reads them: it cuts times to milliseconds, loses digits of large numbers,
 * drops the inner reasons of partial answers, holds any answer in memory whatever its size, and waits for ever for a body
 * that does not end. Ends a call whose reading is ended, which the SDK has no way for. The SDK gets an answer without rows.
 *
 * @param calls by their request ids
 */
export function rawAnswers(calls: ReadonlyMap<string, OpenCall>): Policy {
  return {
    name: 'raw-answers',
    async sendRequest(request, next) {
      const call = calls.get(request.headers.get(requestIdHeader) ?? '');
      if (call === undefined) return next(request);
      request.abortSignal = call.signal;
      request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
      const { readableStreamBody, ...response } = await next(request);
      const { status, headers } = response;
      call.answer = {
        status,
        ...(await call.read((readableStreamBody ?? []) as AsyncIterable<Uint8Array>)),
        contentType: headers.get('content-type') ?? null,
        retryAfter: headers.get('retry-after') ?? null,
        date: headers.get('date') ?? null,
      };
      headers.set('content-type', 'application/json');
      return { ...response, status: 200, bodyAsText: noRows };
    },
  };
}
