import { secondMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { CallsSpentError } from '../../http/call-gate.js';
import { isSilence } from '../../oci/http-error.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import { halve, isShortest } from '../log-analytics/time-slice.js';
import { NoCountError, type SearchRunner, type SearchedRows } from './search-runner.js';

/** More are not read at once: they are in memory until they are shown to be all. */
const mostRows = 10_000;
/** After so many slices whose halving came to nothing, none is halved for the same reason. */
const endsInVain = 4;

/** A slice, and what is known of its records. */
export interface SearchedSlice extends SearchedRows {
  readonly slice: TimeSlice;
  /** null: the service does not count. */
  readonly counted: number | null;
  /** Why they may not be all; null: they are as many as the service counts. */
  readonly doubt: string | null;
  /** Whether a shorter slice may be without that doubt. */
  readonly isLessened: boolean;
}

/**
 * Reads slices until as many records came as the service counts in the same range, and halves those where they do not agree. Ranges
 * are asked for a second wider at either end: whether a range has its end, and how exact it is, does not matter then.
 */
export class SliceSearch {
  readonly #runner: SearchRunner;
  /** Why the service does not count; null: it does, as far as is known. */
  noCount: string | null = null;
  #endedInVain = 0;

  constructor(runner: SearchRunner) {
    this.#runner = runner;
  }

  /** Throws CallsSpentError and Failure('usage') only. */
  async *results(slice: TimeSlice): AsyncGenerator<SearchedSlice> {
    const result = await this.#readOnce(slice);
    const isEnd = result !== null && (result.doubt === null || !result.isLessened || !this.#mayHalve(slice));
    if (isEnd) {
      yield result;
      return;
    }
    for (const half of halve(slice)) yield* this.results(half);
  }

  /** How many records there are; null: the service does not count. @throws OciCallError */
  async count(slice: TimeSlice): Promise<number | null> {
    if (this.noCount !== null) return null;
    try {
      return await this.#runner.count(widened(slice));
    } catch (error) {
      if (!(error instanceof NoCountError)) throw error;
      this.noCount = error.message;
      return null;
    }
  }

  /** null: there are too many for one reading. */
  async #readOnce(slice: TimeSlice): Promise<SearchedSlice | null> {
    const found: SearchedRows = { rows: [], requestIds: [] };
    try {
      const before = await this.count(slice);
      if (before !== null && before > mostRows && !isShortest(slice)) return null;
      await this.#runner.collect(widened(slice), found);
      const rows = found.rows.length;
      // Some may have come in between.
      const counted = before === rows ? before : await this.count(slice);
      const isAll = counted === null || counted === rows;
      const doubt = isAll ? null : reasonWords('searchCounts', { rows, counted });
      return { slice, ...found, counted, doubt, isLessened: true };
    } catch (error) {
      if (isUsageFailure(error) || error instanceof CallsSpentError) throw error;
      const doubt = explainError(error);
      return { slice, ...found, counted: null, doubt, isLessened: isTooSlow(error) };
    }
  }

  #mayHalve(slice: TimeSlice): boolean {
    if (isShortest(slice)) {
      this.#endedInVain += 1;
      return false;
    }
    return this.#endedInVain < endsInVain;
  }
}

function widened({ fromMs, toMs }: TimeSlice): TimeSlice {
  return { fromMs: fromMs - secondMs, toMs: toMs + secondMs };
}

function isTooSlow(error: unknown): boolean {
  return isSilence(error) || (error instanceof OciCallError && [408, 504].includes(error.status ?? 0));
}
