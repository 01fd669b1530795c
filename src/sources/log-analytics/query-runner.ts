import { backOffMs } from '../../base/back-off.js';
import { minuteMs } from '../../base/time-units.js';
import { isSilence, networkError } from '../../oci/http-error.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { Clock } from '../../ports/clock.js';
import type { ExportPacer } from './export-pacer.js';
import { AnswerPages, type QueryAnswer, type Row, type TimeSlice } from './query-answer.js';
import { type AnswerPage, type QueryCalls, callOf } from './query-calls.js';
import { ExportSplitter } from './split-export.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const longestJobMs = 30 * minuteMs;
const firstPollMs = 500;
/** Code of a count that says nothing; OCI has no code for it. */
const noProofCode = 'NoProof';
const longestPollMs = 5000;
/** One doubtful answer is not final: so often a question is asked. */
const asked = 3;

/** Queries of one log source over a time slice, page by page, with proof of completeness. */
export class QueryRunner {
  readonly #calls: QueryCalls;
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #pacer: ExportPacer;

  constructor(calls: QueryCalls, clock: Clock, pacer: ExportPacer, pollMs: number = firstPollMs) {
    this.#calls = calls;
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#pacer = pacer;
  }

  /** Synchronously; if the service does not answer in time, asynchronously. */
  async run(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    try {
      return await allPages('synchronous', (page) => this.#calls.query(queryString, slice, page));
    } catch (error) {
      if (!isTooSlow(error)) throw error;
      return this.#runAsJob(queryString, slice);
    }
  }

  /**
   * The bulk path: up to a million rows in one answer, which does not say how many there are, so that it has always a
   * doubt: only the service's own count over the same slice can be its proof.
   *
   * @throws OciCallError, retryable if the stream broke
   */
  async export(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    await this.#pacer.turn();
    const { stream, requestId } = await this.#calls.export(queryString, slice);
    const rows = await rowsOf(stream, requestId);
    const doubt = { reason: reasonWords('exportUncounted'), kind: 'uncounted' as const, lack: null };
    return { rows, doubt, pages: 1, requestIds: [requestId], mode: 'export' };
  }

  /**
   * How many records the service counts in the slice.
   *
   * @throws OciCallError if it does not say, however often it is asked
   */
  async count(queryString: string, slice: TimeSlice): Promise<number> {
    for (let time = 1; ; time += 1) {
      const { rows, doubt } = await this.run(queryString, slice);
      const value = Object.values(rows[0] ?? {})[0] ?? null;
      const count = value === null || value === '' ? Number.NaN : Number(value);
      if (doubt === null && rows.length === 1 && Number.isInteger(count)) return count;
      if (time === asked) {
        const why = doubt?.reason ?? JSON.stringify(rows).slice(0, 200);
        const reason = reasonWords('countNoProof', { why });
        throw new OciCallError(callOf('query'), { code: noProofCode, reason });
      }
      await this.pause(time);
    }
  }

  /** Before something is asked again. @param times how often it was asked in vain */
  async pause(times: number): Promise<void> {
    await this.#clock.sleep(backOffMs({ firstMs: this.#pollMs, longestMs: longestPollMs }, times));
  }

  async #runAsJob(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    const begun = await this.#calls.submit(queryString, slice);
    if (typeof begun !== 'string') return onlyPage(begun);
    await this.#waitFor(begun);
    return allPages('asynchronous', (page) => this.#calls.jobResult(begun, page));
  }

  /** Results requested before the job is done are intermediate. */
  async #waitFor(workRequestId: string): Promise<void> {
    const stopsAtMs = this.#clock.nowMs() + longestJobMs;
    for (let polls = 1; ; polls += 1) {
      const { code, requestId } = await this.#calls.jobStatus(workRequestId);
      if (code === 'SUCCEEDED') return;
      if (['FAILED', 'CANCELED', 'CANCELLED'].includes(code)) {
        const reason = reasonWords('jobEnded', { state: code });
        throw new OciCallError(callOf('getQueryWorkRequest'), { code, requestId, reason });
      }
      if (this.#clock.nowMs() > stopsAtMs) {
        const reason = reasonWords('jobNotDone', { minutes: longestJobMs / minuteMs });
        throw new OciCallError(callOf('getQueryWorkRequest'), { code, requestId, reason });
      }
      await this.pause(polls);
    }
  }
}

/** Whether a count was answered, but says nothing. */
export function isNoProof(error: unknown): error is OciCallError {
  return error instanceof OciCallError && error.status === null && error.code === noProofCode;
}

async function allPages(
  mode: QueryAnswer['mode'],
  ask: (page: string | undefined) => Promise<AnswerPage>,
): Promise<QueryAnswer> {
  const pages = new AnswerPages(mode);
  let page: string | undefined;
  do {
    const { aggregation, requestId, next } = await ask(page);
    page = pages.add(aggregation, requestId, next);
  } while (page !== undefined);
  return pages.answer();
}

/** A service that answers at once although it was asked for a job gives one page; whether it is all, its counts tell. */
function onlyPage({ aggregation, requestId }: AnswerPage): QueryAnswer {
  const pages = new AnswerPages('asynchronous');
  pages.add(aggregation, requestId, undefined);
  return pages.answer();
}

/** The rows of an export, made while it comes: as one text it could be larger than any text may be. */
async function rowsOf(stream: AsyncIterable<Uint8Array>, requestId: string): Promise<Row[]> {
  const splitter = new ExportSplitter();
  const decoder = new TextDecoder();
  const rows: Row[] = [];
  try {
    for await (const chunk of stream) {
      for (const row of splitter.add(decoder.decode(chunk, { stream: true }))) rows.push(row);
    }
    for (const row of splitter.add(decoder.decode())) rows.push(row);
    splitter.end();
  } catch (error) {
    const call = callOf('exportQueryResult');
    if (!(error instanceof SyntaxError)) throw networkError(call, error);
    const reason = reasonWords('exportNoRows', { why: error.message });
    throw new OciCallError(call, { requestId, retryable: true, reason, cause: error });
  }
  return rows;
}

/** No answer within the time limit of a synchronous query. */
function isTooSlow(error: unknown): boolean {
  return isSilence(error) || (error instanceof OciCallError && [408, 504].includes(error.status ?? 0));
}
