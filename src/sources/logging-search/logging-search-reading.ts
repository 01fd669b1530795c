import { toIso } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import { dayMs, hourMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import { readAuditRetention, retentionShortfall } from '../../oci/audit-retention.js';
import type { OciConnection } from '../../oci/connection.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { ReadingBudget } from '../budget.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import { fewReasons } from '../few-reasons.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import {
  cutIntoSlices,
  instantMs,
  isOfSlice,
  onWholeSeconds,
  sliceName,
} from '../log-analytics/time-slice.js';
import { mergeBatches } from '../merge-batches.js';
import type { LoggingSearchOptions } from './options.js';
import { SearchRunner } from './search-runner.js';
import { isAboutAudit, searchText } from './search-text.js';
import { SliceSearch, type SearchedSlice } from './slice-reader.js';

/** A search takes 14 days at most, and is asked for a little more than its slice. */
const longestRangeMs = 13 * dayMs;
/** Target size of a first slice: some pages each. */
const rowsPerSlice = 5000;
/** Where the service does not count. */
const uncountedSliceMs = hourMs;

/** What all readings of a source share. */
export interface SearchParts {
  readonly connection: OciConnection;
  readonly options: LoggingSearchOptions;
  readonly nowMs: () => number;
}

/** One reading of a window; `outcome` works as a detached function. */
export class LoggingSearchReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #parts: SearchParts;
  readonly #window: TimeWindow;
  readonly #whole: TimeSlice;
  readonly #reasons: string[] = [];
  readonly #requests: SourceRequest[] = [];

  constructor(parts: SearchParts, window: TimeWindow) {
    this.#parts = parts;
    this.#window = window;
    this.#whole = logTimesOf(window, parts.options, parts.nowMs());
    this.batches = this.#read();
  }

  readonly outcome = (): SourceOutcome => ({
    complete: this.#reasons.length === 0,
    reasons: fewReasons(this.#reasons, 'andMoreOfKind'),
    requests: [...this.#requests].sort(byText),
  });

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    const { connection, options, nowMs } = this.#parts;
    try {
      const within = connection.within(new ReadingBudget(options.budget, this.#window, nowMs));
      const text = searchText(options, connection.tenancy);
      if (isAboutAudit(text)) await this.#checkRetention(within);
      const search = new SliceSearch(await SearchRunner.open(within, options, text));
      const slices = await this.#firstSlices(search);
      yield* mergeBatches(
        slices.map((slice) => this.#readSlice(search, slice)),
        options.parallel,
      );
      if (search.noCount !== null) this.#reasons.push(reasonWords('searchNoCount', { why: search.noCount }));
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      this.#reasons.push(explainError(error));
    }
  }

  /** What Audit no longer keeps, its log does not have either. */
  async #checkRetention(connection: OciConnection): Promise<void> {
    const { tenancy } = connection;
    if (tenancy === null) return;
    const retention = await readAuditRetention(connection, this.#parts.options, tenancy);
    const { days, fault } = retention;
    this.#requests.push({
      operation: 'getConfiguration',
      retentionPeriodDays: days,
      ...(fault === null ? {} : { fault }),
    });
    const reason = retentionShortfall(retention, this.#window.fromMs, this.#parts.nowMs());
    if (reason !== null) this.#reasons.push(reason);
  }

  async #firstSlices(search: SliceSearch): Promise<readonly TimeSlice[]> {
    const { fromMs, toMs } = this.#whole;
    const slices: TimeSlice[] = [];
    for (const range of cutIntoSlices(this.#whole, Math.ceil((toMs - fromMs) / longestRangeMs))) {
      const counted = await search.count(range);
      const wanted =
        counted === null ? (range.toMs - range.fromMs) / uncountedSliceMs : counted / rowsPerSlice;
      slices.push(...cutIntoSlices(range, Math.ceil(wanted)));
    }
    return slices;
  }

  async *#readSlice(search: SliceSearch, slice: TimeSlice): AsyncGenerator<readonly SourceRecord[]> {
    for await (const result of search.results(slice)) {
      const records = this.#keep(result);
      if (records.length > 0) yield records;
    }
  }

  #keep({ slice, rows, requestIds, counted, doubt }: SearchedSlice): readonly SourceRecord[] {
    const name = sliceName(slice);
    if (doubt !== null) this.#reasons.push(`${name}: ${doubt}`);
    const own = rows.filter((row) => isOfSlice(logTimeMs(row), slice, this.#whole));
    this.#requests.push({
      operation: 'searchLogs',
      windowStart: toIso(slice.fromMs),
      windowEnd: toIso(slice.toMs),
      rows: own.length,
      came: rows.length,
      counted,
      pages: requestIds.length,
      opcRequestIds: requestIds.join(' '),
      complete: doubt === null && counted !== null,
    });
    return own.map((value, index) => ({ kind: 'value', value, place: `${name}#${index + 1}` }));
  }
}

/** The time of an entry may be that of its ingestion, so entries are looked for longer than events. */
export function logTimesOf(
  window: TimeWindow,
  { ingestionDelayMs }: Pick<LoggingSearchOptions, 'ingestionDelayMs'>,
  nowMs: number,
): TimeSlice {
  const toMs = Math.max(window.toMs, Math.min(askedToMs(window) + ingestionDelayMs, nowMs));
  return onWholeSeconds({ fromMs: window.fromMs - clockToleranceMs, toMs });
}

/** Epoch milliseconds; NaN if a result has no time that can be read. */
function logTimeMs(row: unknown): number {
  return typeof row === 'object' && row !== null && 'datetime' in row ? instantMs(row.datetime) : Number.NaN;
}

function byText(a: SourceRequest, b: SourceRequest): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}
