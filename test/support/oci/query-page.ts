import { createHash } from 'node:crypto';
import { InvalidQuery, readCount, type QueryRequest } from './query-request.js';
import { firstRows, half, type QueryResult } from './query-rows.js';
import { jsonAnswer, type Answer, type WireRequest } from './wire.js';

const rowCap = 2001;
const defaultPageSize = 500;

/**
 * UNVERIFIED: more than 2001 is refused here. Documentation says that the service takes the lesser of the two; a
 * client should not rely on either.
 */
export function readMaxRows({ body }: QueryRequest): number {
  const maxRows = readCount(body, 'maxTotalCount') ?? rowCap;
  if (maxRows > rowCap) throw new InvalidQuery(`maxTotalCount must not exceed ${rowCap}: ${maxRows}`);
  return maxRows;
}

export interface PageOptions {
  readonly nextHeader: 'opc-next-page-id' | 'opc-next-page';
  readonly faultKind: string | null;
  readonly percentComplete?: number;
}

/** One page of a result. Only a whole result has a next one. */
export function answerPage(
  request: WireRequest,
  query: QueryRequest,
  whole: QueryResult,
  { nextHeader, faultKind, percentComplete = 100 }: PageOptions,
): Answer {
  const isPart = faultKind === 'partial' || faultKind === 'unfinished';
  const result = isPart ? firstRows(whole, half(whole)) : whole;
  const from = readPageToken(request, query);
  const to = Math.min(from + readLimit(request), result.rowCount);
  const rows = result.rows(from, to);
  const isShort = faultKind === 'short';
  const items = isShort ? rows.slice(0, Math.floor(rows.length / 2)) : rows;
  const hasNext = to < result.rowCount && !isShort && percentComplete === 100;
  const aggregation = {
    ...describe(request, query, result),
    arePartialResults: faultKind === 'partial',
    ...(faultKind === 'partial' ? { partialResultReason: 'The query timed out' } : {}),
    isContentHidden: result.hidden || faultKind === 'hidden',
    items,
    percentComplete: faultKind === 'unfinished' ? 60 : percentComplete,
  };
  return jsonAnswer(aggregation, hasNext ? { [nextHeader]: pageToken(query, to) } : {});
}

/** totalCount only when it was asked for, as documented. */
function describe(request: WireRequest, query: QueryRequest, result: QueryResult): object {
  const columns = result.columns.map((column) => ({ ...column, type: 'COLUMN', subSystem: 'LOG' }));
  const wants = (name: string, otherwise: boolean): boolean =>
    (request.query.get(name) ?? String(query.body[name] ?? otherwise)) === 'true';
  return {
    ...(query.body['shouldIncludeTotalCount'] === true ? { totalCount: result.rowCount } : {}),
    totalMatchedCount: result.matchedCount,
    timeFilter: query.body['timeFilter'],
    ...(wants('shouldIncludeColumns', true) ? { columns } : {}),
    ...(wants('shouldIncludeFields', false) ? { fields: columns } : {}),
    queryExecutionTimeInMs: 1,
  };
}

/** UNVERIFIED default. -1 is all that is left. */
function readLimit(request: WireRequest): number {
  const limit = request.query.get('limit') ?? String(defaultPageSize);
  if (limit === '-1') return rowCap;
  if (!/^[1-9]\d*$/.test(limit)) throw new InvalidQuery(`limit is not valid: ${limit}`);
  return Number(limit);
}

/** Holds a plus sign and a slash, so that a client that does not percent-encode it is refused. Good for one query. */
function pageToken(query: QueryRequest, from: number): string {
  return `p+/${Buffer.from(`${from} ${hashOf(query)}`).toString('base64')}`;
}

function readPageToken(request: WireRequest, query: QueryRequest): number {
  const token = request.query.get('page');
  if (token === null) return 0;
  const [from, hash] = Buffer.from(token.slice(3), 'base64').toString('utf8').split(' ');
  if (!token.startsWith('p+/') || hash !== hashOf(query))
    throw new InvalidQuery(`page is not valid: ${token}`);
  return Number(from);
}

function hashOf({ body }: QueryRequest): string {
  const { compartmentId, compartmentIdInSubtree, queryString, timeFilter, maxTotalCount } = body;
  const text = JSON.stringify([
    compartmentId,
    compartmentIdInSubtree,
    queryString,
    timeFilter,
    maxTotalCount,
  ]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
