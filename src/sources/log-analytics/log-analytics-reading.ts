import { toIso } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import { Failure, explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { OciConnection } from '../../oci/connection.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports.js';
import { fewReasons } from '../few-reasons.js';
import { openRunner } from './open-runner.js';
import type { LogAnalyticsOptions } from './options.js';
import type { QueryAnswer, TimeSlice } from './query-answer.js';
import type { QueryRunner } from './query-runner.js';
import { countQuery, countUnpairedQuery, selectContentQuery, selectQuery } from './query-text.js';
import { readPairs } from './read-pairs.js';
import { cutIntoSlices, halve, isOwn, isShortest, sliceName } from './time-slice.js';

/** Target size of a first slice: well below the cap, so that most need not be halved. */
const rowsPerSlice = 1000;
/** Target size of an export: few exports, since only seven a minute are allowed, yet small enough for memory. */
const rowsPerExport = 50_000;
/** How often the window is read at most, if the count changes meanwhile. */
const maxReadings = 2;

interface SliceResult {
  readonly slice: TimeSlice;
  readonly answer: QueryAnswer | null;
  readonly fault: string | null;
}

/** One reading of a window. */
export class LogAnalyticsReading implements SourceReading {
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
    reasons: fewReasons(this.#reasons, 'of the kind'),
    requests: [...this.#requests].sort(byWindow),
  });

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const runner = await openRunner(this.#connection, this.#options);
      yield* this.#readAll(runner);
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      this.#reasons.push(explainError(error));
    }
  }

  /** Reads again if records arrived in between: rows already yielded are recognised as duplicates later. */
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
      // Pairs and records of one event are not recognised as the same, so there is no second reading by records.
      if (reading === maxReadings || this.#byPairs) {
        this.#reasons.push(
          `${rows} rows were read, but the service counted ${counted} before and ${countedAfter} after`,
        );
        return;
      }
      counted = countedAfter;
    }
  }

  /** If a database's records lack the creation time, begin and end cannot be paired. */
  async #canPair(runner: QueryRunner): Promise<boolean> {
    if (this.#options.aggregate !== 'server') return false;
    const query = countUnpairedQuery(this.#options.logSource);
    const unpaired = await runner.count(query, this.#whole);
    this.#note('count', this.#whole, { query, counted: unpaired, readsByPairs: unpaired === 0 });
    return unpaired === 0;
  }

  /** Several at a time, in any order; a slice with a doubt is halved and read again. */
  async *#readSlices(runner: QueryRunner, counted: number, isBulk: boolean): AsyncGenerator<SliceResult> {
    const wanted = Math.ceil(counted / (isBulk ? rowsPerExport : rowsPerSlice));
    const waiting = cutIntoSlices(this.#whole, wanted).reverse();
    const running = new Map<TimeSlice, Promise<SliceResult>>();
    while (waiting.length > 0 || running.size > 0) {
      while (running.size < this.#options.parallel) {
        const slice = waiting.pop();
        if (slice === undefined) break;
        const reading = this.#readSlice(runner, slice, isBulk);
        // Awaited below, unless an earlier one ends the whole reading.
        reading.catch(() => undefined);
        running.set(slice, reading);
      }
      const result = await Promise.race(running.values());
      running.delete(result.slice);
      if (shouldHalve(result)) waiting.push(...halve(result.slice));
      else yield result;
    }
  }

  /** A burst that fills the shortest slice is exported, too. */
  async #readSlice(runner: QueryRunner, slice: TimeSlice, isBulk: boolean): Promise<SliceResult> {
    const select = this.#select;
    const count = countQuery(this.#options.logSource);
    try {
      if (this.#byPairs) {
        // Their counts are added up, so slices must not overlap: each ends a millisecond before the next.
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

  #keep({ slice, answer, fault }: SliceResult): readonly SourceRecord[] {
    const doubt = fault ?? answer?.doubt?.reason ?? null;
    if (doubt !== null) this.#reasons.push(`${sliceName(slice)}: ${doubt}`);
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

/** The service does not know a column: parsers differ between tenancies. */
function isRefusedQuery(error: unknown): boolean {
  return error instanceof OciCallError && error.status === 400;
}

function shouldHalve({ slice, answer }: SliceResult): boolean {
  return answer?.doubt?.mayHelpToHalve === true && !isShortest(slice);
}

function byWindow(a: SourceRequest, b: SourceRequest): number {
  return compareText(sortKey(a), sortKey(b));
}

function sortKey(request: SourceRequest): string {
  return `${String(request['operation'])} ${String(request['windowStart'])} ${JSON.stringify(request)}`;
}
