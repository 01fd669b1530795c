import type { TimeSlice } from '../log-analytics/query-answer.js';
import { toIso } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import { AzureCallError, isMissingTable, isRefused } from '../../azure/azure-error.js';
import type { AzureConnection, CallLimits } from '../../azure/connection.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { ReadingBudget } from '../budget.js';
import { fewReasons } from '../few-reasons.js';
import type { AzureMonitorOptions } from './options.js';
import { type SliceReading, readSlice } from './read-slice.js';
import { readSlices } from './slice-queue.js';
import { type TablePart, rowCountQuery, rowsQuery, tableParts } from './table-parts.js';
import { sliceName } from '../log-analytics/time-slice.js';
import { cutInto, timesOf } from './times.js';
import { type Counted, WorkspaceTables } from './workspace-tables.js';

export interface AzureMonitorParts {
  readonly connection: AzureConnection;
  readonly options: AzureMonitorOptions;
  readonly nowMs: () => number;
}

/**
 * What a workspace has of a part: a number of rows; `missing`, no such table; `many`, the service did not count them in its
 * time; `unknown`, it could not be asked.
 */
type PartState = number | 'missing' | 'many' | 'unknown';

interface CountedPart {
  readonly part: TablePart;
  readonly slice: TimeSlice;
  readonly state: PartState;
}

/** First slices are well below the limit, so that most need not be halved. */
const firstShare = 0.5;
/** How many first slices there are of what could not be counted. */
const slicesOfMany = 8;

/** One reading of a window. */
export class AzureMonitorReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #parts: AzureMonitorParts;
  readonly #window: TimeWindow;
  readonly #times: ReturnType<typeof timesOf>;
  readonly #stop = new AbortController();
  readonly #reasons: string[] = [];
  readonly #notes = new Set<string>();
  readonly #requests: SourceRequest[] = [];

  constructor(parts: AzureMonitorParts, window: TimeWindow) {
    this.#parts = parts;
    this.#window = window;
    this.#times = timesOf(window, parts.options, parts.nowMs());
    this.batches = { [Symbol.asyncIterator]: () => this.#stoppable(this.#read()) };
  }

  readonly outcome = (): SourceOutcome => ({
    complete: this.#reasons.length === 0,
    reasons: fewReasons(this.#reasons, 'andMoreOfKind'),
    notes: [...this.#notes].sort(compareText),
    requests: [...this.#requests].sort(byContent),
  });

  /** A generator that waits cannot be told to end: its calls are ended, and then it is. */
  #stoppable(batches: AsyncGenerator<readonly SourceRecord[]>): AsyncIterator<readonly SourceRecord[]> {
    return {
      next: () => batches.next(),
      return: () => {
        this.#stop.abort(new Error(reasonWords('azureStopped')));
        return batches.return(undefined);
      },
    };
  }

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    const { connection, options, nowMs } = this.#parts;
    try {
      const gate = new ReadingBudget(options.budget, this.#window, nowMs);
      const limits: CallLimits = { gate, stop: this.#stop.signal };
      await connection.signIn(limits);
      for (const workspace of options.workspaces) {
        yield* this.#readWorkspace(new WorkspaceTables(connection, workspace, limits));
      }
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      this.#reasons.push(explainError(error));
    } finally {
      // Slices that are read at the same time end with the one that failed.
      this.#stop.abort(new Error(reasonWords('azureStopped')));
    }
  }

  async *#readWorkspace(tables: WorkspaceTables): AsyncGenerator<readonly SourceRecord[]> {
    const counted = await this.#countParts(tables);
    if (counted === null) return;
    const doubt = this.#doubtOfWorkspace(counted);
    if (doubt !== null) this.#doubtWorkspace(tables, doubt);
    for (const each of counted) yield* this.#readPart(tables, each);
  }

  /** null: the workspace cannot be read at all. */
  async #countParts(tables: WorkspaceTables): Promise<readonly CountedPart[] | null> {
    const counted: CountedPart[] = [];
    for (const part of tableParts) {
      const slice = this.#times[part.rows];
      try {
        const count = await tables.count(part, slice);
        this.#noteCount(tables, part, slice, count);
        counted.push({ part, slice, state: count.rows });
      } catch (error) {
        const state = stateAfter(error);
        if (state === 'missing') this.#noteMissing(tables, part, slice);
        if (state === 'unknown') this.#doubtSlice(tables, part.table, slice, explainError(error));
        if (state === 'refused') {
          this.#doubtWorkspace(tables, explainError(error));
          return null;
        }
        counted.push({ part, slice, state });
      }
    }
    return counted;
  }

  /** No table of jobs, or not a single row while vaults send every day: that is not "no failures". */
  #doubtOfWorkspace(counted: readonly CountedPart[]): string | null {
    const jobs = counted.filter(({ part }) => tablesOfJobs.has(part.table));
    if (jobs.every(({ part, state }) => state === 'missing' || (state === 0 && part.filters.length > 0))) {
      return reasonWords('azureNoData');
    }
    const isNothing = counted.every(({ state }) => state === 0 || state === 'missing');
    return isNothing ? reasonWords('azureNoRows', { since: toIso(this.#times.states.fromMs) }) : null;
  }

  async *#readPart(
    tables: WorkspaceTables,
    { part, slice, state }: CountedPart,
  ): AsyncGenerator<readonly SourceRecord[]> {
    if (state === 'missing' || state === 'unknown' || state === 0) return;
    const { rowsPerQuery, parallel } = this.#parts.options;
    const wanted = state === 'many' ? slicesOfMany : Math.ceil(state / (rowsPerQuery * firstShare));
    const slices = cutInto(slice, wanted);
    const read = (each: TimeSlice): Promise<SliceReading> => readSlice(tables, part, each, rowsPerQuery);
    for await (const result of readSlices(slices, parallel, read)) {
      const records = this.#keep(tables, part, result);
      if (records.length > 0) yield records;
    }
  }

  #keep(tables: WorkspaceTables, part: TablePart, result: SliceReading): readonly SourceRecord[] {
    const { slice, rows, counted, doubt, requestIds } = result;
    const { workspace } = tables;
    const { table } = part;
    if (doubt !== null) this.#doubtSlice(tables, table, slice, doubt.reason);
    this.#note('query', tables, slice, {
      table,
      query: rowsQuery(part, slice),
      counted,
      rows: rows.length,
      pages: 1,
      requestIds: requestIds.join(' '),
      complete: doubt === null,
    });
    const where = `${workspace}/${table} ${sliceName(slice)}`;
    return rows.map((row, index) => ({
      kind: 'value',
      value: { table, workspace, row },
      place: `${where}#${index + 1}`,
    }));
  }

  #noteCount(tables: WorkspaceTables, part: TablePart, slice: TimeSlice, count: Counted): void {
    const { rows: counted, query, requestId: requestIds } = count;
    this.#note('count', tables, slice, { table: part.table, query, counted, requestIds });
  }

  #noteMissing(tables: WorkspaceTables, part: TablePart, slice: TimeSlice): void {
    const query = rowCountQuery(part, slice);
    this.#note('count', tables, slice, { table: part.table, query, isThere: false });
    // Both schemas hold the same: one is enough, and a table of jobs is asked for elsewhere.
    if (tablesOfJobs.has(part.table)) return;
    const { workspace } = tables;
    this.#notes.add(reasonWords('azureTableMissing', { workspace, table: part.table }));
  }

  #note(operation: string, { workspace }: WorkspaceTables, slice: TimeSlice, facts: SourceRequest): void {
    this.#requests.push({
      operation,
      workspace,
      windowStart: toIso(slice.fromMs),
      windowEnd: toIso(slice.toMs),
      ...facts,
    });
  }

  #doubtWorkspace({ workspace }: WorkspaceTables, why: string): void {
    this.#reasons.push(reasonWords('azureOfWorkspace', { workspace, why }));
  }

  #doubtSlice({ workspace }: WorkspaceTables, table: string, slice: TimeSlice, why: string): void {
    this.#reasons.push(reasonWords('azureOfSlice', { workspace, table, slice: sliceName(slice), why }));
  }
}

const tablesOfJobs: ReadonlySet<string> = new Set(['AddonAzureBackupJobs', 'AzureDiagnostics']);

/** What a failed count tells of its part, or of its workspace; what ends the whole reading is thrown. */
function stateAfter(error: unknown): 'missing' | 'many' | 'unknown' | 'refused' {
  if (!(error instanceof AzureCallError)) throw error;
  if (isMissingTable(error)) return 'missing';
  if (isRefused(error)) return 'refused';
  return error.isTooMuch ? 'many' : 'unknown';
}

function byContent(a: SourceRequest, b: SourceRequest): number {
  return compareText(sortKey(a), sortKey(b));
}

function sortKey(request: SourceRequest): string {
  return `${String(request['operation'])} ${String(request['windowStart'])} ${JSON.stringify(request)}`;
}
