import type { LogSearchClient } from 'oci-loggingsearch';
import { explainError } from '../../errors.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { OciConnection, Place } from '../../oci/connection.js';
import { type Page, listPages } from '../../oci/list-pages.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import { countOf } from './count-answer.js';
import { countTexts } from './search-text.js';

const call = { service: 'LogSearch', operation: 'searchLogs' };
/** Most results that one answer gives: oracle/oci-cli issue 443. */
const pageLimit = 1000;

/** What a search of a slice gave so far. */
export interface SearchedRows {
  /** `data` of each result, as the service wrote it. */
  readonly rows: unknown[];
  /** One of each page. */
  readonly requestIds: string[];
}

/** The service does not count: it refuses every form of the question, or its answer is no number. */
export class NoCountError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NoCountError';
  }
}

/** Searches of one text over time slices. All of it throws OciCallError, CallsSpentError and Failure('usage'). */
export class SearchRunner {
  readonly #connection: OciConnection;
  readonly #client: LogSearchClient;
  readonly #text: string;
  /** Forms of the count that the service may take, the best first. */
  #counts: readonly string[];

  private constructor(connection: OciConnection, client: LogSearchClient, text: string) {
    this.#connection = connection;
    this.#client = client;
    this.#text = text;
    this.#counts = countTexts(text);
  }

  /** Loads the SDK's package. */
  static async open(connection: OciConnection, at: Place, text: string): Promise<SearchRunner> {
    const { default: sdk } = await import('oci-loggingsearch');
    const client = connection.place(
      at,
      ({ params, configuration }) => new sdk.LogSearchClient(params, configuration),
    );
    return new SearchRunner(connection, client, text);
  }

  /** All pages, put into `found` as they come: what came before a failure is there. */
  async collect(slice: TimeSlice, found: SearchedRows): Promise<void> {
    for await (const { items, requestId } of this.#pages(this.#text, slice)) {
      for (const item of items) found.rows.push(item);
      found.requestIds.push(requestId ?? 'none');
    }
  }

  /**
   * How many results the service counts in a slice.
   *
   * @throws NoCountError, too
   */
  async count(slice: TimeSlice): Promise<number> {
    let why = '';
    for (const text of this.#counts) {
      try {
        const answer: unknown[] = [];
        for await (const { items } of this.#pages(text, slice)) answer.push(...items);
        const counted = countOf(answer);
        if (counted !== null) {
          this.#counts = [text];
          return counted;
        }
        why = JSON.stringify(answer).slice(0, 200);
      } catch (error) {
        if (!isRefusedText(error)) throw error;
        why = explainError(error);
      }
    }
    throw new NoCountError(why);
  }

  #pages(text: string, { fromMs, toMs }: TimeSlice): AsyncGenerator<Page> {
    const searchLogsDetails = {
      // A body: the SDK writes these as they are meant.
      timeStart: new Date(fromMs),
      timeEnd: new Date(toMs),
      searchQuery: text,
      isReturnFieldInfo: false,
    };
    return listPages(this.#connection, call, async (parameter) => {
      const answer = await this.#client.searchLogs({ searchLogsDetails, limit: pageLimit, ...parameter });
      const { opcNextPage: next, opcRequestId: requestId } = answer;
      const results: unknown = answer.searchResponse.results ?? [];
      if (!Array.isArray(results)) {
        throw new OciCallError(call, { requestId, reason: reasonWords('searchNoList') });
      }
      return { items: results.map(dataOf), next, requestId };
    });
  }
}

function dataOf(result: unknown): unknown {
  return typeof result === 'object' && result !== null && 'data' in result ? result.data : result;
}

/** The language of searches is not known beyond doubt. */
function isRefusedText(error: unknown): boolean {
  return error instanceof OciCallError && error.status === 400;
}
