import type { SourceRequest } from '../../model/manifest.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type JsonObject, textIn } from '../../records/json.js';
import { allPages } from './all-pages.js';
import type { DataSafeCalls, DataSafePage } from './data-safe-calls.js';
import type { EventQuery } from './event-query.js';

/**
 * Yields the events of a query, each id once, page by page. Then the service's own count of the same query must agree:
 * events may arrive while they are listed, so where it does not, they are listed once more.
 *
 * @param requests gets what was asked, and what came
 * @throws Error where the count does not agree the second time either; as DataSafeCalls
 */
export async function* countedEvents(
  calls: DataSafeCalls,
  query: EventQuery,
  requests: SourceRequest[],
): AsyncGenerator<readonly JsonObject[]> {
  const ids = new Set<string>();
  let withoutId = 0;
  const fresh = (page: DataSafePage, isAgain: boolean): readonly JsonObject[] =>
    page.items.filter((item) => {
      const id = textIn(item['id']);
      // It is rejected later; listed again, nobody could tell it from the first.
      if (id === undefined && !isAgain) withoutId += 1;
      if (id === undefined) return !isAgain;
      if (ids.has(id)) return false;
      ids.add(id);
      return true;
    });
  for (const isAgain of [false, true]) {
    for await (const page of allPages((token) => calls.events(query, token))) {
      requests.push({ query: query.scimQuery, rows: page.items.length, requestId: page.requestId });
      const items = fresh(page, isAgain);
      if (items.length > 0) yield items;
    }
    const rows = ids.size + withoutId;
    const counted = await countOf(calls, query, requests);
    if (counted === rows) return;
    if (isAgain) throw new Error(reasonWords('dataSafeCounted', { rows, counted }));
  }
}

async function countOf(calls: DataSafeCalls, query: EventQuery, requests: SourceRequest[]): Promise<number> {
  let sum = 0;
  for await (const { items, requestId } of allPages((token) => calls.counts(query, token))) {
    for (const item of items) {
      if (!isAllRecord(item['metricName'])) continue;
      const { count } = item;
      if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) {
        throw new Error(reasonWords('dataSafeNoCount'));
      }
      sum += count;
    }
    requests.push({ query: `count of ${query.scimQuery}`, counted: sum, requestId });
  }
  return sum;
}

/** `allRecord`, in whatever case; an answer about nothing has no row. */
function isAllRecord(name: unknown): boolean {
  return typeof name !== 'string' || /^all_?records?$/i.test(name);
}
