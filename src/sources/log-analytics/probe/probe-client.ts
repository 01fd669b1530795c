import type { HttpClient } from 'oci-common';
import type { LogAnalyticsClient, models } from 'oci-loganalytics';
import type { OciConnection } from '../../../oci/connection.js';
import { openLogAnalytics } from '../../../oci/log-analytics.js';
import { OciCallError } from '../../../oci/oci-error.js';
import { readStream } from '../../../oci/read-stream.js';
import type { LogAnalyticsOptions } from '../options.js';
import { type Row, type TimeSlice, rowCap } from '../query-answer.js';

/** Why a question has no answer, in words that name nothing of the tenancy. */
export class Unanswered extends Error {
  /** HTTP status of the service's refusal; null: it did not refuse. */
  readonly status: number | null;

  constructor(reason: string, status: number | null = null) {
    super(reason);
    this.name = 'Unanswered';
    this.status = status;
  }
}

export interface ProbedAnswer {
  readonly rows: readonly Row[];
  readonly total: number | null;
  /** Display names. */
  readonly columns: readonly string[];
  readonly status: number;
  readonly headers: Headers;
}

interface Seen {
  answer: { readonly status: number; readonly headers: Headers } | null;
}

const maxCalls = 40;
/** A service may give a part now and then. */
const attempts = 3;
const exportedRows = 100;

/** Queries of one log source, seen with their status and headers, which the SDK hides. */
export class ProbeClient {
  readonly #connection: OciConnection;
  readonly #client: LogAnalyticsClient;
  readonly #namespaceName: string;
  readonly #options: LogAnalyticsOptions;
  readonly #seen: Seen;
  #calls = 0;

  private constructor(
    connection: OciConnection,
    options: LogAnalyticsOptions,
    opened: { readonly client: LogAnalyticsClient; readonly namespaceName: string; readonly seen: Seen },
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#client = opened.client;
    this.#namespaceName = opened.namespaceName;
    this.#seen = opened.seen;
  }

  static async open(connection: OciConnection, options: LogAnalyticsOptions): Promise<ProbeClient> {
    const { namespaceName } = await openLogAnalytics(connection, options);
    const { default: sdk } = await import('oci-loganalytics');
    const seen: Seen = { answer: null };
    const client = connection.place(
      options,
      ({ params, configuration }) =>
        new sdk.LogAnalyticsClient(
          { ...params, httpClient: recorder(params.httpClient, seen) },
          configuration,
        ),
    );
    return new ProbeClient(connection, options, { client, namespaceName, seen });
  }

  get calls(): number {
    return this.#calls;
  }

  /**
   * One page of an answer that is whole.
   *
   * @param limit rows of the page; -1: all that a query gives
   * @throws Unanswered
   */
  async query(queryString: string, slice: TimeSlice, limit = -1): Promise<ProbedAnswer> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const answer = await this.#call(() =>
        this.#client.query({
          namespaceName: this.#namespaceName,
          queryDetails: this.#details(queryString, slice, false),
          limit,
        }),
      );
      const page = answer.queryAggregation;
      if (page.arePartialResults !== true && page.percentComplete === 100) return this.#probed(page);
    }
    throw new Unanswered(`each of ${attempts} answers was a part`);
  }

  /** The status with which a query is accepted that is to run by itself. */
  async submit(queryString: string, slice: TimeSlice): Promise<number> {
    await this.#call(() =>
      this.#client.query({
        namespaceName: this.#namespaceName,
        queryDetails: this.#details(queryString, slice, true),
      }),
    );
    return this.#answer().status;
  }

  /** The text of an export as JSON, of some rows. */
  async export(queryString: string, slice: TimeSlice): Promise<string> {
    return this.#call(async () => {
      const { value } = await this.#client.exportQueryResult({
        namespaceName: this.#namespaceName,
        exportDetails: {
          ...this.#scope(queryString, slice),
          maxTotalCount: exportedRows,
          outputFormat: 'JSON' as NonNullable<models.ExportDetails['outputFormat']>,
        },
      });
      const call = { service: 'LogAnalytics', operation: 'exportQueryResult' };
      return (await readStream(value as AsyncIterable<Uint8Array>, call)).toString('utf8');
    });
  }

  #details(queryString: string, slice: TimeSlice, shouldRunAsync: boolean): models.QueryDetails {
    return {
      ...this.#scope(queryString, slice),
      maxTotalCount: rowCap,
      shouldIncludeTotalCount: true,
      shouldIncludeColumns: true,
      shouldRunAsync,
      ...(shouldRunAsync ? { asyncMode: 'FOREGROUND' as NonNullable<models.QueryDetails['asyncMode']> } : {}),
    };
  }

  /** What a query and an export have in common. */
  #scope(
    queryString: string,
    { fromMs, toMs }: TimeSlice,
  ): Pick<
    models.QueryDetails,
    'compartmentId' | 'compartmentIdInSubtree' | 'queryString' | 'subSystem' | 'timeFilter'
  > {
    return {
      compartmentId: this.#options.compartmentId,
      compartmentIdInSubtree: this.#options.includeSubcompartments,
      queryString,
      subSystem: 'LOG' as models.QueryDetails['subSystem'],
      timeFilter: { timeStart: new Date(fromMs), timeEnd: new Date(toMs), timeZone: 'UTC' },
    };
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#calls >= maxCalls) throw new Unanswered(`the ${maxCalls} calls of a probe were used up`);
    this.#calls += 1;
    this.#seen.answer = null;
    try {
      return await this.#connection.call(work);
    } catch (error) {
      if (error instanceof OciCallError) throw new Unanswered(safeReason(error), error.status);
      throw error;
    }
  }

  #probed(page: models.QueryAggregation): ProbedAnswer {
    const names = (page.columns ?? []).map(({ displayName }) => displayName);
    return {
      rows: (page.items ?? []) as Row[],
      total: page.totalCount ?? null,
      columns: names.filter((name): name is string => typeof name === 'string'),
      ...this.#answer(),
    };
  }

  #answer(): NonNullable<Seen['answer']> {
    if (this.#seen.answer === null) throw new Unanswered('the answer was not seen');
    return this.#seen.answer;
  }
}

/**
 * Under a name of its own, so that the client of all services leaves the headers as they came.
 */
function recorder(inner: HttpClient, seen: Seen): HttpClient {
  return {
    async send(request, excludeBody, _service, operation) {
      const response = await inner.send(request, excludeBody, 'Log Analytics probe', operation);
      seen.answer = { status: response.status, headers: new Headers(response.headers) };
      return response;
    },
  };
}

/** Without the service's own words: they may quote names, OCIDs or the query. */
function safeReason({ status, code }: OciCallError): string {
  if (status === null) return 'the service gave no answer that could be read';
  const name = code !== null && /^[A-Za-z]{1,60}$/.test(code) ? ` ${code}` : '';
  return `the service answered ${status}${name}`;
}
