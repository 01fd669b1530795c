/** Attributes of an event, by their names. */
type Attributes = Readonly<Record<string, unknown>>;

/** Whether a resource matches a filter; an error's message says what of the filter is not taken. */
export type ScimFilter = (resource: Attributes) => boolean;

const token = /\s*(\(|\)|"(?:[^"\\]|\\.)*"|[A-Za-z][\w.]*|-?\d+(?:\.\d+)?)/y;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Flags of the service that no resource has: only `eq 1` is taken. */
const flags = new Set(['adminUser', 'commonUser', 'sensitiveActivity', 'dsActivity']);

/**
 * The part of RFC 7644, 3.4.2.2, that Data Safe documents: eq, ne, gt, ge, lt, le, co, sw, ew, pr, and, or, not and
 * parentheses; text and times in quotes, numbers bare.
 *
 * @param fields attributes that may be asked for; `times` of them are compared as instants
 * @throws Error for anything else
 */
export function parseScimFilter(
  text: string,
  fields: readonly string[],
  times: readonly string[],
): ScimFilter {
  const tokens = tokensOf(text);
  let at = 0;
  const next = (): string => tokens[at++] ?? fail('the filter ends early');
  const accept = (word: string): boolean => {
    if (tokens[at]?.toLowerCase() !== word) return false;
    at += 1;
    return true;
  };

  function either(): ScimFilter {
    let left = all();
    while (accept('or')) {
      const [a, b] = [left, all()];
      left = (resource) => a(resource) || b(resource);
    }
    return left;
  }

  function all(): ScimFilter {
    let left = one();
    while (accept('and')) {
      const [a, b] = [left, one()];
      left = (resource) => a(resource) && b(resource);
    }
    return left;
  }

  function one(): ScimFilter {
    if (accept('not')) {
      const inner = one();
      return (resource) => !inner(resource);
    }
    if (accept('(')) {
      const inner = either();
      if (!accept(')')) fail('a parenthesis is not closed');
      return inner;
    }
    return comparison();
  }

  function comparison(): ScimFilter {
    const field = next();
    const operator = next().toLowerCase();
    if (flags.has(field)) {
      if (operator !== 'eq' || next() !== '1') fail(`${field} is only compared by eq 1`);
      return () => false;
    }
    if (!fields.includes(field)) fail(`${field} is no attribute`);
    if (operator === 'pr') return (resource) => resource[field] !== undefined && resource[field] !== null;
    const compare = operators[operator] ?? fail(`${operator} is no operator`);
    const written = next();
    const value: unknown = /^["\d-]/.test(written) ? JSON.parse(written) : fail(`${written} is no value`);
    if (!times.includes(field)) return (resource) => compare(resource[field], value);
    if (typeof value !== 'string' || !isoTime.test(value)) fail(`${written} is no time in quotes`);
    const ms = Date.parse(String(value));
    return (resource) => compare(Date.parse(String(resource[field])), ms);
  }

  const filter = either();
  if (at < tokens.length) fail(`${tokens[at]} was not expected`);
  return filter;
}

const operators: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => order(a, b) > 0,
  ge: (a, b) => order(a, b) >= 0,
  lt: (a, b) => order(a, b) < 0,
  le: (a, b) => order(a, b) <= 0,
  co: (a, b) => String(a).includes(String(b)),
  sw: (a, b) => String(a).startsWith(String(b)),
  ew: (a, b) => String(a).endsWith(String(b)),
};

function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text);
    if (found === null) fail('the filter cannot be read');
    else tokens.push(found[1] ?? '');
  }
  return tokens;
}

function fail(words: string): never {
  throw new Error(words);
}
