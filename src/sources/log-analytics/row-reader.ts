import { Failure, explainError } from '../../errors.js';
import { CallsSpentError } from '../../http/call-gate.js';
import { OciCallError } from '../../oci/oci-error.js';
import { type Doubt, type QueryAnswer, type TimeSlice, limit, part } from './query-answer.js';
import type { QueryRunner } from './query-runner.js';
import type { SliceReader, SliceResult } from './read-slices.js';
import { isShortest } from './time-slice.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** How to ask for rows, and for their number. */
export interface RowQueries {
  /** The same rows with fewer and fewer columns: tenancies differ in the columns that they have. */
  readonly selects: readonly string[];
  readonly count: string;
}

/** Target size of an export: few exports, since only seven a minute are allowed, yet small enough for memory. */
export const rowsPerExport = 50_000;
/** How often an answer that may be better the next time is asked for. */
const asked = 3;
/** After so many repetitions that helped nothing, nothing is asked again. */
const mostAsksInVain = 4;
/** How often an export is tried, and after how many in vain none is the last resort any more. */
const exportsTried = 2;
const mostExportsInVain = 2;

/** Reads the rows of slices, each by the cheapest way that proves itself. */
export class RowReader implements SliceReader {
  readonly #runner: QueryRunner;
  readonly #queries: RowQueries;
  readonly #isBulk: boolean;
  /** How many columns are known to be too many. */
  #refused = 0;
  #asksInVain = 0;
  #exportsInVain = 0;

  /** @param isBulk whether to export rather than to query */
  constructor(runner: QueryRunner, queries: RowQueries, isBulk: boolean) {
    this.#runner = runner;
    this.#queries = queries;
    this.#isBulk = isBulk;
  }

  /** As `read`, but a failed call is a fault of its slice alone. */
  readSlice(slice: TimeSlice): Promise<SliceResult> {
    return this.#asResult(slice, () => this.read(slice));
  }

  /** @throws OciCallError */
  async read(slice: TimeSlice): Promise<QueryAnswer> {
    for (;;) {
      const refused = this.#refused;
      try {
        const query = this.#queries.selects[refused] ?? '';
        const answer = this.#isBulk ? await this.#export(query, slice) : await this.#query(query, slice);
        return { ...answer, query };
      } catch (error) {
        if (!isRefusedQuery(error) || refused + 1 >= this.#queries.selects.length) throw error;
        this.#refused = Math.max(this.#refused, refused + 1);
      }
    }
  }

  /** The answer of a query; one that is partial is asked for again. @throws OciCallError */
  async ask(query: string, slice: TimeSlice): Promise<QueryAnswer> {
    let answer = await this.#runner.run(query, slice);
    for (let time = 1; this.#isWorthAsking(answer.doubt, time); time += 1) {
      await this.#runner.pause(time);
      answer = await this.#runner.run(query, slice);
      if (answer.doubt?.kind === 'part') this.#asksInVain += 1;
    }
    return answer;
  }

  /** By an export: a burst may fill the shortest slice, and an export may have what queries call partial. */
  async lastResort(result: SliceResult): Promise<SliceResult> {
    if (this.#isBulk || this.#exportsInVain >= mostExportsInVain) return result;
    const { slice, answer } = result;
    const query = this.#queries.selects[this.#refused] ?? '';
    const { answer: exported, fault } = await this.#asResult(slice, () => this.#export(query, slice));
    if (exported?.doubt === null || answer === null) return { slice, answer: exported, fault };
    // What came by the query is not thrown away for an export that is no better.
    const best = exported !== null && exported.rows.length > answer.rows.length ? exported : answer;
    const reasons = [answer.doubt?.reason, fault ?? exported?.doubt?.reason].filter(Boolean).join('; ');
    return { slice, answer: { ...best, doubt: part(reasons, null) }, fault: null };
  }

  async #asResult(slice: TimeSlice, work: () => Promise<QueryAnswer>): Promise<SliceResult> {
    try {
      return { slice, answer: await work(), fault: null };
    } catch (error) {
      if (error instanceof Failure || error instanceof CallsSpentError) throw error;
      return { slice, answer: null, fault: explainError(error) };
    }
  }

  /** An answer without its number of rows is proved by the service's count. */
  async #query(query: string, slice: TimeSlice): Promise<QueryAnswer> {
    const answer = await this.ask(query, slice);
    return answer.doubt?.kind === 'uncounted' ? this.#proved(answer, slice, 'answer') : answer;
  }

  #isWorthAsking(doubt: Doubt | null, time: number): boolean {
    return doubt?.kind === 'part' && time < asked && this.#asksInVain < mostAsksInVain;
  }

  async #export(query: string, slice: TimeSlice): Promise<QueryAnswer> {
    const counted = await this.#runner.count(this.#queries.count, slice);
    if (counted > 2 * rowsPerExport && !isShortest(slice)) {
      const doubt = limit(reasonWords('rowsPerExport', { rows: counted }));
      return { rows: [], doubt, pages: 0, requestIds: [], mode: 'export' };
    }
    for (let time = 1; ; time += 1) {
      const isLast = time === exportsTried || this.#exportsInVain > 0;
      try {
        const answer = await this.#runner.export(query, slice);
        const proved = await this.#proved(answer, slice, 'export');
        if (isLast && proved.doubt !== null) this.#exportsInVain += 1;
        if (isLast || proved.doubt === null) return proved;
      } catch (error) {
        if (!isLast && error instanceof OciCallError && error.retryable) continue;
        this.#exportsInVain += 1;
        throw error;
      }
    }
  }

  async #proved(answer: QueryAnswer, slice: TimeSlice, what: 'answer' | 'export'): Promise<QueryAnswer> {
    const rows = answer.rows.length;
    const counted = await this.#runner.count(this.#queries.count, slice);
    const reason = reasonWords(`${what}RowsCounted`, { rows, counted });
    return { ...answer, doubt: rows === counted ? null : part(reason, counted - rows) };
  }
}

/** The service does not know a column: parsers differ between tenancies. */
export function isRefusedQuery(error: unknown): boolean {
  return error instanceof OciCallError && error.status === 400;
}
