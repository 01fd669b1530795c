/** The part of KQL that the stand-in understands: learn.microsoft.com, kusto/query. Everything else is a syntax error. */
export interface Query {
  readonly table: string;
  readonly conditions: readonly Condition[];
  /** Names of the columns of a summary; null: the rows themselves. */
  readonly summary: readonly Aggregate[] | null;
}

export interface Condition {
  readonly column: string;
  /** column_ifexists: one that is not there is empty, and no error. */
  readonly mayBeMissing: boolean;
  readonly operator: '==' | '!=' | '>=' | '<' | 'in' | '!in';
  /** Texts; of times their ticks of 100 nanoseconds. */
  readonly values: readonly (string | bigint)[];
}

export interface Aggregate {
  readonly name: string;
  readonly function: 'count' | 'max';
  readonly column: string | null;
}

export class QuerySyntaxError extends Error {}

export function parseQuery(text: string): Query {
  const [table = '', ...operators] = text.split('|').map((each) => each.trim());
  if (!/^\w+$/.test(table)) throw new QuerySyntaxError(`not a table: ${table}`);
  const conditions: Condition[] = [];
  let summary: readonly Aggregate[] | null = null;
  for (const operator of operators) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(operator) ?? [];
    if (summary !== null) throw new QuerySyntaxError('an operator after summarize');
    if (name === 'where') conditions.push(...rest.split(/\s+and\s+/).map(conditionOf));
    else if (name === 'summarize') summary = rest.split(/,\s*(?=\w+\s*=)/).map(aggregateOf);
    else throw new QuerySyntaxError(`not an operator: ${operator}`);
  }
  return { table, conditions, summary };
}

function conditionOf(text: string): Condition {
  const [, left = '', operator = '', right = ''] =
    /^(column_ifexists\("\w+",\s*""\)|\w+)\s*(==|!=|>=|<|in|!in)\s*(.+)$/s.exec(text.trim()) ?? [];
  if (left === '') throw new QuerySyntaxError(`not a condition: ${text}`);
  const [, optional] = /^column_ifexists\("(\w+)"/.exec(left) ?? [];
  return {
    column: optional ?? left,
    mayBeMissing: optional !== undefined,
    operator: operator as Condition['operator'],
    values: valuesOf(right.trim()),
  };
}

function valuesOf(text: string): readonly (string | bigint)[] {
  const [, list] = /^\((.*)\)$/s.exec(text) ?? [];
  if (list !== undefined) return list.split(',').flatMap((each) => valuesOf(each.trim()));
  const [, time] = /^datetime\((.*)\)$/.exec(text) ?? [];
  if (time !== undefined) return [ticksOf(time)];
  const [, quoted] = /^"([^"\\]*)"$/.exec(text) ?? [];
  if (quoted === undefined) throw new QuerySyntaxError(`not a value: ${text}`);
  return [quoted];
}

function aggregateOf(text: string): Aggregate {
  const [, name = '', what = '', column = ''] = /^(\w+)\s*=\s*(count|max)\((\w*)\)$/.exec(text.trim()) ?? [];
  if (name === '') throw new QuerySyntaxError(`not an aggregate: ${text}`);
  return { name, function: what as Aggregate['function'], column: column === '' ? null : column };
}

/** Of `2026-11-18T02:41:10.1234567Z`, since 1970. */
export function ticksOf(time: string): bigint {
  const [, whole, fraction = ''] = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/.exec(time) ?? [];
  const ms = Date.parse(`${whole}Z`);
  if (whole === undefined || Number.isNaN(ms)) throw new QuerySyntaxError(`not a time: ${time}`);
  return BigInt(ms) * 10_000n + BigInt(fraction.padEnd(7, '0'));
}
