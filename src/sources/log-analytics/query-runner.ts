import { setTimeout as delay } from 'node:timers/promises';
import type { LogAnalyticsClient, models } from 'oci-loganalytics';
import { backOffMs } from '../../base/back-off.js';
import { minuteMs } from '../../base/time-units.js';
import type { OciConnection } from '../../oci/connection.js';
import { isSilence } from '../../oci/http-error.js';
import { type OciCall, OciCallError } from '../../oci/oci-error.js';
import { readStream } from '../../oci/read-stream.js';
import { parseExport } from './parse-export.js';
import { AnswerPages, type QueryAnswer, type TimeSlice, rowCap } from './query-answer.js';

export interface QueryScope {
  readonly namespaceName: string;
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
}

/** For a query that only selects. https://docs.oracle.com/iaas/api/#/en/logan-api-spec/ ExportDetails */
const exportCap = 1_000_000;
const pageRows = 1000;
const longestJobMs = 30 * minuteMs;
const firstPollMs = 500;
const longestPollMs = 5000;

type Details = models.QueryDetails;

/** Queries of one log source over a time slice, page by page, with proof of completeness. */
export class QueryRunner {
  readonly #connection: OciConnection;
  readonly #client: LogAnalyticsClient;
  readonly #scope: QueryScope;
  readonly #pollMs: number;

  constructor(
    connection: OciConnection,
    client: LogAnalyticsClient,
    scope: QueryScope,
    pollMs: number = firstPollMs,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#scope = scope;
    this.#pollMs = pollMs;
  }

  /** Synchronously; if the service does not answer in time, asynchronously. */
  async run(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    try {
      return await this.#runNow(queryString, slice);
    } catch (error) {
      if (!isTooSlow(error)) throw error;
      return this.#runAsJob(queryString, slice);
    }
  }

  /**
   * The bulk path: up to a million rows in one answer, which does not say how many there are. The proof is the
   * service's own count over the same slice.
   */
  async export(queryString: string, counting: string, slice: TimeSlice): Promise<QueryAnswer> {
    const { namespaceName, compartmentId, includeSubcompartments } = this.#scope;
    const { text, requestId } = await this.#connection.call(async () => {
      const answer = await this.#client.exportQueryResult({
        namespaceName,
        exportDetails: {
          compartmentId,
          compartmentIdInSubtree: includeSubcompartments,
          queryString,
          subSystem: 'LOG' as Details['subSystem'],
          maxTotalCount: exportCap,
          timeFilter: timeFilterOf(slice),
          outputFormat: 'JSON' as NonNullable<models.ExportDetails['outputFormat']>,
        },
      });
      const bytes = await readStream(answer.value as AsyncIterable<Uint8Array>, callOf('exportQueryResult'));
      return { text: bytes.toString('utf8'), requestId: answer.opcRequestId };
    });
    const rows = parseExport(text);
    if (rows === null) {
      throw new OciCallError(callOf('exportQueryResult'), {
        requestId,
        reason: 'the export is no list of rows',
      });
    }
    const counted = await this.count(counting, slice);
    const reason = `the export has ${rows.length} rows, the service counts ${counted}`;
    const doubt = rows.length === counted ? null : { reason, mayHelpToHalve: true };
    return { rows, doubt, pages: 1, requestIds: [requestId], mode: 'export' };
  }

  /** How many records the service counts in the slice. Throws OciCallError if it does not say. */
  async count(queryString: string, slice: TimeSlice): Promise<number> {
    const { rows, doubt } = await this.run(queryString, slice);
    const value = Object.values(rows[0] ?? {})[0];
    const count = Number(value);
    if (
      doubt !== null ||
      rows.length !== 1 ||
      value === undefined ||
      value === null ||
      !Number.isInteger(count)
    ) {
      throw new OciCallError(callOf('query'), {
        reason: `the answer to "stats count" is no proof: ${doubt?.reason ?? JSON.stringify(rows).slice(0, 200)}`,
      });
    }
    return count;
  }

  async #runNow(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    const pages = new AnswerPages('synchronous');
    let page: string | undefined;
    do {
      const answer = await this.#connection.call(() =>
        this.#client.query({
          namespaceName: this.#scope.namespaceName,
          queryDetails: this.#details(queryString, slice, false),
          limit: pageRows,
          // The SDK does not encode URL parameters.
          ...(page === undefined ? {} : { page: encodeURIComponent(page) }),
        }),
      );
      page = pages.add(answer.queryAggregation, answer.opcRequestId, answer.opcNextPageId);
    } while (page !== undefined);
    return pages.answer();
  }

  async #runAsJob(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    const { namespaceName } = this.#scope;
    const begun = await this.#connection.call(() =>
      this.#client.query({ namespaceName, queryDetails: this.#details(queryString, slice, true) }),
    );
    const workRequestId = begun.opcWorkRequestId;
    await this.#waitFor(workRequestId);
    const pages = new AnswerPages('asynchronous');
    let page: string | undefined;
    do {
      const answer = await this.#connection.call(() =>
        this.#client.getQueryResult({
          namespaceName,
          workRequestId,
          limit: pageRows,
          ...(page === undefined ? {} : { page: encodeURIComponent(page) }),
        }),
      );
      page = pages.add(answer.queryAggregation, answer.opcRequestId, answer.opcNextPage);
    } while (page !== undefined);
    return pages.answer();
  }

  /** Results requested before the job is done are intermediate. */
  async #waitFor(workRequestId: string): Promise<void> {
    const { namespaceName } = this.#scope;
    const stopsAt = performance.now() + longestJobMs;
    for (let polls = 1; ; polls += 1) {
      const { queryWorkRequest, opcRequestId: requestId } = await this.#connection.call(() =>
        this.#client.getQueryWorkRequest({ namespaceName, workRequestId }),
      );
      const code = String(queryWorkRequest.status);
      if (code === 'SUCCEEDED') return;
      if (['FAILED', 'CANCELED', 'CANCELLED'].includes(code)) {
        const reason = `the query job ended as ${code}`;
        throw new OciCallError(callOf('getQueryWorkRequest'), { code, requestId, reason });
      }
      if (performance.now() > stopsAt) {
        const reason = `the query job was not done after ${longestJobMs / minuteMs} minutes`;
        throw new OciCallError(callOf('getQueryWorkRequest'), { code, requestId, reason });
      }
      await delay(backOffMs({ firstMs: this.#pollMs, longestMs: longestPollMs }, polls));
    }
  }

  #details(queryString: string, slice: TimeSlice, shouldRunAsync: boolean): Details {
    return {
      compartmentId: this.#scope.compartmentId,
      compartmentIdInSubtree: this.#scope.includeSubcompartments,
      queryString,
      subSystem: 'LOG' as Details['subSystem'],
      maxTotalCount: rowCap,
      timeFilter: timeFilterOf(slice),
      shouldIncludeTotalCount: true,
      shouldRunAsync,
      ...(shouldRunAsync ? { asyncMode: 'FOREGROUND' as NonNullable<Details['asyncMode']> } : {}),
    };
  }
}

function timeFilterOf({ fromMs, toMs }: TimeSlice): NonNullable<Details['timeFilter']> {
  return { timeStart: new Date(fromMs), timeEnd: new Date(toMs), timeZone: 'UTC' };
}

/** No answer within the time limit of a synchronous query. */
function isTooSlow(error: unknown): boolean {
  return isSilence(error) || (error instanceof OciCallError && [408, 504].includes(error.status ?? 0));
}

function callOf(operation: string): OciCall {
  return { service: 'LogAnalytics', operation };
}
