import type { AzureConnection, CallLimits } from '../../azure/connection.js';
import type { TableAnswer } from '../../azure/table-answer.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import { AzureCallError } from '../../azure/azure-error.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type TablePart, rowCountQuery, newestQuery, rowsQuery } from './table-parts.js';

export type TableRow = Readonly<Record<string, unknown>>;

export interface Counted {
  readonly rows: number;
  readonly query: string;
  readonly requestId: string;
}

export interface Rows {
  readonly rows: readonly TableRow[];
  readonly partial: TableAnswer['partial'];
  readonly query: string;
  readonly requestId: string;
}

/** The tables of one workspace. All methods throw as AzureConnection.query. */
export class WorkspaceTables {
  readonly workspace: string;
  readonly #connection: AzureConnection;
  readonly #limits: CallLimits;

  constructor(connection: AzureConnection, workspace: string, limits: CallLimits) {
    this.workspace = workspace;
    this.#connection = connection;
    this.#limits = limits;
  }

  async count(part: TablePart, slice: TimeSlice): Promise<Counted> {
    const query = rowCountQuery(part, slice);
    const answer = await this.#ask(query, slice);
    return { rows: countOf(answer), query, requestId: answer.requestId };
  }

  async read(part: TablePart, slice: TimeSlice): Promise<Rows> {
    const query = rowsQuery(part, slice);
    const { partial, requestId, ...answer } = await this.#ask(query, slice);
    return { rows: rowsOf(answer), partial, query, requestId };
  }

  /** The number of rows, and the time of the newest as the service writes it; null: there is none. */
  async newest(
    part: TablePart,
    slice: TimeSlice,
  ): Promise<{ readonly rows: number; readonly newest: string | null }> {
    const answer = await this.#ask(newestQuery(part, slice), slice);
    const newest = answer.rows[0]?.[answer.columns.indexOf('Newest')];
    return { rows: countOf(answer), newest: typeof newest === 'string' && newest !== '' ? newest : null };
  }

  #ask(text: string, { fromMs, toMs }: TimeSlice): Promise<TableAnswer> {
    return this.#connection.query({ workspace: this.workspace, text, fromMs, toMs }, this.#limits);
  }
}

/** A count that is partial, or no whole number, proves nothing. */
function countOf({ columns, rows, partial, requestId }: TableAnswer): number {
  const counted = Number(rows[0]?.[columns.indexOf('Rows')] ?? Number.NaN);
  if (partial === null && rows.length === 1 && Number.isSafeInteger(counted) && counted >= 0) return counted;
  throw new AzureCallError({
    reason: partial?.reason ?? reasonWords('azureNoTable'),
    status: 200,
    codes: [],
    requestId,
    retryable: false,
    isThrottled: false,
    waitMs: 0,
    isTooMuch: partial?.isTooMuch ?? false,
  });
}

/** By the names that the service gives; what a column has no value for is left out. */
function rowsOf({ columns, rows }: Pick<TableAnswer, 'columns' | 'rows'>): readonly TableRow[] {
  return rows.map((values) => {
    const filled = columns.flatMap((name, at) => {
      const value = values[at];
      return value === null || value === undefined || value === '' ? [] : [[name, value] as const];
    });
    return Object.fromEntries(filled);
  });
}
