import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  jsonObject,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const path = '/20190909/search';
const dayMs = 86_400_000;
const mostResults = 1000;

/** `count`: a stage of that name. `summarize`: only the function within summarize. `none`: nothing counts. */
export type CountForm = 'count' | 'summarize' | 'none';

interface LogEntry {
  readonly log: string;
  readonly timeMs: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What the logs of one region hold, and how searching them behaves where documents say nothing. */
export class LoggingSearchStore {
  /** Results of a page, whatever a request asks for. */
  pageSize = mostResults;
  countForm: CountForm = 'count';
  /** Whether the end of a range is in it. */
  includesEnd = false;
  /** Whether the start of a range is not in it. */
  excludesStart = false;
  /** Whether times are compared in whole seconds. */
  comparesSeconds = false;
  /** Most results that a search gives over all of its pages, without a word; null: all. */
  silentCap: number | null = null;
  /** How many results more than there are each count gives. */
  countsMore = 0;
  /** Each page of so many is empty, with a token; 0: none is. */
  emptyEvery = 0;
  /** Logs whose searches are answered by 404. */
  readonly denied = new Set<string>();

  readonly #entries: LogEntry[] = [];

  /** @param log as searches name it: `ocid1.tenancy…/_Audit_Include_Subcompartment` */
  put(log: string, timeMs: number, content: LogEntry['content']): void {
    this.#entries.push({ log, timeMs, content });
  }

  /** Oldest last, as the console shows them. */
  found(logs: readonly string[], fromMs: number, toMs: number): readonly LogEntry[] {
    const exact = (ms: number): number => (this.comparesSeconds ? Math.floor(ms / 1000) * 1000 : ms);
    return this.#entries
      .filter(({ log }) => logs.includes(log))
      .filter(({ timeMs }) => {
        const ms = exact(timeMs);
        return (
          (this.excludesStart ? ms > fromMs : ms >= fromMs) && (this.includesEnd ? ms <= toMs : ms < toMs)
        );
      })
      .sort((a, b) => b.timeMs - a.timeMs);
  }
}

/** The search of OCI Logging over loopback: https://docs.oracle.com/iaas/api/#/en/logging-search/20190909/ */
export class LoggingSearchService {
  readonly #store: LoggingSearchStore;

  constructor(store: LoggingSearchStore) {
    this.#store = store;
  }

  isSearchPath(request: WireRequest): boolean {
    return request.path === path;
  }

  answer({ method, body, query, target }: WireRequest): Answer {
    if (method !== 'POST') return errorAnswer(405, 'MethodNotAllowed', 'Only POST');
    const { timeStart, timeEnd, searchQuery } = jsonObject(body) ?? {};
    const [fromMs, toMs] = [Date.parse(String(timeStart)), Date.parse(String(timeEnd))];
    if (!(fromMs < toMs)) return invalidParameter('timeStart must be before timeEnd');
    // UNVERIFIED bound and code.
    if (toMs - fromMs > 14 * dayMs) return invalidParameter('at most 14 days can be searched');
    const limit = Number(query.get('limit') ?? 500);
    if (!Number.isInteger(limit) || limit < 1 || limit > mostResults) return invalidParameter('limit');
    const parsed = parseSearch(String(searchQuery));
    if (parsed === null) return invalidParameter(`The query cannot be understood: ${String(searchQuery)}`);
    if (parsed.logs.some((log) => this.#store.denied.has(log))) return notFound();
    const entries = this.#store.found(parsed.logs, fromMs, toMs);
    if (parsed.count !== null) return this.#count(parsed.count, entries.length);
    const raw = /[?&]page=([^&]*)/.exec(target)?.[1];
    const page = raw === undefined ? 0 : pageOf(raw);
    return page === null ? invalidParameter('page') : this.#page(entries, page, limit);
  }

  #count(form: CountForm, entries: number): Answer {
    const { countForm, countsMore } = this.#store;
    if (form !== countForm) return invalidParameter(`Unknown stage: ${form}`);
    const count = entries + countsMore;
    const data = form === 'count' ? { count } : { 'count()': String(count) };
    return results(count === 0 ? [] : [data]);
  }

  #page(entries: readonly LogEntry[], page: number, limit: number): Answer {
    const { silentCap, pageSize, emptyEvery } = this.#store;
    const all = silentCap === null ? entries : entries.slice(0, silentCap);
    const isEmpty = (number: number): boolean => emptyEvery > 0 && number % emptyEvery === 0;
    const size = Math.min(limit, pageSize);
    let full = 0;
    for (let number = 0; number < page; number += 1) if (!isEmpty(number)) full += 1;
    const end = isEmpty(page) ? full * size : (full + 1) * size;
    const shown = all
      .slice(full * size, end)
      .map(({ timeMs, content }) => ({ datetime: timeMs, logContent: content }));
    return results(shown, end < all.length ? { 'opc-next-page': `s+${page + 1}/y==` } : {});
  }
}

function results(data: readonly object[], headers: Readonly<Record<string, string>> = {}): Answer {
  const summary = { resultCount: data.length, fieldCount: 0 };
  return jsonAnswer({ summary, results: data.map((each) => ({ data: each })) }, headers);
}

function pageOf(raw: string): number | null {
  const [, page] = /^s\+(\d+)\/y==$/.exec(decodeURIComponent(raw)) ?? [];
  return page === undefined ? null : Number(page);
}

/** The part of the language that is spoken here: quoted names, then perhaps one stage that counts. */
function parseSearch(
  text: string,
): { readonly logs: readonly string[]; readonly count: CountForm | null } | null {
  const [, names = '', stage] =
    /^search ((?:"[^"]+")(?:, *"[^"]+")*)(?: \| (count|summarize count\(\)))?$/.exec(text) ?? [];
  if (names === '') return null;
  const logs = Array.from(names.matchAll(/"([^"]+)"/g), ([, name = '']) => name);
  if (stage === undefined) return { logs, count: null };
  return { logs, count: stage === 'count' ? 'count' : 'summarize' };
}
