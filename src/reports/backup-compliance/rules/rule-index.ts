import type { Match } from '../model/match.js';
import {
  type BitSet,
  addBit,
  addBits,
  emptyBitSet,
  fullBitSet,
  keepBits,
  membersOf,
  removeBit,
} from './bit-set.js';
import { indexByTrigram } from './trigram-index.js';
import { fitsWildcard, foldCase, hasWildcard } from './wildcard.js';

/** The properties of a resource that a rule can match. */
export interface Matchable {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** A name or a path, `root/prod/db`; null: unknown, and no pattern matches, not even `*`. */
  readonly compartmentName: string | null;
  /** null: nobody, and no pattern matches. */
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RuleIndex {
  /** Positions of the rules that match, in ascending order. */
  matching(resource: Matchable): readonly number[];
}

/** Rules by their positions. */
type RuleSet = BitSet;

/** The rules with a pattern that matches the value. */
type RulesOfValue = (value: string) => RuleSet;

/** By folded key; a resource may spell one key in several ways. */
type TagValues = ReadonlyMap<string, readonly string[]>;

type ValuesOf = (resource: Matchable, tags: TagValues) => readonly string[];

/** Position of a rule -> its patterns, one of which must match; rules without this criterion are absent. */
type Demands = ReadonlyMap<number, readonly string[]>;

/** One property that rules match. A rule holds if it has no pattern for it, or one of its patterns matches a value. */
interface Criterion {
  readonly valuesOf: ValuesOf;
  readonly notAsking: RuleSet;
  readonly fitting: RulesOfValue;
}

const noTagValues: TagValues = new Map();

/**
 * Indexes rules for matching against many resources; `Match` defines what a rule means, `wildcard.ts` what a pattern
 * means. A pattern must match the whole value. A compartment pattern is tried on the whole path and on its last part. A
 * criterion with an empty list of patterns matches nothing.
 *
 * Each criterion yields the rules that hold as a bit set; the intersection is the resource's rules. A pattern is tested
 * once for each distinct type, compartment, owner and tag value. Names and ids hardly repeat: of their patterns, only
 * those that share a trigram with the value are tested.
 */
export function indexRules(matches: readonly Match[]): RuleIndex {
  const criteria = criteriaOf(matches);
  const hasTags = matches.some(({ tags }) => tags !== undefined);
  return {
    matching(resource) {
      const tags = hasTags ? tagValuesOf(resource.tags) : noTagValues;
      const left = fullBitSet(matches.length);
      for (const { valuesOf, notAsking, fitting } of criteria) {
        if (!keepBits(left, notAsking, valuesOf(resource, tags).map(fitting))) return [];
      }
      return membersOf(left);
    },
  };
}

/** Criteria that some rule uses. Those with recurring values come first: they are cached, and often decide. */
function criteriaOf(matches: readonly Match[]): Criterion[] {
  const criterion = (demands: Demands, valuesOf: ValuesOf, repeats: boolean): Criterion[] => {
    if (demands.size === 0) return [];
    const fitting = rulesByValue(demands, matches.length);
    const notAsking = fullBitSet(matches.length);
    for (const position of demands.keys()) removeBit(notAsking, position);
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
  return [compartment, compartment.slice(compartment.lastIndexOf('/') + 1)];
}

/** By folded key. A rule with one key twice (`Env` and `env`) is in two demands, because both must hold. */
function tagDemands(matches: readonly Match[]): [string, Demands][] {
  const byKey = new Map<string, Map<number, readonly string[]>[]>();
  for (const [position, { tags }] of matches.entries()) {
    for (const [name, pattern] of Object.entries(tags ?? {})) {
      const key = foldCase(name);
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
    const key = foldCase(name);
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

/** @param count number of all rules; `demands` may have few of them */
function rulesByValue(demands: Demands, count: number): RulesOfValue {
  const literal = new Map<string, RuleSet>();
  const wild = new Map<string, RuleSet>();
  for (const [position, patterns] of demands) {
    for (const pattern of patterns.map(foldCase)) {
      const byPattern = hasWildcard(pattern) ? wild : literal;
      const rules = byPattern.get(pattern) ?? emptyBitSet(count);
      byPattern.set(pattern, rules);
      addBit(rules, position);
    }
  }
  const candidates = indexByTrigram([...wild].map(([pattern, rules]) => ({ pattern, rules })));
  return (value) => {
    const text = foldCase(value);
    const fitting = emptyBitSet(count);
    const same = literal.get(text);
    if (same !== undefined) addBits(fitting, same);
    for (const { pattern, rules } of candidates(text)) {
      if (fitsWildcard(pattern, text)) addBits(fitting, rules);
    }
    return fitting;
  };
}
