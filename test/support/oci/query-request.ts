import {
  type ColumnDefinition,
  logSource,
  originalContent,
  parsedColumns,
  timeColumn,
} from './backup-event-columns.js';
import type { LogStore, Scope } from './log-store.js';
import { parseQuery, QueryNotUnderstood, type ParsedQuery } from './query-language.js';
import { jsonObject, type WireRequest } from './wire.js';

/** The body of a query or an export, checked. */
export interface QueryRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: ParsedQuery;
  readonly scope: Scope;
}

/** Why a request is refused with 400 InvalidParameter. */
export class InvalidQuery extends Error {}

/** Throws InvalidQuery. Properties that would change the result and that the stand-in does not know are refused. */
export function readQueryRequest(request: WireRequest, logs: LogStore): QueryRequest {
  const body = jsonObject(request.body);
  if (body === undefined) throw new InvalidQuery('The body is no JSON object');
  if (body['subSystem'] !== 'LOG') throw new InvalidQuery('subSystem must be LOG');
  for (const name of ['scopeFilters', 'variables', 'savedSearchId'] as const) {
    if (body[name] !== undefined) throw new InvalidQuery(`The stand-in does not know ${name}`);
  }
  const query = understand(text(body, 'queryString'));
  refuseUnknownFields(query, logs);
  if (!logs.profile.textMinMax) refuseTextExtremes(query);
  const compartmentId = text(body, 'compartmentId');
  const inSubtree = body['compartmentIdInSubtree'] === true;
  return { body, query, scope: { compartmentId, inSubtree, ...readWindow(body['timeFilter'], logs) } };
}

/** Undefined when it was not sent. */
export function readCount(body: QueryRequest['body'], name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new InvalidQuery(`${name} is not valid: ${String(value)}`);
  }
  return value;
}

function text(body: QueryRequest['body'], name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new InvalidQuery(`${name} is required`);
  return value;
}

function understand(queryString: string): ParsedQuery {
  try {
    return parseQuery(queryString);
  } catch (error) {
    if (error instanceof QueryNotUnderstood) throw new InvalidQuery(`queryString: ${error.message}`);
    throw error;
  }
}

const standardColumns: readonly ColumnDefinition[] = [
  originalContent,
  timeColumn,
  logSource,
  ...parsedColumns,
];

/** UNVERIFIED that the service refuses a field it does not know. */
function refuseUnknownFields(query: ParsedQuery, logs: LogStore): void {
  const names = standardColumns.map(({ displayName }) => displayName);
  const known = new Set(names.filter((name) => logs.hasColumn(name)));
  const { by = [], columns = [] } = query.link ?? {};
  const summarised = columns.map(({ field }) => field).filter((field) => field !== '');
  const conditions = query.conditions.map((condition) => condition.field);
  const named = [...(query.fields ?? []), ...query.removedFields, ...conditions, ...by, ...summarised];
  for (const name of named) {
    if (!known.has(name) && !logs.customFields.has(name)) throw new InvalidQuery(`Unknown field: ${name}`);
  }
}

/** Documented: min and max are supported for numeric fields only. UNVERIFIED that others are refused. */
function refuseTextExtremes({ link }: ParsedQuery): void {
  for (const { function: name, field } of link?.columns ?? []) {
    if (name !== 'min' && name !== 'max') continue;
    const type = standardColumns.find(({ displayName }) => displayName === field)?.valueType ?? 'STRING';
    if (type !== 'INTEGER' && type !== 'LONG') throw new InvalidQuery(`${name} takes numbers only: ${field}`);
  }
}

/** UNVERIFIED that a window is required: the service may take a default. */
function readWindow(filter: unknown, logs: LogStore): { readonly fromMs: number; readonly toMs: number } {
  const { timeStart, timeEnd, timeZone } = (filter ?? {}) as Record<string, unknown>;
  const fromMs = instant(timeStart, 'timeStart');
  const toMs = instant(timeEnd, 'timeEnd');
  if (timeZone !== undefined && typeof timeZone !== 'string') throw new InvalidQuery('timeZone is not valid');
  if (fromMs > toMs || (fromMs === toMs && logs.refuseInstantWindow)) {
    throw new InvalidQuery('timeStart must be less than timeEnd');
  }
  return { fromMs, toMs };
}

/** RFC 3339 with a zone. */
function instant(value: unknown, name: string): number {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  const timeMs = typeof value === 'string' && form.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(timeMs)) throw new InvalidQuery(`${name} is not valid: ${String(value)}`);
  return timeMs;
}
