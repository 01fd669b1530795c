import { parseInstant } from '../../../src/base/instants.js';
import {
  type Answer,
  type WireRequest,
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  jsonObject,
  notFound,
} from './wire.js';

/** An entry that a log has. */
export interface StoredLogEntry {
  readonly id: string;
  readonly data: string;
  /** As sent. */
  readonly time: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string | null;
  readonly ingestedMs: number;
}

interface StoredLog {
  readonly place: string;
  readonly entries: StoredLogEntry[];
}

const pushPath = /^\/20200831\/logs\/([^/]+)\/actions\/push$/;
const searchPath = '/20190909/search';
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/**
 * Custom logs of OCI Logging: what the API "Logging Ingestion" of 2020-08-31 takes (PutLogs), and what a search of them returns (API
 * "Logging Search" of 2019-09-09). UNVERIFIED, and so each can be set: that an id that is there already is taken again, that a search
 * goes by the entries' own times, how soon it finds them, and how old an entry may be.
 */
export class CustomLogStore {
  /** An entry whose id is there is not stored a second time. */
  dropsKnownIds = false;
  /** A search goes by the entries' own times, or by when they came. */
  searchBy: 'time' | 'ingested' = 'time';
  /** So many searches find nothing yet. */
  emptySearches = 0;
  /** Entries older than that are refused, milliseconds. */
  oldestMs = Number.POSITIVE_INFINITY;
  /** Entries that hold this text are refused. */
  refusedText: string | null = null;
  largestEntryBytes = 999_999;
  largestRequestBytes = 10_000_000;
  pageSize = 1000;

  readonly #logs = new Map<string, StoredLog>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** @param place `<compartment>/<log group>/<log>`, OCIDs */
  create(place: string): void {
    this.#logs.set(place.split('/').at(-1) ?? '', { place, entries: [] });
  }

  entriesOf(logId: string): readonly StoredLogEntry[] {
    return this.#logs.get(logId)?.entries ?? [];
  }

  isLogPath({ path, body }: WireRequest): boolean {
    if (pushPath.test(path)) return true;
    const place = path === searchPath ? placeIn(jsonObject(body)) : null;
    return place !== null && [...this.#logs.values()].some((log) => log.place === place);
  }

  answer(request: WireRequest): Answer {
    if (request.method !== 'POST') return errorAnswer(405, 'MethodNotAllowed', 'Only POST');
    if (request.path === searchPath) return this.#search(request);
    const log = this.#logs.get(decodeURIComponent(pushPath.exec(request.path)?.[1] ?? ''));
    return log === undefined ? notFound() : this.#push(request, log);
  }

  /** All of the request, or nothing. */
  #push({ headers, body }: WireRequest, log: StoredLog): Answer {
    if (body.length > this.largestRequestBytes)
      return errorAnswer(413, 'PayloadTooLarge', 'The request is too large');
    const stamp = headers['timestamp-opc-agent-processing'];
    if (stamp !== undefined && !rfc3339.test(stamp))
      return invalidParameter('timestamp-opc-agent-processing');
    const details = jsonObject(body);
    const batches: unknown = details?.['logEntryBatches'];
    if (details?.['specversion'] !== '1.0' || !Array.isArray(batches))
      return invalidParameter('putLogsDetails');
    const entries: StoredLogEntry[] = [];
    for (const batch of batches as readonly Readonly<Record<string, unknown>>[]) {
      const { source, type, subject = null, defaultlogentrytime, entries: given } = batch;
      if (!isText(source) || !isText(type) || !(subject === null || isText(subject)))
        return invalidParameter('source');
      if (!isTime(defaultlogentrytime) || !Array.isArray(given))
        return invalidParameter('defaultlogentrytime');
      for (const entry of given as readonly Readonly<Record<string, unknown>>[]) {
        const { data, id, time = defaultlogentrytime } = entry;
        if (!isText(data) || !isText(id) || !isTime(time)) return invalidParameter('entries');
        if (Buffer.byteLength(data) > this.largestEntryBytes)
          return invalidParameter('an entry is too large');
        if (this.#nowMs() - Date.parse(time) > this.oldestMs) return invalidParameter('an entry is too old');
        if (this.refusedText !== null && data.includes(this.refusedText)) return invalidParameter('an entry');
        entries.push({ id, data, time, source, type, subject, ingestedMs: this.#nowMs() });
      }
    }
    for (const entry of entries) {
      if (this.dropsKnownIds && log.entries.some(({ id }) => id === entry.id)) continue;
      log.entries.push(entry);
    }
    return { status: 200, headers: {}, body: Buffer.alloc(0) };
  }

  #search({ body, query }: WireRequest): Answer {
    const details = jsonObject(body) ?? {};
    const log = [...this.#logs.values()].find(({ place }) => place === placeIn(details));
    const from = parseInstant(details['timeStart']);
    const to = parseInstant(details['timeEnd']);
    if (log === undefined) return notFound();
    if (from === undefined || to === undefined || to < from || to - from > 14 * 86_400_000) {
      return invalidParameter('timeStart');
    }
    const limit = Number(query.get('limit') ?? 500);
    if (!(limit >= 1 && limit <= 1000)) return invalidParameter('limit');
    if (this.emptySearches > 0) {
      this.emptySearches -= 1;
      return jsonAnswer({ results: [], summary: { resultCount: 0, fieldCount: 0 } });
    }
    const at = (entry: StoredLogEntry): number =>
      this.searchBy === 'time' ? Date.parse(entry.time) : entry.ingestedMs;
    const found = log.entries.filter((entry) => at(entry) >= from && at(entry) < to);
    const start = Number(Buffer.from(query.get('page') ?? '', 'base64').toString() || 0);
    const size = Math.min(limit, this.pageSize);
    const results = found.slice(start, start + size).map((entry) => ({ data: rowOf(entry, log) }));
    const next = start + size < found.length ? Buffer.from(String(start + size)).toString('base64') : null;
    return jsonAnswer(
      { results, summary: { resultCount: results.length, fieldCount: 0 } },
      ...(next === null ? [] : [{ 'opc-next-page': next }]),
    );
  }
}

function rowOf(
  { id, data, time, source, type, subject, ingestedMs }: StoredLogEntry,
  { place }: StoredLog,
): object {
  const oracle = { ingestedtime: new Date(ingestedMs).toISOString(), logid: place.split('/').at(-1) };
  const content = { id, time, source, type, subject, specversion: '1.0', data: { message: data }, oracle };
  return { datetime: Date.parse(time), logContent: content };
}

/** Of a query `search "<place>"`, with or without more of the query behind it. */
function placeIn(details: Readonly<Record<string, unknown>> | undefined): string | null {
  const query: unknown = details?.['searchQuery'];
  return typeof query === 'string' ? (/^\s*search\s+"([^"]+)"/.exec(query)?.[1] ?? null) : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && rfc3339.test(value);
}
