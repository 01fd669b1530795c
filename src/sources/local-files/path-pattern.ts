import picomatch from 'picomatch';

/** How much of a pattern a path has matched: the parts that may match its next name. */
type Positions = readonly number[];

type Part = { readonly kind: 'any depth' } | { readonly kind: 'name'; matches: (name: string) => boolean };

/** What a pattern says of one entry of a folder. */
export interface PatternStep {
  /** The whole pattern matches it. */
  readonly isMatch: boolean;
  /** Where to go on below it; empty: nothing below it can match. */
  readonly next: Positions;
}

/**
 * A pattern that is matched name by name on the way down, so that only folders are entered below which something can
 * match. `*`, `?`, `[…]`, `{…}` and extended globs are within one name, `**` is any number of folders.
 */
export class PathPattern {
  /** Folder to begin in: the parts before the first wildcard. */
  readonly base: string;
  /** Before the first name below `base`. */
  readonly start: Positions;
  readonly #parts: readonly Part[];

  /** @param pattern with `/`, without braces that hold a slash: see expandPattern */
  constructor(pattern: string) {
    const texts = partsOf(pattern);
    const first = texts.findIndex(isWildcard);
    const literal = first < 0 ? texts : texts.slice(0, first);
    this.base = `${pattern.startsWith('/') ? '/' : ''}${literal.join('/')}`;
    this.#parts = first < 0 ? [] : texts.slice(first).map(partOf);
    this.start = this.#withSkipped([0]);
  }

  step(positions: Positions, name: string): PatternStep {
    const next: number[] = [];
    for (const position of positions) {
      const part = this.#parts[position];
      if (part === undefined) continue;
      if (part.kind === 'any depth') next.push(position);
      else if (part.matches(name)) next.push(position + 1);
    }
    const after = this.#withSkipped(next);
    return {
      isMatch: after.includes(this.#parts.length),
      next: after.filter((at) => at < this.#parts.length),
    };
  }

  /** `**` may stand for no folder at all. */
  #withSkipped(positions: readonly number[]): Positions {
    const all = new Set(positions);
    for (const position of all) if (this.#parts[position]?.kind === 'any depth') all.add(position + 1);
    return [...all].sort((a, b) => a - b);
  }
}

/** Braces that hold a slash name several paths: `{2026/11,old}/*.json`. */
export function expandPattern(pattern: string): string[] {
  const braces = bracesWithSlash(pattern);
  if (braces === null) return [pattern];
  const { from, to, choices } = braces;
  return choices.flatMap((choice) => expandPattern(`${pattern.slice(0, from)}${choice}${pattern.slice(to)}`));
}

export function isWildcard(text: string): boolean {
  return /[*?[\]{}()\\]/.test(text);
}

function partOf(text: string): Part {
  if (text === '**') return { kind: 'any depth' };
  return { kind: 'name', matches: picomatch(text, { dot: true, nonegate: true }) };
}

function partsOf(pattern: string): string[] {
  return splitOutside(pattern, '/').filter((part) => part !== '' && part !== '.');
}

function bracesWithSlash(
  pattern: string,
): { readonly from: number; readonly to: number; readonly choices: readonly string[] } | null {
  let from = -1;
  for (const { at, depth, character } of characters(pattern)) {
    if (character === '{' && depth === 1) from = at;
    if (character !== '}' || depth !== 0 || from < 0) continue;
    const inside = pattern.slice(from + 1, at);
    const choices = splitOutside(inside, ',');
    if (inside.includes('/') && choices.length > 1) return { from, to: at + 1, choices };
  }
  return null;
}

/** Splits at a character that stands outside of brackets and is not escaped. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { at, depth, character } of characters(text)) {
    if (character !== separator || depth > 0) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}

/** Each character that is not escaped, and how many brackets are open after it. */
function* characters(
  text: string,
): Generator<{ readonly at: number; readonly depth: number; readonly character: string }> {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') {
      at += 1;
      continue;
    }
    if ('{('.includes(character)) depth += 1;
    if ('})'.includes(character)) depth = Math.max(0, depth - 1);
    yield { at, depth, character };
  }
}
