import { dayMs } from '../../base/time-units.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { OciConnection } from '../../oci/connection.js';
import type { CountedIds } from '../../ports/log-sink.js';
import type { OciLoggingOptions, ReadBackPlace } from './options.js';

/** The longest span that one search may ask for. */
const longestSpanMs = 14 * dayMs;
/** Rows of one page. */
const pageSize = 1000;
/** A log that holds more than that within a span is not read to its end. */
const mostPages = 2000;

/**
 * Counts the entries of each id by reading the log (SearchLogs of the Logging Search API, 2019-09-09). Ids are compared here: the query
 * language's own conditions on ids are not documented.
 *
 * @param windows of an id, the span counts that has most entries of it
 * @throws OciCallError; Failure('usage')
 */
export async function countIdsInLog(
  connection: OciConnection,
  ids: ReadonlySet<string>,
  windows: readonly TimeWindow[],
  options: OciLoggingOptions & { readonly readBack: ReadBackPlace },
): Promise<CountedIds> {
  const counts = new Map<string, number>();
  for (const window of windows) {
    const counted = await countIn(connection, ids, window, options);
    if (counted.doubt !== null) return counted;
    for (const [id, count] of counted.counts) counts.set(id, Math.max(count, counts.get(id) ?? 0));
  }
  return { counts, doubt: null };
}

async function countIn(
  connection: OciConnection,
  ids: ReadonlySet<string>,
  { fromMs, toMs }: TimeWindow,
  { region, logId, readBack }: OciLoggingOptions & { readonly readBack: ReadBackPlace },
): Promise<CountedIds> {
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-loggingsearch');
  const client = connection.place(
    { region, endpoint: readBack.endpoint },
    ({ params, configuration }) => new sdk.LogSearchClient(params, configuration),
  );
  const searchQuery = `search "${readBack.compartmentId}/${readBack.logGroupId}/${logId}"`;
  const counts = new Map<string, number>();
  for (let startMs = fromMs; startMs < toMs; startMs += longestSpanMs) {
    // Entries of one id have one time. Whether the end of a span is part of it is not documented: that time may be found twice.
    const inSpan = new Map<string, number>();
    const details = {
      timeStart: new Date(startMs),
      timeEnd: new Date(Math.min(startMs + longestSpanMs, toMs)),
      searchQuery,
      isReturnFieldInfo: false,
    };
    let page: string | undefined;
    for (let pages = 0; ; pages += 1) {
      if (pages === mostPages)
        return { counts, doubt: `the log has more than ${mostPages * pageSize} entries in the span` };
      const request = { searchLogsDetails: details, limit: pageSize, ...(page !== undefined && { page }) };
      const { searchResponse, opcNextPage } = await connection.call(() => client.searchLogs(request));
      for (const { data } of searchResponse.results ?? []) {
        const id = idIn(data);
        if (id !== null && ids.has(id)) inSpan.set(id, (inSpan.get(id) ?? 0) + 1);
      }
      if (!opcNextPage) break;
      page = opcNextPage;
    }
    for (const [id, count] of inSpan) counts.set(id, Math.max(count, counts.get(id) ?? 0));
  }
  return { counts, doubt: null };
}

/** Of a row of a search: the entry lies under `logContent`. */
function idIn(data: unknown): string | null {
  const content: unknown = (data as { readonly logContent?: unknown } | null | undefined)?.logContent;
  const id: unknown = (content as { readonly id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id.toLowerCase() : null;
}
