/** A value of a field that may be missing is `undefined`. */
export interface Condition {
  readonly field: string;
  readonly holds: (value: unknown) => boolean;
}

export interface ParsedQuery {
  readonly conditions: readonly Condition[];
  /** Fields to answer, in no order of importance; null when the query names none. */
  readonly fields: readonly string[] | null;
  readonly removedFields: readonly string[];
  /** The name of the count's column, or null for a query of rows. */
  readonly countAs: string | null;
  /** The field that a count is grouped by. */
  readonly countBy: string | null;
  readonly oldestFirst: boolean;
  /** Fields that `link` groups by, and what `stats` makes of each group; null for a query without link. */
  readonly link: { readonly by: readonly string[]; readonly columns: readonly LinkColumn[] } | null;
}

const linkFunctions = ['count', 'unique', 'min', 'max', 'earliest', 'latest'] as const;

export type LinkFunction = (typeof linkFunctions)[number];

export interface LinkColumn {
  readonly function: LinkFunction;
  /** Empty for a count. */
  readonly field: string;
  readonly name: string;
}

export class QueryNotUnderstood extends Error {}

interface Token {
  readonly kind: 'string' | 'word' | 'number' | 'symbol' | 'end';
  readonly text: string;
}

/**
 * Understands `*` or conditions joined by `and` (=, like with %, in), then `| fields …`, `| sort -Time`, `| link …` with
 * its `| stats …`, and at last `| stats count [as name] [by field]`; throws QueryNotUnderstood on anything else.
 * UNVERIFIED: how a quote within a literal is written. Both `''` and `\'` are taken.
 */
export function parseQuery(text: string): ParsedQuery {
  return new QueryParser(tokenize(text)).parse();
}

function tokenize(text: string): readonly Token[] {
  const pattern =
    /\s*(?:(?<string>'(?:[^'\\]|''|\\[\s\S])*')|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<symbol>[!=|,()*+-]))\s*/uy;
  const tokens: Token[] = [];
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw new QueryNotUnderstood(`at character ${start + 1}: ${text.slice(start)}`);
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { string, number, word, symbol } = groups as Record<Token['kind'], string | undefined>;
  if (string !== undefined) return { kind: 'string', text: unquote(string) };
  if (number !== undefined) return { kind: 'number', text: number };
  if (word !== undefined) return { kind: 'word', text: word };
  return { kind: 'symbol', text: symbol ?? '' };
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/''|\\(['\\])/g, (_, escaped: string | undefined) => escaped ?? "'");
}

class QueryParser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #fields: string[] | null = null;
  readonly #removed: string[] = [];
  #countAs: string | null = null;
  #countBy: string | null = null;
  #oldestFirst = false;
  #linkBy: string[] | null = null;
  readonly #linkColumns: LinkColumn[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): ParsedQuery {
    const conditions = this.#takeIf('*') ? [] : this.#conditions();
    while (this.#countAs === null && this.#takeIf('|')) this.#command();
    if (this.#peek().kind !== 'end') this.#fail();
    return {
      conditions,
      fields: this.#fields,
      removedFields: this.#removed,
      countAs: this.#countAs,
      countBy: this.#countBy,
      oldestFirst: this.#oldestFirst,
      link: this.#linkBy === null ? null : { by: this.#linkBy, columns: this.#linkColumns },
    };
  }

  #conditions(): readonly Condition[] {
    const conditions = [this.#condition()];
    while (this.#takeIf('and')) conditions.push(this.#condition());
    return conditions;
  }

  #condition(): Condition {
    const field = this.#name();
    // A time in the query would override the time filter; nobody needs that here.
    if (field.toLowerCase() === 'time') this.#fail();
    if (this.#takeIf('!')) {
      this.#take('=');
      this.#take('null');
      return { field, holds: (value) => value !== undefined };
    }
    if (this.#takeIf('=')) {
      if (this.#takeIf('null')) return { field, holds: (value) => value === undefined };
      return { field, holds: isOneOf([this.#value()]) };
    }
    if (this.#takeIf('like')) return { field, holds: isLike(this.#value()) };
    this.#take('in');
    this.#take('(');
    const values = [this.#value()];
    while (this.#takeIf(',')) values.push(this.#value());
    this.#take(')');
    return { field, holds: isOneOf(values) };
  }

  #command(): void {
    if (this.#takeIf('fields')) return this.#fieldList();
    if (this.#takeIf('sort')) return this.#sort();
    if (this.#takeIf('link')) return this.#link();
    this.#take('stats');
    if (this.#linkBy !== null) return this.#linkStats();
    this.#take('count');
    this.#countAs = this.#takeIf('as') ? this.#name() : 'Count';
    if (this.#takeIf('by')) this.#countBy = this.#name();
  }

  #link(): void {
    this.#linkBy = [];
    do this.#linkBy.push(this.#name());
    while (this.#takeIf(','));
  }

  #linkStats(): void {
    do {
      const word = this.#name().toLowerCase();
      const name = linkFunctions.find((each) => each === word) ?? this.#fail();
      let field = '';
      if (name !== 'count') {
        this.#take('(');
        field = this.#name();
        this.#take(')');
      }
      this.#take('as');
      this.#linkColumns.push({ function: name, field, name: this.#name() });
    } while (this.#takeIf(','));
  }

  #fieldList(): void {
    do {
      if (this.#takeIf('-')) this.#removed.push(this.#name());
      else (this.#fields ??= []).push(this.#name());
    } while (this.#takeIf(','));
  }

  #sort(): void {
    const descending = this.#takeIf('-');
    if (!descending) this.#takeIf('+');
    if (this.#name().toLowerCase() !== 'time') this.#fail();
    this.#oldestFirst = !descending;
  }

  #name(): string {
    const token = this.#peek();
    if (token.kind !== 'string' && token.kind !== 'word') this.#fail();
    this.#position += 1;
    return token.text;
  }

  #value(): string {
    const token = this.#peek();
    if (token.kind !== 'string' && token.kind !== 'number') this.#fail();
    this.#position += 1;
    return token.text;
  }

  #take(text: string): void {
    if (!this.#takeIf(text)) this.#fail();
  }

  /** Keywords and symbols; a literal is never one. */
  #takeIf(text: string): boolean {
    const token = this.#peek();
    if (!['word', 'symbol'].includes(token.kind) || token.text.toLowerCase() !== text) return false;
    this.#position += 1;
    return true;
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: 'the end' };
  }

  #fail(): never {
    throw new QueryNotUnderstood(`at token ${this.#position + 1}: ${this.#peek().text}`);
  }
}

function isOneOf(values: readonly string[]): Condition['holds'] {
  return (value) => value !== undefined && values.includes(String(value));
}

function isLike(pattern: string): Condition['holds'] {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('%', '[\\s\\S]*');
  const expression = new RegExp(`^${escaped}$`);
  return (value) => value !== undefined && expression.test(String(value));
}
