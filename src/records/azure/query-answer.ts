import { type JsonObject, isJsonObject, textIn } from '../json.js';

/**
 * What the query API of Azure Monitor answers: `{ tables: [{ name, columns: [{ name, type }], rows: [[…]] }] }`, beside
 * it perhaps `error`, `statistics`, `render`, `dataSources`.
 */
export function isQueryAnswer(value: JsonObject): boolean {
  const tables = tablesOf(value);
  return Array.isArray(tables) && tables.length > 0 && tables.every(isAnsweredTable);
}

/** `partialTables` is what the SDK calls those of a partial answer. */
function tablesOf(value: JsonObject): unknown {
  return value['tables'] ?? value['partialTables'];
}

interface AnsweredTable {
  readonly name?: unknown;
  readonly columns: readonly unknown[];
  readonly rows: readonly unknown[];
}

function isAnsweredTable(table: unknown): table is AnsweredTable {
  return isJsonObject(table) && Array.isArray(table['columns']) && Array.isArray(table['rows']);
}

/** Its rows as records, each with a key for every column that has a value; what is no row as it is. */
export function rowsOfAnswer(answer: JsonObject): readonly unknown[] {
  return (tablesOf(answer) as readonly AnsweredTable[]).flatMap(({ name, columns, rows }) => {
    const names = columns.map((column) => (isJsonObject(column) ? textIn(column['name']) : undefined));
    return rows.map((row): unknown => {
      if (!Array.isArray(row) || row.length !== names.length) return { table: name, row };
      const entries = names.flatMap((column, index): [string, unknown][] => {
        const value: unknown = row[index];
        return column === undefined || value === null || value === '' ? [] : [[column, value]];
      });
      return Object.fromEntries(entries);
    });
  });
}

/**
 * What says that the rows are not all: `{ error: { code: "PartialError", message, details } }`, or, of an answer that an SDK wrote
 * down, `partialError` or a `status` other than Success; undefined: nothing. An error in a form that is not documented is one, too.
 */
export function errorOfAnswer(answer: JsonObject): JsonObject | undefined {
  const error = answer['error'] ?? answer['partialError'] ?? undefined;
  if (error !== undefined) return isJsonObject(error) ? error : { message: JSON.stringify(error) };
  const status = answer['status'] ?? undefined;
  if (status === undefined || (typeof status === 'string' && status.toLowerCase() === 'success'))
    return undefined;
  return { message: `status ${JSON.stringify(status)}` };
}

/** An error has a few levels; a hostile one may have any number. */
const mostWords = 6;

/** All that the service itself says of the error, from outside to inside, each once. */
export function wordsOfError(error: JsonObject): string {
  const words = new Set<string>();
  const open: unknown[] = [error];
  while (open.length > 0 && words.size < mostWords) {
    const at = open.shift();
    if (!isJsonObject(at)) continue;
    const [code, message] = [textIn(at['code']), textIn(at['message'])];
    const both = [code, message].filter((each) => each !== undefined).join(': ');
    if (both !== '') words.add(both);
    if (Array.isArray(at['details'])) for (const each of at['details']) open.push(each);
    open.push(at['innererror']);
  }
  return [...words].join('; ').slice(0, 500);
}
