import { AzureCallError, isMissingTable } from '../../azure/azure-error.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { TimeSlice } from '../log-analytics/query-answer.js';
import type { TablePart } from './table-parts.js';
import type { TableRow, WorkspaceTables } from './workspace-tables.js';

/** Why a slice is not provably whole. */
export interface SliceDoubt {
  readonly reason: string;
  /** A shorter slice has less of it, in the end. */
  readonly isTooMuch: boolean;
  /** How many rows are missing; null: not known. */
  readonly lack: number | null;
}

export interface SliceReading {
  readonly slice: TimeSlice;
  readonly rows: readonly TableRow[];
  /** By the service; null: not known. */
  readonly counted: number | null;
  /** null: all rows are here. */
  readonly doubt: SliceDoubt | null;
  readonly requestIds: readonly string[];
}

/** Rows may come between the count and the reading: both are made once more. */
const readings = 2;

/**
 * Counts a slice and reads it. It is whole where the service calls its answer whole, it has as many rows as were counted,
 * and these are fewer than an answer may have.
 *
 * @param limit of the rows that one query may give
 * @throws AzureSignInError, CallsSpentError, or that the reading was stopped: no other slice can be read either
 */
export async function readSlice(
  tables: WorkspaceTables,
  part: TablePart,
  slice: TimeSlice,
  limit: number,
): Promise<SliceReading> {
  const requestIds: string[] = [];
  const result = (rest: Omit<SliceReading, 'slice' | 'requestIds'>): SliceReading => ({
    slice,
    requestIds,
    ...rest,
  });
  try {
    for (let reading = 1; ; reading += 1) {
      const count = await tables.count(part, slice);
      requestIds.push(count.requestId);
      const counted = count.rows;
      if (counted >= limit) return result({ rows: [], counted, doubt: tooMany(counted, limit) });
      if (counted === 0) return result({ rows: [], counted, doubt: null });
      const { rows, partial, requestId } = await tables.read(part, slice);
      requestIds.push(requestId);
      if (rows.length > counted && partial === null && reading < readings) continue;
      return result({ rows, counted, doubt: doubtOf(rows.length, counted, partial) });
    }
  } catch (error) {
    if (!(error instanceof AzureCallError) || isMissingTable(error)) throw error;
    const { message: reason, isTooMuch } = error;
    return result({ rows: [], counted: null, doubt: { reason, isTooMuch, lack: null } });
  }
}

function tooMany(rows: number, limit: number): SliceDoubt {
  return { reason: reasonWords('azureTooManyRows', { rows, limit }), isTooMuch: true, lack: null };
}

function doubtOf(
  rows: number,
  counted: number,
  partial: { readonly reason: string; readonly isTooMuch: boolean } | null,
): SliceDoubt | null {
  const lack = Math.abs(counted - rows);
  if (partial !== null) return { ...partial, lack };
  if (rows === counted) return null;
  return { reason: reasonWords('answerRowsCounted', { rows, counted }), isTooMuch: false, lack };
}
