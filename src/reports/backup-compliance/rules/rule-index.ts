import type { Match } from '../model/match.js';

/** What of a resource a rule can ask for. */
export interface Matchable {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** A name or a path, `root/prod/db`; null: not known, and then no pattern fits, not even `*`. */
  readonly compartmentName: string | null;
  /** null: nobody, and then no pattern fits. */
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RuleIndex {
  /** Positions of the rules that match, in ascending order. */
  matching(resource: Matchable): readonly number[];
}

/** Rules by their positions, one bit each. */
type RuleSet = Uint32Array;

/** The rules with a pattern that fits the value. */
type RulesOfValue = (value: string) => RuleSet;

/** By folded key; resources may spell one key in several ways. */
type TagValues = ReadonlyMap<string, readonly string[]>;

type ValuesOf = (resource: Matchable, tags: TagValues) => readonly string[];

/** Position of a rule -> its patterns, one of which must fit; rules that do not ask are missing. */
type Demands = ReadonlyMap<number, readonly string[]>;

/** One thing that rules ask for. A rule holds when it does not ask, or one of its patterns fits one of the values. */
interface Criterion {
  readonly valuesOf: ValuesOf;
  readonly notAsking: RuleSet;
  readonly fitting: RulesOfValue;
}

interface WildPattern {
  readonly pattern: string;
  readonly rules: RuleSet;
}

/**
 * Prepares rules for being matched against many resources; `Match` says what a rule means. A pattern is for the whole
 * value, and has no magic but `*` and `?`: brackets, braces, `!` and backslashes stand for themselves, a slash is a
 * character like any other. (Libraries for file names see paths in names; picomatch's `?` never fits a slash and its
 * `*` never an empty name.) A compartment pattern is tried on the whole path and on its last part. A criterion with an
 * empty list of patterns matches nothing.
 *
 * Each criterion gives the set of rules that hold as bits, and a resource's rules are what is in all of them. A pattern
 * is tested once for each distinct type, compartment, owner and value of a tag. Of the patterns for names and ids,
 * which hardly repeat, only those are tested that share three characters with the value.
 */
export function indexRules(matches: readonly Match[]): RuleIndex {
  const criteria = criteriaOf(matches);
  const hasTags = matches.some(({ tags }) => tags !== undefined);
  return {
    matching(resource) {
      const tags = hasTags ? tagValuesOf(resource.tags) : noTags;
      const left = allOf(matches.length);
      for (const { valuesOf, notAsking, fitting } of criteria) {
        if (!keep(left, notAsking, valuesOf(resource, tags).map(fitting))) return [];
      }
      return positionsIn(left);
    },
  };
}

const star = '*'.charCodeAt(0);
const questionMark = '?'.charCodeAt(0);
const noTags: TagValues = new Map();

/** Those that some rule asks for. Values that repeat come first: they are looked up, and often settle it. */
function criteriaOf(matches: readonly Match[]): Criterion[] {
  const criterion = (demands: Demands, valuesOf: ValuesOf, repeats: boolean): Criterion[] => {
    if (demands.size === 0) return [];
    const fitting = rulesByValue(demands, matches.length);
    const notAsking = allOf(matches.length);
    for (const position of demands.keys()) remove(notAsking, position);
    return [{ valuesOf, notAsking, fitting: repeats ? remembering(fitting) : fitting }];
  };
  return [
    ...criterion(demandsOf(matches, 'resourceType'), ({ resourceType }) => [resourceType], true),
    ...criterion(
      demandsOf(matches, 'compartment'),
      ({ compartmentName }) => pathAndName(compartmentName),
      true,
    ),
    ...criterion(demandsOf(matches, 'owner'), ({ owner }) => (owner === null ? [] : [owner]), true),
    ...tagDemands(matches).flatMap(([key, demands]) =>
      criterion(demands, (_, tags) => tags.get(key) ?? [], true),
    ),
    ...criterion(demandsOf(matches, 'resourceId'), ({ resourceId }) => [resourceId], false),
    ...criterion(demandsOf(matches, 'name'), ({ resourceName }) => [resourceName], false),
  ];
}

function demandsOf(matches: readonly Match[], criterion: Exclude<keyof Match, 'tags'>): Demands {
  const demands = new Map<number, readonly string[]>();
  for (const [position, match] of matches.entries()) {
    const patterns = match[criterion];
    if (patterns !== undefined) demands.set(position, patterns);
  }
  return demands;
}

function pathAndName(compartment: string | null): string[] {
  if (compartment === null) return [];
  const slash = compartment.lastIndexOf('/');
  return slash === -1 ? [compartment] : [compartment, compartment.slice(slash + 1)];
}

/** By folded key. A rule that asks twice for one key (`Env` and `env`) is in two demands, because both must hold. */
function tagDemands(matches: readonly Match[]): [string, Demands][] {
  const byKey = new Map<string, Map<number, readonly string[]>[]>();
  for (const [position, { tags }] of matches.entries()) {
    for (const [name, pattern] of Object.entries(tags ?? {})) {
      const key = fold(name);
      const ofKey = byKey.get(key) ?? [];
      byKey.set(key, ofKey);
      const free = ofKey.find((demands) => !demands.has(position));
      if (free === undefined) ofKey.push(new Map([[position, [pattern]]]));
      else free.set(position, [pattern]);
    }
  }
  return [...byKey].flatMap(([key, ofKey]) => ofKey.map((demands): [string, Demands] => [key, demands]));
}

function tagValuesOf(tags: Readonly<Record<string, string>>): TagValues {
  const values = new Map<string, string[]>();
  for (const [name, value] of Object.entries(tags)) {
    const key = fold(name);
    const ofKey = values.get(key);
    if (ofKey === undefined) values.set(key, [value]);
    else ofKey.push(value);
  }
  return values;
}

function remembering(rulesOf: RulesOfValue): RulesOfValue {
  const known = new Map<string, RuleSet>();
  return (value) => {
    const held = known.get(value) ?? rulesOf(value);
    known.set(value, held);
    return held;
  };
}

/** @param count of all rules, of which `demands` may have few */
function rulesByValue(demands: Demands, count: number): RulesOfValue {
  const literal = new Map<string, RuleSet>();
  const wild = new Map<string, RuleSet>();
  for (const [position, patterns] of demands) {
    for (const pattern of patterns.map(fold)) {
      const byPattern = /[*?]/.test(pattern) ? wild : literal;
      const rules = byPattern.get(pattern) ?? noneOf(count);
      byPattern.set(pattern, rules);
      add(rules, position);
    }
  }
  const candidates = candidatesByTrigram([...wild].map(([pattern, rules]) => ({ pattern, rules })));
  return (value) => {
    const text = fold(value);
    const fitting = noneOf(count);
    const same = literal.get(text);
    if (same !== undefined) include(fitting, same);
    for (const { pattern, rules } of candidates(text)) if (fits(pattern, text)) include(fitting, rules);
    return fitting;
  };
}

/**
 * The patterns that may fit a text: each is filed under that one of its trigrams (three characters in a row without a
 * wildcard) that the fewest patterns have, and a text that it fits has this trigram. Patterns without are always given.
 */
function candidatesByTrigram(patterns: readonly WildPattern[]): (text: string) => readonly WildPattern[] {
  const uses = new Map<string, number>();
  for (const { pattern } of patterns) {
    for (const trigram of trigramsOf(pattern)) uses.set(trigram, (uses.get(trigram) ?? 0) + 1);
  }
  const always: WildPattern[] = [];
  const filed = new Map<string, WildPattern[]>();
  for (const wild of patterns) {
    const rarest = rarestOf(trigramsOf(wild.pattern), uses);
    const shelf = rarest === undefined ? always : (filed.get(rarest) ?? []);
    shelf.push(wild);
    if (rarest !== undefined) filed.set(rarest, shelf);
  }
  if (filed.size === 0) return () => always;
  return (text) => {
    const found = [...always];
    for (let start = 0; start + 3 <= text.length; start += 1) {
      const shelf = filed.get(text.slice(start, start + 3));
      if (shelf !== undefined) for (const wild of shelf) found.push(wild);
    }
    return found;
  };
}

function trigramsOf(pattern: string): Set<string> {
  const trigrams = new Set<string>();
  for (const piece of pattern.split(/[*?]/)) {
    for (let start = 0; start + 3 <= piece.length; start += 1) trigrams.add(piece.slice(start, start + 3));
  }
  return trigrams;
}

function rarestOf(trigrams: Iterable<string>, uses: ReadonlyMap<string, number>): string | undefined {
  let rarest: string | undefined;
  let fewest = Infinity;
  for (const trigram of trigrams) {
    const used = uses.get(trigram) ?? 0;
    if (used < fewest) [rarest, fewest] = [trigram, used];
  }
  return rarest;
}

/**
 * Whether the pattern fits the whole text, both folded. In steps of at most pattern times text: on a mismatch only the
 * last `*` takes one character more, which is enough because whatever stands before it has fitted as early as it can.
 */
function fits(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterStar = -1;
  let starEnd = 0;
  while (inText < text.length) {
    const asked = pattern.charCodeAt(inPattern);
    if (asked === star) {
      inPattern += 1;
      afterStar = inPattern;
      starEnd = inText;
    } else if (asked === questionMark) {
      inPattern += 1;
      inText += widthAt(text, inText);
    } else if (asked === text.charCodeAt(inText)) {
      inPattern += 1;
      inText += 1;
    } else if (afterStar !== -1) {
      starEnd += widthAt(text, starEnd);
      inPattern = afterStar;
      inText = starEnd;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(inPattern) === star) inPattern += 1;
  return inPattern === pattern.length;
}

/** Of the character there, in UTF-16 units. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/**
 * The same for texts that differ by case only. Character by character, so that `?` stands for one of the original: a
 * character whose other case is two (`ß`, `SS`) stays, and a sigma is the same wherever in the word it stands.
 */
function fold(text: string): string {
  if (!/[^ -~]/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    const one = isOneCharacter(upper) ? upper : character;
    const lower = one.toLowerCase();
    return isOneCharacter(lower) ? lower : one;
  }).join('');
}

function isOneCharacter(text: string): boolean {
  return widthAt(text, 0) === text.length;
}

function noneOf(count: number): RuleSet {
  return new Uint32Array(Math.ceil(count / 32));
}

function allOf(count: number): RuleSet {
  const rules = noneOf(count).fill(0xffff_ffff);
  // The last word has bits for rules that do not exist.
  if (count % 32 !== 0) rules[rules.length - 1] = 2 ** (count % 32) - 1;
  return rules;
}

function add(rules: RuleSet, position: number): void {
  const word = position >>> 5;
  rules[word] = (rules[word] ?? 0) | (1 << (position & 31));
}

function remove(rules: RuleSet, position: number): void {
  const word = position >>> 5;
  rules[word] = (rules[word] ?? 0) & ~(1 << (position & 31));
}

function include(rules: RuleSet, more: RuleSet): void {
  for (let word = 0; word < rules.length; word += 1) rules[word] = (rules[word] ?? 0) | (more[word] ?? 0);
}

/** Leaves in `rules` what is in `always` or in one of `others`; whether that is any. */
function keep(rules: RuleSet, always: RuleSet, others: readonly RuleSet[]): boolean {
  let isAny = false;
  for (let word = 0; word < rules.length; word += 1) {
    let kept = always[word] ?? 0;
    for (const other of others) kept |= other[word] ?? 0;
    rules[word] = (rules[word] ?? 0) & kept;
    isAny ||= rules[word] !== 0;
  }
  return isAny;
}

function positionsIn(rules: RuleSet): number[] {
  const positions: number[] = [];
  for (const [word, bits] of rules.entries()) {
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      positions.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return positions;
}
