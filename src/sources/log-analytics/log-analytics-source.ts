import { Failure, explainError } from '../../errors.js';
import type { OciConnection } from '../../oci/connection.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { EventSource, SourceOutcome, SourceReading, SourceRecord } from '../../ports.js';
import { diagnoseLogAnalytics } from './diagnose.js';
import { openRunner } from './open-runner.js';
import {
  countQuery,
  countUnpairedQuery,
  pairsQuery,
  selectContentQuery,
  selectOthersQuery,
  selectQuery,
} from './query-text.js';
import { readPairs } from './read-pairs.js';
import type { LogAnalyticsOptions } from './options.js';
import type { QueryAnswer, QueryRunner, Row, TimeSlice } from './run-query.js';

/** A record's time may be a little before its event's: clocks differ. */
const earlyMs = 5 * 60_000;
/** Rows that a first slice should have: well below the cap, so that most need no halving. */
const rowsPerSlice = 1000;
/** Of an export: few, since only seven a minute are allowed, and still small enough to hold. */
const rowsPerExport = 50_000;
const maxFirstSlices = 10_000;
/** The shortest slice: the service's times are exact to the millisecond, its filters are said to be to the second. */
const shortestSliceMs = 1000;
const shownReasons = 10;
/** Reading again when the count changed meanwhile. */
const readings = 2;

interface SliceResult {
  readonly slice: TimeSlice;
  readonly answer: QueryAnswer | null;
  readonly fault: string | null;
}

/**
 * Reads the records of a log source by queries. A record's time may be that of its ingestion, so a window wider than
 * asked for is read. It is cut into slices, each halved until it is provably complete; then the service's own count of the
 * whole window must be the number of rows.
 */
export function createLogAnalyticsSource(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  nowMs: () => number,
): EventSource {
  connection.checkPlace(options);
  return {
    type: 'log-analytics',
    request: requestOf(options),
    read: (window) => new LogAnalyticsReading(connection, options, windowOf(window, options, nowMs())),
    diagnose: (window) => diagnoseLogAnalytics(connection, options, windowOf(window, options, nowMs())),
  };
}

function requestOf({ logSource, compartmentId, aggregate }: LogAnalyticsOptions): string {
  const scope = `[compartment ${compartmentId}]`;
  if (aggregate !== 'server') return `${selectQuery(logSource)} ${scope}`;
  return `database backups paired by the service: ${pairsQuery(logSource)}; all else: ${selectOthersQuery(logSource)} ${scope}`;
}

function windowOf(window: TimeWindow, { ingestionDelayMs }: LogAnalyticsOptions, nowMs: number): TimeSlice {
  const toMs = Math.max(window.toMs, Math.min(window.toMs + ingestionDelayMs, nowMs));
  return { fromMs: window.fromMs - earlyMs, toMs };
}

class LogAnalyticsReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #connection: OciConnection;
  readonly #options: LogAnalyticsOptions;
  readonly #whole: TimeSlice;
  readonly #reasons: string[] = [];
  readonly #requests: SourceRequest[] = [];
  #select: string;
  #byPairs = false;

  constructor(connection: OciConnection, options: LogAnalyticsOptions, whole: TimeSlice) {
    this.#connection = connection;
    this.#options = options;
    this.#whole = whole;
    this.#select = selectQuery(options.logSource);
    this.batches = this.#read();
  }

  readonly outcome = (): SourceOutcome => ({
    complete: this.#reasons.length === 0,
    reasons: fewReasons(this.#reasons),
    requests: [...this.#requests].sort(byWindow),
  });

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const runner = await openRunner(this.#connection, this.#options);
      yield* this.#readAll(runner);
    } catch (error) {
      if (error instanceof Failure && error.kind === 'usage') throw error;
      this.#reasons.push(explainError(error));
    }
  }

  /** Again when records came in between: rows that were yielded before are recognised as duplicates later. */
  async *#readAll(runner: QueryRunner): AsyncGenerator<readonly SourceRecord[]> {
    const query = countQuery(this.#options.logSource);
    let counted = await runner.count(query, this.#whole);
    this.#byPairs = await this.#canPair(runner);
    for (let reading = 1; ; reading += 1) {
      const faultsBefore = this.#reasons.length;
      let rows = 0;
      const isBulk = counted > this.#options.exportAbove;
      for await (const result of this.#readSlices(runner, counted, isBulk)) {
        const kept = this.#keep(result);
        rows += result.answer?.records ?? kept.length;
        if (kept.length > 0) yield kept;
      }
      const countedAfter = await runner.count(query, this.#whole);
      this.#note('count', this.#whole, { query, counted: countedAfter, records: rows });
      if (this.#reasons.length > faultsBefore) return;
      if (rows === countedAfter) return;
      // Pairs and records of one event are not recognised as one: there is no second reading in the other way.
      if (reading === readings || this.#byPairs) {
        this.#reasons.push(
          `${rows} rows were read, but the service counted ${counted} before and ${countedAfter} after`,
        );
        return;
      }
      counted = countedAfter;
    }
  }

  /** Where a database's record lacks the time of creation, its begin and end would not find each other. */
  async #canPair(runner: QueryRunner): Promise<boolean> {
    if (this.#options.aggregate !== 'server') return false;
    const query = countUnpairedQuery(this.#options.logSource);
    const unpaired = await runner.count(query, this.#whole);
    this.#note('count', this.#whole, { query, counted: unpaired, readsByPairs: unpaired === 0 });
    return unpaired === 0;
  }

  #firstSlices(counted: number, isBulk: boolean): TimeSlice[] {
    const { fromMs, toMs } = this.#whole;
    const longest = Math.floor((toMs - fromMs) / shortestSliceMs) || 1;
    const number = Math.min(
      Math.max(1, Math.ceil(counted / (isBulk ? rowsPerExport : rowsPerSlice))),
      maxFirstSlices,
      longest,
    );
    const edges = Array.from({ length: number + 1 }, (_, index) =>
      Math.round(fromMs + ((toMs - fromMs) * index) / number),
    );
    return edges.slice(1).map((edge, index) => ({ fromMs: edges[index] ?? fromMs, toMs: edge }));
  }

  /** Some at once, in any order; a slice that is in doubt is halved and asked for again. */
  async *#readSlices(runner: QueryRunner, counted: number, isBulk: boolean): AsyncGenerator<SliceResult> {
    const waiting = this.#firstSlices(counted, isBulk).reverse();
    const running = new Map<TimeSlice, Promise<SliceResult>>();
    while (waiting.length > 0 || running.size > 0) {
      while (running.size < this.#options.parallel) {
        const slice = waiting.pop();
        if (slice === undefined) break;
        const reading = this.#readSlice(runner, slice, isBulk);
        // Awaited below, unless the one before it ends the whole reading.
        reading.catch(() => undefined);
        running.set(slice, reading);
      }
      const result = await Promise.race(running.values());
      running.delete(result.slice);
      const halves = this.#halvesOf(result);
      if (halves === null) yield result;
      else waiting.push(...halves);
    }
  }

  /** A burst that fills the shortest slice comes by an export, too. */
  async #readSlice(runner: QueryRunner, slice: TimeSlice, isBulk: boolean): Promise<SliceResult> {
    const select = this.#select;
    const count = countQuery(this.#options.logSource);
    try {
      if (this.#byPairs) {
        // Counted together, slices must not overlap: each ends a millisecond before the next.
        const isLast = slice.toMs === this.#whole.toMs;
        const own = isLast ? slice : { ...slice, toMs: slice.toMs - 1 };
        return { slice, answer: await readPairs(runner, this.#options.logSource, own), fault: null };
      }
      let answer = isBulk ? await runner.export(select, count, slice) : await runner.run(select, slice);
      if (answer.doubt?.mayHelpToHalve === true && isShortest(slice) && !isBulk) {
        answer = await runner.export(select, count, slice);
      }
      return { slice, answer, fault: null };
    } catch (error) {
      if (error instanceof Failure) throw error;
      const reduced = selectContentQuery(this.#options.logSource);
      if (isRefusedQuery(error) && select !== reduced) {
        this.#select = reduced;
        return this.#readSlice(runner, slice, isBulk);
      }
      return { slice, answer: null, fault: explainError(error) };
    }
  }

  /** null: the slice stays as it is, complete or not. */
  #halvesOf({ slice, answer }: SliceResult): TimeSlice[] | null {
    if (answer?.doubt?.mayHelpToHalve !== true || isShortest(slice)) return null;
    const { fromMs, toMs } = slice;
    const middle = Math.floor((fromMs + toMs) / 2);
    return [
      { fromMs: middle, toMs },
      { fromMs, toMs: middle },
    ];
  }

  #keep({ slice, answer, fault }: SliceResult): readonly SourceRecord[] {
    const doubt = fault ?? answer?.doubt?.reason ?? null;
    if (doubt !== null) this.#reasons.push(`${inWords(slice)}: ${doubt}`);
    if (answer === null) return [];
    const { rows, pages, requestIds, mode } = answer;
    const own = rows.filter((row) => isOwn(row, slice, slice.toMs === this.#whole.toMs));
    this.#note('query', slice, {
      query: mode === 'pairs' ? 'pairs, and the records that are none' : this.#select,
      rows: own.length,
      pages,
      mode,
      opcRequestIds: requestIds.join(' '),
      complete: doubt === null,
    });
    return own.map((value, index) => ({ kind: 'value', value, place: `${inWords(slice)}#${index + 1}` }));
  }

  #note(operation: string, slice: TimeSlice, facts: SourceRequest): void {
    this.#requests.push({
      operation,
      windowStart: toUtc(slice.fromMs),
      windowEnd: toUtc(slice.toMs),
      ...facts,
    });
  }
}

/** The service does not know a column: parsers differ from tenancy to tenancy. */
function isRefusedQuery(error: unknown): boolean {
  return error instanceof OciCallError && error.status === 400;
}

function isShortest({ fromMs, toMs }: TimeSlice): boolean {
  return toMs - fromMs <= shortestSliceMs;
}

/**
 * A record at the border of two slices may come with both: it belongs to the later one. So it is counted once,
 * whether the service counts the end of a window in or not.
 */
function isOwn(row: Row, { toMs }: TimeSlice, isLast: boolean): boolean {
  if (isLast) return true;
  const time = row['Time'] ?? row['time'];
  const timeMs = typeof time === 'number' ? time : Date.parse(String(time));
  return Number.isNaN(timeMs) || timeMs < toMs;
}

/** Of a service that is down all day one needs no hundred sentences; the manifest has every slice. */
function fewReasons(reasons: readonly string[]): string[] {
  const sorted = [...reasons].sort();
  if (sorted.length <= shownReasons) return sorted;
  return [...sorted.slice(0, shownReasons), `and ${sorted.length - shownReasons} more of the kind`];
}

function inWords({ fromMs, toMs }: TimeSlice): string {
  return `${toUtc(fromMs)}/${toUtc(toMs)}`;
}

function toUtc(ms: number): string {
  return new Date(ms).toISOString();
}

function byWindow(a: SourceRequest, b: SourceRequest): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  return first < second ? -1 : Number(first > second);
}

function sortKey(request: SourceRequest): string {
  return `${String(request['operation'])} ${String(request['windowStart'])} ${JSON.stringify(request)}`;
}
