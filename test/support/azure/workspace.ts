import { type Condition, type Query, ticksOf } from './query-language.js';

/** A bigint is written as a number of all its digits. */
export type Cell = string | number | bigint | boolean | null;
export type StoredRow = Readonly<Record<string, Cell>>;

export interface Answered {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A table or a column that the workspace does not have. */
export class UnresolvedName extends Error {
  readonly unresolvedName: string;
  readonly isTable: boolean;

  constructor(name: string, isTable: boolean) {
    super(name);
    this.unresolvedName = name;
    this.isTable = isTable;
  }
}

/** Tables and their rows. A column is there once a row has filled it; a table once it was made. */
export class Workspace {
  readonly #tables = new Map<string, StoredRow[]>();

  /** An empty table has TimeGenerated. */
  put(table: string, rows: readonly StoredRow[] = []): void {
    const all = this.#tables.get(table) ?? [];
    for (const row of rows) all.push(row);
    this.#tables.set(table, all);
  }

  answer({ table, conditions, summary }: Query): Answered {
    const rows = this.#tables.get(table);
    if (rows === undefined) throw new UnresolvedName(table, true);
    const names = [...new Set(['TimeGenerated', ...rows.flatMap((row) => Object.keys(row))])];
    for (const { column, mayBeMissing } of conditions) {
      if (!mayBeMissing && !names.includes(column)) throw new UnresolvedName(column, false);
    }
    const found = rows.filter((row) => conditions.every((each) => fits(row, each)));
    if (summary === null) return asTable(names, found);
    const columns = summary.map(({ name, function: what }) => ({
      name,
      type: what === 'count' ? 'long' : 'datetime',
    }));
    const cells = summary.map((each) =>
      each.function === 'count' ? found.length : newestOf(found, each.column ?? ''),
    );
    return { columns, rows: [cells] };
  }
}

function fits(row: StoredRow, { column, operator, values }: Condition): boolean {
  const cell = String(row[column] ?? '');
  const [first] = values;
  if (typeof first === 'bigint') {
    const ticks = ticksOf(cell);
    return operator === '>=' ? ticks >= first : ticks < first;
  }
  if (operator === 'in' || operator === '!in') return values.includes(cell) === (operator === 'in');
  return (cell === first) === (operator === '==');
}

function asTable(names: readonly string[], rows: readonly StoredRow[]): Answered {
  const columns = names.map((name) => ({ name, type: typeOf(name, rows) }));
  return {
    columns,
    rows: rows.map((row) => columns.map(({ name, type }) => row[name] ?? (type === 'string' ? '' : null))),
  };
}

/** By name for times, since they are texts here; by value for the rest. */
function typeOf(name: string, rows: readonly StoredRow[]): string {
  if (name === 'TimeGenerated' || name.endsWith('DateTime')) return 'datetime';
  const cell = rows.map((row) => row[name]).find((each) => each !== undefined && each !== null);
  if (typeof cell === 'bigint') return 'long';
  if (typeof cell === 'number') return 'real';
  return typeof cell === 'boolean' ? 'bool' : 'string';
}

function newestOf(rows: readonly StoredRow[], column: string): Cell {
  const times = rows.map((row) => String(row[column])).sort((a, b) => (ticksOf(a) < ticksOf(b) ? -1 : 1));
  return times.at(-1) ?? null;
}
