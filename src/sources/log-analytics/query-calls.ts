import type { LogAnalyticsClient, models } from 'oci-loganalytics';
import type { OciConnection } from '../../oci/connection.js';
import { type OciCall, OciCallError } from '../../oci/oci-error.js';
import { type TimeSlice, rowCap } from './query-answer.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

export interface QueryScope {
  readonly namespaceName: string;
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
}

/** For a query that only selects. https://docs.oracle.com/iaas/api/#/en/logan-api-spec/ ExportDetails */
const exportCap = 1_000_000;
const pageRows = 1000;

type Details = models.QueryDetails;

/** One page of an answer. */
export interface AnswerPage {
  readonly aggregation: models.QueryAggregation;
  readonly requestId: string;
  readonly next: string | undefined;
}

/** The calls that queries consist of. All of them throw as OciConnection.call. */
export class QueryCalls {
  readonly #connection: OciConnection;
  readonly #client: LogAnalyticsClient;
  readonly #scope: QueryScope;

  constructor(connection: OciConnection, client: LogAnalyticsClient, scope: QueryScope) {
    this.#connection = connection;
    this.#client = client;
    this.#scope = scope;
  }

  /** A page of the answer of a synchronous query. */
  async query(queryString: string, slice: TimeSlice, page: string | undefined): Promise<AnswerPage> {
    const { namespaceName } = this.#scope;
    const queryDetails = this.#details(queryString, slice, false);
    const answer = await this.#connection.call(() =>
      this.#client.query({ namespaceName, queryDetails, limit: pageRows, ...encoded(page) }),
    );
    return pageOf('query', answer.queryAggregation, answer.opcRequestId, answer.opcNextPageId);
  }

  /**
   * Begins an asynchronous query.
   *
   * @returns the OCID of its job; the answer itself if the service had it at once
   */
  async submit(queryString: string, slice: TimeSlice): Promise<string | AnswerPage> {
    const { namespaceName } = this.#scope;
    const queryDetails = this.#details(queryString, slice, true);
    const answer = await this.#connection.call(() => this.#client.query({ namespaceName, queryDetails }));
    if (answer.opcWorkRequestId) return answer.opcWorkRequestId;
    return pageOf('query', answer.queryAggregation, answer.opcRequestId, answer.opcNextPageId);
  }

  /** Where a job is: its status, and the id of the request. */
  async jobStatus(workRequestId: string): Promise<{ readonly code: string; readonly requestId: string }> {
    const { namespaceName } = this.#scope;
    const answer = await this.#connection.call(() =>
      this.#client.getQueryWorkRequest({ namespaceName, workRequestId }),
    );
    return { code: String(answer.queryWorkRequest?.status), requestId: answer.opcRequestId };
  }

  /** A page of the result of a job. */
  async jobResult(workRequestId: string, page: string | undefined): Promise<AnswerPage> {
    const { namespaceName } = this.#scope;
    const answer = await this.#connection.call(() =>
      this.#client.getQueryResult({ namespaceName, workRequestId, limit: pageRows, ...encoded(page) }),
    );
    return pageOf('getQueryResult', answer.queryAggregation, answer.opcRequestId, answer.opcNextPage);
  }

  /** Begins an export as JSON; the stream may break later. */
  async export(
    queryString: string,
    slice: TimeSlice,
  ): Promise<{ readonly stream: AsyncIterable<Uint8Array>; readonly requestId: string }> {
    const { namespaceName, compartmentId, includeSubcompartments } = this.#scope;
    const answer = await this.#connection.call(() =>
      this.#client.exportQueryResult({
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
      }),
    );
    const stream = (answer.value ?? []) as unknown as AsyncIterable<Uint8Array>;
    return { stream, requestId: answer.opcRequestId };
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

export function callOf(operation: string): OciCall {
  return { service: 'LogAnalytics', operation };
}

/** The SDK does not encode URL parameters. */
function encoded(page: string | undefined): { page?: string } {
  return page === undefined ? {} : { page: encodeURIComponent(page) };
}

function timeFilterOf({ fromMs, toMs }: TimeSlice): NonNullable<Details['timeFilter']> {
  return { timeStart: new Date(fromMs), timeEnd: new Date(toMs), timeZone: 'UTC' };
}

function pageOf(
  operation: string,
  aggregation: models.QueryAggregation | undefined,
  requestId: string,
  next: string | undefined,
): AnswerPage {
  const items: unknown = aggregation?.items ?? [];
  if (aggregation === undefined || aggregation === null || !Array.isArray(items)) {
    throw new OciCallError(callOf(operation), { requestId, reason: reasonWords('noRowList') });
  }
  return { aggregation, requestId, next };
}
