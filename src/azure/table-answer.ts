import { oneLine } from '../base/one-line.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import { parseExactly } from './exact-json.js';

/** Most characters shown of what the service says. */
export const azureReasonChars = 500;

/** The rows of an answer, as the service wrote them: times with all their digits, large whole numbers as text. */
export interface TableAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Why the rows are a part only; null: the service does not say that they are. */
  readonly partial: PartialAnswer | null;
  /** The x-ms-client-request-id that was sent. */
  readonly requestId: string;
  /** How many bytes the answer had, unpacked. */
  readonly bytes: number;
}

export interface PartialAnswer {
  readonly reason: string;
  /** There is more than an answer may hold: a shorter time has less. */
  readonly isTooMuch: boolean;
}

/** What an error of the service says: `{code, message, innererror, details}`, at any depth. */
export interface ServiceError {
  /** From the outermost to the innermost. */
  readonly codes: readonly string[];
  readonly words: string;
}

const deepest = 10;
/** E_QUERY_RESULT_SET_TOO_LARGE and its number, 0x80DA0003; the limits of rows and of bytes in words. */
const tooMuch = /TOO_LARGE|2133196797|80DA0003|\blimit\b|too large/i;

/**
 * An answer of the Logs query API. Errors that stand beside rows make them partial: the API calls such an answer a success.
 * learn.microsoft.com: azure-monitor/logs/api/response-format
 *
 * @returns null if it has no table of rows
 * @throws SyntaxError if it is no JSON
 */
export function readTableAnswer(text: string): Pick<TableAnswer, 'columns' | 'rows' | 'partial'> | null {
  const value = objectOf(parseExactly(text));
  const tables = listOf(value?.['tables']) ?? [];
  // A query of ours has one. Of several it would not be known which are its rows.
  const table = tables.length === 1 ? objectOf(tables[0]) : null;
  const columns = listOf(table?.['columns'])?.map((column) => textOf(objectOf(column)?.['name']));
  const rows = listOf(table?.['rows'])?.map((row) => listOf(row) ?? []);
  if (columns === undefined || rows === undefined) return null;
  if (columns.includes('') || rows.some((row) => row.length !== columns.length)) return null;
  return { columns, rows, partial: partialOf(value) };
}

/** `error`; or, in no form that is documented for this API, another word than success: it is not known to be whole then. */
function partialOf(answer: Readonly<Record<string, unknown>> | null): PartialAnswer | null {
  const error = answer?.['error'] ?? answer?.['partialError'] ?? null;
  const status = answer?.['status'] ?? 'Success';
  if (error === null && typeof status === 'string' && status.toLowerCase() === 'success') return null;
  const { codes, words } = readServiceError(error ?? { message: `status ${JSON.stringify(status)}` });
  const reason = reasonWords('resultsPartialWhy', { why: words });
  return { reason, isTooMuch: tooMuch.test(`${codes.join(' ')} ${words}`) };
}

/** The error of an answer that has nothing else; null: there is none. */
export function serviceErrorOf(text: string): ServiceError | null {
  try {
    const error = objectOf(JSON.parse(text))?.['error'];
    return error === undefined || error === null ? null : readServiceError(error);
  } catch {
    return null;
  }
}

/** The innermost says what it is about; the outer ones only that it failed. */
function readServiceError(value: unknown): ServiceError {
  const codes: string[] = [];
  const messages: string[] = [];
  let each = objectOf(value);
  for (let depth = 0; depth < deepest && each !== null; depth += 1) {
    const [code, message] = [textOf(each['code']), textOf(each['message'])];
    if (code !== '') codes.push(code);
    if (message !== '') messages.push(message);
    each = objectOf(each['innererror']) ?? objectOf(listOf(each['details'])?.[0]);
  }
  const said = messages.at(-1) ?? reasonWords('noReasonGiven');
  const code = codes.at(-1);
  return { codes, words: oneLine(code === undefined ? said : `${code}: ${said}`, azureReasonChars) };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : null;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
