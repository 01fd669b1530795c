import { setTimeout as delay } from 'node:timers/promises';
import type { LogAnalyticsClient, models } from 'oci-loganalytics';
import { explainError } from '../../errors.js';
import type { OciConnection } from '../../oci/connection.js';
import { isSilence } from '../../oci/http-client.js';
import { OciCallError } from '../../oci/oci-error.js';

export interface QueryScope {
  readonly namespaceName: string;
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
}

/** Record times, epoch milliseconds. Whether the service counts the end in is not documented. */
export interface TimeSlice {
  readonly fromMs: number;
  readonly toMs: number;
}

export type Row = Readonly<Record<string, unknown>>;

export interface QueryAnswer {
  readonly rows: readonly Row[];
  /** Why these are not provably all rows of the slice; null when they are. */
  readonly doubt: Doubt | null;
  readonly pages: number;
  readonly requestIds: readonly string[];
  readonly mode: 'synchronous' | 'asynchronous' | 'export' | 'pairs';
  /** How many records the rows stand for, where they are not the records themselves. */
  readonly records?: number;
}

export interface Doubt {
  readonly reason: string;
  /** Whether a shorter slice may be complete. */
  readonly mayHelpToHalve: boolean;
}

/** The service counts and gives no more, whatever is asked for. */
export const rowCap = 2001;

/** Of a query that only selects. https://docs.oracle.com/iaas/api/#/en/logan-api-spec/ ExportDetails */
const exportCap = 1_000_000;
const pageRows = 1000;
/** A loop of pages that never ends is a fault of the service; no answer has more than the cap. */
const maxPages = 50;
const longestJobMs = 30 * 60_000;
const pollMs = { first: 500, longest: 5000 } as const;

type Aggregation = models.QueryAggregation;
type Details = models.QueryDetails;

/** Queries of one log source: over a slice of time, page by page, with the proof of completeness. */
export class QueryRunner {
  readonly #connection: OciConnection;
  readonly #client: LogAnalyticsClient;
  readonly #scope: QueryScope;
  readonly #pollMs: number;

  constructor(
    connection: OciConnection,
    client: LogAnalyticsClient,
    scope: QueryScope,
    firstPollMs: number = pollMs.first,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#scope = scope;
    this.#pollMs = firstPollMs;
  }

  /** Synchronously; where the service gives no answer in its time, asynchronously. */
  async run(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    try {
      return await this.#runNow(queryString, slice);
    } catch (error) {
      if (!isTooSlow(error)) throw error;
      return this.#runAsJob(queryString, slice);
    }
  }

  /**
   * The bulk path: up to a million rows in one answer, which does not say how many they are. The proof is the service's own
   * count over the same slice.
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
      return {
        text: await textOf(answer.value as AsyncIterable<Uint8Array>),
        requestId: answer.opcRequestId,
      };
    });
    const rows = rowsOfExport(text, requestId);
    const counted = await this.count(counting, slice);
    const reason = `the export has ${rows.length} rows, the service counts ${counted}`;
    const doubt = rows.length === counted ? null : { reason, mayHelpToHalve: true };
    return { rows, doubt, pages: 1, requestIds: [requestId], mode: 'export' };
  }

  /** How many records the service counts in the slice. Throws OciCallError when it does not say. */
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
      throw new OciCallError(call('query'), {
        status: null,
        code: null,
        requestId: null,
        retryable: false,
        reason: `the answer to "stats count" is no proof: ${doubt?.reason ?? JSON.stringify(rows).slice(0, 200)}`,
      });
    }
    return count;
  }

  async #runNow(queryString: string, slice: TimeSlice): Promise<QueryAnswer> {
    const pages = new Pages('synchronous');
    let page: string | undefined;
    do {
      const answer = await this.#connection.call(() =>
        this.#client.query({
          namespaceName: this.#scope.namespaceName,
          queryDetails: this.#details(queryString, slice, false),
          limit: pageRows,
          // The SDK does not encode what it puts into a URL.
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
    const pages = new Pages('asynchronous');
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

  /** Results asked for before the job is done are intermediate ones. */
  async #waitFor(workRequestId: string): Promise<void> {
    const { namespaceName } = this.#scope;
    const begun = performance.now();
    let waitMs = this.#pollMs;
    for (;;) {
      const { queryWorkRequest, opcRequestId } = await this.#connection.call(() =>
        this.#client.getQueryWorkRequest({ namespaceName, workRequestId }),
      );
      const status = String(queryWorkRequest.status);
      if (status === 'SUCCEEDED') return;
      if (['FAILED', 'CANCELED', 'CANCELLED'].includes(status)) {
        throw new OciCallError(call('getQueryWorkRequest'), {
          status: null,
          code: status,
          requestId: opcRequestId,
          retryable: false,
          reason: `the query job ended as ${status}`,
        });
      }
      if (performance.now() - begun > longestJobMs) {
        throw new OciCallError(call('getQueryWorkRequest'), {
          status: null,
          code: status,
          requestId: opcRequestId,
          retryable: false,
          reason: `the query job was not done after ${longestJobMs / 60_000} minutes`,
        });
      }
      await delay(waitMs);
      waitMs = Math.min(waitMs * 2, pollMs.longest);
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

/** Collects the pages of one answer, and what speaks against its being complete. */
class Pages {
  readonly #rows: Row[] = [];
  readonly #requestIds: string[] = [];
  readonly #mode: QueryAnswer['mode'];
  #doubt: Doubt | null = null;
  #totalCount: number | null = null;

  constructor(mode: QueryAnswer['mode']) {
    this.#mode = mode;
  }

  /** @returns the next page to ask for */
  add(page: Aggregation, requestId: string, next: string | undefined): string | undefined {
    this.#requestIds.push(requestId);
    for (const row of page.items ?? []) this.#rows.push(row as Row);
    this.#totalCount = page.totalCount ?? this.#totalCount;
    this.#doubt ??= doubtOf(page);
    if (next === undefined || next === null || next === '') return undefined;
    if (this.#requestIds.length < maxPages) return next;
    this.#doubt ??= { reason: `there are more than ${maxPages} pages`, mayHelpToHalve: true };
    return undefined;
  }

  answer(): QueryAnswer {
    return {
      rows: this.#rows,
      doubt: this.#doubt ?? this.#doubtOfCount(),
      pages: this.#requestIds.length,
      requestIds: this.#requestIds,
      mode: this.#mode,
    };
  }

  #doubtOfCount(): Doubt | null {
    const rows = this.#rows.length;
    const total = this.#totalCount;
    if (total === null)
      return { reason: 'the answer does not say how many rows it has', mayHelpToHalve: false };
    if (total >= rowCap)
      return { reason: `it has ${total} rows, the most that a query gives`, mayHelpToHalve: true };
    if (rows !== total)
      return { reason: `${rows} rows came, the answer counts ${total}`, mayHelpToHalve: true };
    return null;
  }
}

function timeFilterOf({ fromMs, toMs }: TimeSlice): NonNullable<Details['timeFilter']> {
  return { timeStart: new Date(fromMs), timeEnd: new Date(toMs), timeZone: 'UTC' };
}

/** A torn stream is a failed call: it is not known what is missing. */
async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of stream) parts.push(part);
  } catch (error) {
    throw new OciCallError(call('exportQueryResult'), {
      status: null,
      code: null,
      requestId: null,
      retryable: true,
      reason: explainError((error as { readonly cause?: unknown }).cause ?? error),
      cause: error,
    });
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A list of rows, a list under a key, or a row a line: which one, Oracle's documents do not say. */
function rowsOfExport(text: string, requestId: string): Row[] {
  const values =
    parsed(text) ??
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parsed);
  const list = Array.isArray(values) ? values : Object.values(values as object).find(Array.isArray);
  if (Array.isArray(list) && list.every((row) => typeof row === 'object' && row !== null))
    return list as Row[];
  throw new OciCallError(call('exportQueryResult'), {
    status: null,
    code: null,
    requestId,
    retryable: false,
    reason: 'the export is no list of rows',
  });
}

function parsed(text: string): unknown {
  if (text.trim() === '') return [];
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function doubtOf(page: Aggregation): Doubt | null {
  if (page.isContentHidden === true) {
    return {
      reason: 'some content is hidden from this user; its policy must allow to read all log groups',
      mayHelpToHalve: false,
    };
  }
  if (page.arePartialResults === true) {
    const why = page.partialResultReason ? ` (${page.partialResultReason})` : '';
    return { reason: `the service calls its results partial${why}`, mayHelpToHalve: true };
  }
  if (page.percentComplete !== 100) {
    return {
      reason: `the query was ${page.percentComplete ?? 'an unknown'} % complete`,
      mayHelpToHalve: true,
    };
  }
  return null;
}

/** No answer within the time of a synchronous query. */
function isTooSlow(error: unknown): boolean {
  return isSilence(error) || (error instanceof OciCallError && [408, 504].includes(error.status ?? 0));
}

function call(operation: string): { service: string; operation: string } {
  return { service: 'LogAnalytics', operation };
}
