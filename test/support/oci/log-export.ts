import type { LogStore } from './log-store.js';
import { InvalidQuery, type QueryRequest } from './query-request.js';
import type { QueryResult } from './query-rows.js';
import type { Answer, PieceBody } from './wire.js';

const rowsPerPiece = 64;

/**
 * The stream of an export; nothing in it tells the number of rows.
 * UNVERIFIED: the form of both formats (the profile tells that of JSON), that CSV is the default, and the content types.
 */
export function exportRows(query: QueryRequest, result: QueryResult, logs: LogStore): Answer {
  const format = query.body['outputFormat'] ?? 'CSV';
  const shape = logs.profile.exportShape;
  if (format === 'JSON') {
    const pieces = shape === 'lines' ? linePieces(result) : jsonPieces(result, shape);
    return streamed('application/json', result, pieces);
  }
  if (format === 'CSV') return streamed('text/csv', result, csvPieces(result, logs));
  throw new InvalidQuery(`The stand-in does not export ${String(format)}`);
}

function streamed(type: string, { rowCount }: QueryResult, pieces: Iterable<string>): Answer {
  const body: PieceBody = { count: Math.ceil(rowCount / rowsPerPiece) + 2, pieces };
  return { status: 200, headers: { 'content-type': type }, body };
}

function* linePieces(result: QueryResult): Iterable<string> {
  for (let from = 0; from < result.rowCount; from += rowsPerPiece) {
    const rows = result.rows(from, from + rowsPerPiece).map((row) => `${JSON.stringify(row)}\n`);
    yield rows.join('');
  }
}

function* jsonPieces(result: QueryResult, shape: 'array' | 'object'): Iterable<string> {
  yield shape === 'object' ? '{"items":[' : '[';
  for (let from = 0; from < result.rowCount; from += rowsPerPiece) {
    const rows = result.rows(from, from + rowsPerPiece).map((row) => JSON.stringify(row));
    yield (from === 0 ? '' : ',') + rows.join(',\n');
  }
  yield shape === 'object' ? ']}' : ']';
}

function* csvPieces(result: QueryResult, logs: LogStore): Iterable<string> {
  const names = result.columns.map((column) => column[logs.keyRowsBy]);
  yield csvLine(result.columns.map(({ displayName }) => displayName));
  for (let from = 0; from < result.rowCount; from += rowsPerPiece) {
    const rows = result.rows(from, from + rowsPerPiece);
    yield rows.map((row) => csvLine(names.map((name) => row[name]))).join('');
  }
}

function csvLine(values: readonly unknown[]): string {
  const cells = values.map((value) => `"${String(value ?? '').replaceAll('"', '""')}"`);
  return `${cells.join(',')}\n`;
}
