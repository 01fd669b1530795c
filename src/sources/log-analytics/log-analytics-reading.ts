import { toIso } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import type { OciConnection } from '../../oci/connection.js';
import type { Clock } from '../../ports/clock.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { ReadingBudget } from '../budget.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import { fewReasons } from '../few-reasons.js';
import type { ExportPacer } from './export-pacer.js';
import { openRunner } from './open-runner.js';
import type { LogAnalyticsOptions } from './options.js';
import type { TimeSlice } from './query-answer.js';
import { type QueryRunner, isNoProof } from './query-runner.js';
import { countOthersQuery, countQuery, selectOthersQueries, selectQueries } from './query-text.js';
import { type AllPairs, NoPairsError, readAllPairs } from './read-all-pairs.js';
import { type SliceResult, SliceQueue } from './read-slices.js';
import { type RowQueries, RowReader, rowsPerExport } from './row-reader.js';
import { cutIntoSlices, isOfSlice, onWholeSeconds, recordTimeMs, sliceName } from './time-slice.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Target size of a first slice: well below the cap, so that most need not be halved. */
const rowsPerSlice = 1000;
/** How often the window is read at most, if the count changes meanwhile. */
const maxReadings = 2;

/** What all readings of a source share. */
export interface LogAnalyticsParts {
  readonly connection: OciConnection;
  readonly options: LogAnalyticsOptions;
  readonly clock: Clock;
  readonly pacer: ExportPacer;
}

/** One reading of a window. */
export class LogAnalyticsReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #parts: LogAnalyticsParts;
  readonly #window: TimeWindow;
  readonly #whole: TimeSlice;
  readonly #reasons: string[] = [];
  readonly #requests: SourceRequest[] = [];
  /** Of the last reading. */
  #rows = 0;

  constructor(parts: LogAnalyticsParts, window: TimeWindow) {
    this.#parts = parts;
    this.#window = window;
    this.#whole = recordTimesOf(window, parts.options, parts.clock.nowMs());
    this.batches = this.#read();
  }

  readonly outcome = (): SourceOutcome => ({
    complete: this.#reasons.length === 0,
    reasons: fewReasons(this.#reasons, 'andMoreOfKind'),
    requests: [...this.#requests].sort(byWindow),
  });

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    const { connection, options, clock, pacer } = this.#parts;
    try {
      const budget = new ReadingBudget(options.budget, this.#window, clock.nowMs);
      const runner = await openRunner(connection.within(budget), options, clock, pacer);
      yield* this.#readAll(runner);
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      this.#reasons.push(explainError(error));
    }
  }

  async *#readAll(runner: QueryRunner): AsyncGenerator<readonly SourceRecord[]> {
    const { logSource, profile, wanted } = this.#parts.options;
    let pairs = await this.#pairs(runner);
    if (pairs === null) {
      const selects = selectQueries(logSource, profile?.columns, wanted);
      yield* this.#readRows(runner, { selects, count: countQuery(logSource) });
      return;
    }
    const selects = selectOthersQueries(logSource, profile?.columns);
    for (let reading = 1; ; reading += 1) {
      yield* this.#readRows(runner, { selects, count: countOthersQuery(logSource) });
      if (this.#reasons.length > 0 || (await this.#isAll(runner, pairs, reading === maxReadings))) break;
      pairs = (await this.#pairs(runner)) ?? pairs;
    }
    for (const result of pairs.results) {
      const records = this.#keep(result);
      if (records.length > 0) yield records;
    }
  }

  /** Records of databases may have come since the pairs were read. */
  async #isAll(runner: QueryRunner, pairs: AllPairs, isLast: boolean): Promise<boolean> {
    const query = countQuery(this.#parts.options.logSource);
    const records = pairs.records + this.#rows;
    const counted = await runner.count(query, this.#whole);
    this.#note('count', this.#whole, { query, counted, records });
    if (counted === records) return true;
    if (isLast) this.#reasons.push(reasonWords('countedAfter', { records, counted }));
    return isLast;
  }

  /** null: every record is to be read. */
  async #pairs(runner: QueryRunner): Promise<AllPairs | null> {
    const { options } = this.#parts;
    if (options.aggregate !== 'server') return null;
    try {
      const pairs = await readAllPairs(runner, options, this.#whole);
      this.#note('pairs', this.#whole, { readsByPairs: true, records: pairs.records });
      return pairs;
    } catch (error) {
      if (!(error instanceof NoPairsError)) throw error;
      this.#note('pairs', this.#whole, { readsByPairs: false, reason: explainError(error) });
      return null;
    }
  }

  /** Reads again if records arrived in between: rows already yielded are recognised as duplicates later. */
  async *#readRows(runner: QueryRunner, queries: RowQueries): AsyncGenerator<readonly SourceRecord[]> {
    const query = queries.count;
    let counted = await this.#firstCount(runner, query);
    for (let reading = 1; ; reading += 1) {
      const faultsBefore = this.#reasons.length;
      this.#rows = 0;
      for await (const result of this.#slices(runner, queries, counted ?? 0)) {
        const kept = this.#keep(result);
        this.#rows += kept.length;
        if (kept.length > 0) yield kept;
      }
      if (counted === null) return;
      const countedAfter = await runner.count(query, this.#whole);
      this.#note('count', this.#whole, { query, counted: countedAfter, records: this.#rows });
      if (this.#reasons.length > faultsBefore || this.#rows === countedAfter) return;
      if (reading === maxReadings) {
        this.#reasons.push(
          reasonWords('countedBeforeAndAfter', { rows: this.#rows, before: counted, after: countedAfter }),
        );
        return;
      }
      counted = countedAfter;
    }
  }

  /** Without a count nothing can be complete, but what is there is read. */
  async #firstCount(runner: QueryRunner, query: string): Promise<number | null> {
    try {
      return await runner.count(query, this.#whole);
    } catch (error) {
      if (!isNoProof(error)) throw error;
      this.#reasons.push(explainError(error));
      return null;
    }
  }

  #slices(runner: QueryRunner, queries: RowQueries, counted: number): AsyncGenerator<SliceResult> {
    const { exportAbove, parallel } = this.#parts.options;
    const isBulk = counted > exportAbove;
    const wanted = Math.ceil(counted / (isBulk ? rowsPerExport : rowsPerSlice));
    const slices = cutIntoSlices(this.#whole, wanted);
    return new SliceQueue(slices, parallel, new RowReader(runner, queries, isBulk)).results();
  }

  #keep({ slice, answer, fault }: SliceResult): readonly SourceRecord[] {
    const doubt = fault ?? answer?.doubt?.reason ?? null;
    if (doubt !== null) this.#reasons.push(`${sliceName(slice)}: ${doubt}`);
    if (answer === null) return [];
    const { rows, pages, requestIds, mode, query } = answer;
    const own = rows.filter((row) => isOfSlice(recordTimeMs(row), slice, this.#whole));
    this.#note('query', slice, {
      query: mode === 'pairs' ? 'pairs, and the records that are none' : (query ?? null),
      rows: own.length,
      pages,
      mode,
      opcRequestIds: requestIds.join(' '),
      complete: doubt === null,
    });
    return own.map((value, index) => ({ kind: 'value', value, place: `${sliceName(slice)}#${index + 1}` }));
  }

  #note(operation: string, slice: TimeSlice, facts: SourceRequest): void {
    this.#requests.push({
      operation,
      windowStart: toIso(slice.fromMs),
      windowEnd: toIso(slice.toMs),
      ...facts,
    });
  }
}

/** A record's time may be its ingestion time, so records are looked for longer than events. */
export function recordTimesOf(
  window: TimeWindow,
  { ingestionDelayMs }: LogAnalyticsOptions,
  nowMs: number,
): TimeSlice {
  // What has not happened yet would change the counts while they are compared.
  const toMs = Math.max(window.toMs, Math.min(askedToMs(window) + ingestionDelayMs, nowMs));
  // A record's time may be slightly earlier than its event's.
  return onWholeSeconds({ fromMs: window.fromMs - clockToleranceMs, toMs });
}

function byWindow(a: SourceRequest, b: SourceRequest): number {
  return compareText(sortKey(a), sortKey(b));
}

function sortKey(request: SourceRequest): string {
  return `${String(request['operation'])} ${String(request['windowStart'])} ${JSON.stringify(request)}`;
}
