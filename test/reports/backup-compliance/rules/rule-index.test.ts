import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { matchInWords } from '../../../../src/reports/backup-compliance/document/sentences/match-in-words.js';
import type { Match } from '../../../../src/reports/backup-compliance/model/match.js';
import { indexRules, type Matchable } from '../../../../src/reports/backup-compliance/rules/rule-index.js';
import { english } from '../../../support/judge-day.js';
import { runsOf } from '../../../support/share-of.js';

const resourceOf = (overrides: Partial<Matchable> = {}): Matchable => ({
  resourceId: 'ocid1.database.oc1..sales',
  resourceType: 'database',
  resourceName: 'SALES_PROD',
  compartmentName: 'root/prod/db',
  owner: 'dba@example.com',
  tags: { env: 'prod' },
  ...overrides,
});

const matches = (match: Match, resource: Partial<Matchable> = {}): boolean =>
  indexRules([match]).matching(resourceOf(resource)).length === 1;

describe('a pattern', () => {
  it.each([
    // Any characters, none included.
    ['*', '', true],
    ['*', 'a/b', true],
    ['*', '..', true],
    ['*', 'a\nb\u2028c', true],
    ['*.x', '.x', true],
    ['*_PROD', 'SALES_PROD', true],
    ['*_PROD', 'SALES_PROD_2', false],
    ['SALES_*', 'SALES_', true],
    ['SALES_*', 'PRESALES_', false],
    ['*_DB_*', 'A_DB_B', true],
    ['*_DB_*', '_DB', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*bc*bd', 'abcbcbd', true],
    ['ab*ba', 'aba', false],
    ['**a***', 'xay', true],
    ['*aab', 'aaab', true],
    // One character.
    ['?', '', false],
    ['?', '/', true],
    ['?', '\n', true],
    ['?', '.', true],
    ['?', 'ab', false],
    ['?', '\uffff', true],
    ['?', '😀', true],
    ['??', '😀', false],
    ['*??', '😀', false],
    ['*?', '😀', true],
    ['DB?', 'DB', false],
    ['DB?', 'DB1', true],
    ['*?1', 'x1', true],
    ['*?1', '1', false],
    // The whole value.
    ['a', 'a', true],
    ['a', 'ab', false],
    ['a', './a', false],
    ['./a', 'a', false],
    ['a/*', 'a', false],
    ['a/*', 'a/', true],
    ['', '', true],
    ['', 'a', false],
    // No other magic.
    ['DB(1)[a]!{x}', 'db(1)[A]!{X}', true],
    ['DB(1)[a]!{x}*', 'db(1)[A]!{X}-2', true],
    ['[ab]*', 'a', false],
    ['{a,b}*', 'a', false],
    ['!a*', 'b', false],
    ['!a*', '!ab', true],
    ['+(a)*', 'aa', false],
    ['@(a)*', '@(a)', true],
    ['a|b*', 'a', false],
    ['a.b*', 'axb', false],
    ['^a$*', 'a', false],
    ['#a*', '#a', true],
    ['"a"*', '"a"', true],
    ['a\\*', 'a\\b', true],
    ['a\\*', 'a*', false],
    ['a\\b', 'A\\B', true],
    ['a*', 'a*', true],
    // Case.
    ['sales_prod', 'Sales_PROD', true],
    ['MÜNCHEN*', 'münchen-1', true],
    ['ΟΔΟΣ*', 'οδος', true],
    ['οδος*', 'ΟΔΟΣΑ', true],
    ['stra?e', 'STRAßE', true],
    ['İ?', 'İi', true],
  ])('%j for %j: %s', (pattern, resourceName, expected) => {
    expect(matches({ name: [pattern] }, { resourceName })).toBe(expected);
  });

  it('that could be tried in very many ways is decided at once', () => {
    const resourceName = `${'a'.repeat(5000)}c`;
    expect(matches({ name: [`${'*a'.repeat(50)}*b`] }, { resourceName })).toBe(false);
  });
});

describe('a rule', () => {
  const cases: [string, Match, Partial<Matchable>, boolean][] = [
    ['without criteria', {}, {}, true],
    ['with no tags asked for', { tags: {} }, {}, true],
    ['of one type', { resourceType: ['DATABASE'] }, {}, true],
    ['of another type', { resourceType: ['volume'] }, {}, false],
    ['of several types', { resourceType: ['volume', 'data*'] }, {}, true],
    ['by id', { resourceId: ['OCID1.database.oc1..SALES'] }, {}, true],
    ['by part of an id', { resourceId: ['ocid1.database.*'] }, {}, true],
    ['by another id', { resourceId: ['ocid1.database.oc1..sale'] }, {}, false],
    ['by name and type', { resourceType: ['database'], name: ['*_prod'] }, {}, true],
    ['whose name fits, but not its type', { resourceType: ['volume'], name: ['*_prod'] }, {}, false],
    ['by the compartment path', { compartment: ['ROOT/prod/*'] }, {}, true],
    ['by the last part of the path', { compartment: ['db'] }, {}, true],
    ['by a middle part of the path', { compartment: ['prod'] }, {}, false],
    ['by a compartment without path', { compartment: ['prod*'] }, { compartmentName: 'Production' }, true],
    ['for any compartment, of none', { compartment: ['*'] }, { compartmentName: null }, false],
    ['that leaves the compartment open, of none', { name: ['*'] }, { compartmentName: null }, true],
    ['for a compartment called null, of none', { compartment: ['null'] }, { compartmentName: null }, false],
    ['by owner', { owner: ['DBA@*'] }, {}, true],
    ['for any owner, of none', { owner: ['*'] }, { owner: null }, false],
    ['by a tag', { tags: { Env: 'PR*' } }, {}, true],
    ['by a tag that is missing', { tags: { team: '*' } }, {}, false],
    ['by two tags', { tags: { env: 'prod', tier: 'gold' } }, { tags: { env: 'prod', TIER: 'Gold' } }, true],
    ['by two tags of which one fits', { tags: { env: 'prod', tier: 'gold' } }, {}, false],
    ['by two spellings of a key', { tags: { env: 'p*', ENV: '*d' } }, {}, true],
    ['by two spellings of a key of which the first fits', { tags: { env: 'p*', ENV: '*t' } }, {}, false],
    ['by two spellings of a key of which the second fits', { tags: { env: '*t', ENV: 'p*' } }, {}, false],
    ['for either of two spellings', { tags: { env: 'prod' } }, { tags: { Env: 'test', ENV: 'prod' } }, true],
    ['with no pattern for the name', { name: [] }, {}, false],
    ['with no pattern for the type', { resourceType: [] }, {}, false],
  ];

  it.each(cases)('%s', (_, match, resource, expected) => {
    expect(matches(match, resource)).toBe(expected);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('by a tag called %s', (key) => {
    const tags = JSON.parse(`{ "${key}": "x" }`) as Record<string, string>;
    expect(matches({ tags }, { tags })).toBe(true);
    expect(matches({ tags: JSON.parse(`{ "${key}": "*" }`) as Record<string, string> })).toBe(false);
    expect(matches({ tags: { env: 'prod' } }, { tags })).toBe(false);
  });
});

describe('the index', () => {
  it('gives all rules that match, in ascending order, each once', () => {
    const rules: Match[] = Array.from({ length: 70 }, (_, position) =>
      position % 3 === 0 ? { name: ['SALES_*', '*_PROD', 'sales_prod'] } : { name: [`OTHER_${position}`] },
    );
    expect(indexRules(rules).matching(resourceOf())).toEqual(Array.from({ length: 24 }, (_, nth) => nth * 3));
  });

  it.each([0, 1, 31, 32, 33, 64])('gives every one of %s rules without criteria', (count) => {
    const rules = Array.from({ length: count }, (): Match => ({}));
    expect(indexRules(rules).matching(resourceOf())).toEqual([...rules.keys()]);
  });

  it('gives the same for a resource whichever others were asked for before', () => {
    const index = indexRules([{ compartment: ['prod'] }, { owner: ['*'] }, {}]);
    const resource = resourceOf({ compartmentName: 'prod', owner: null });
    const first = index.matching(resource);
    index.matching(resourceOf());
    expect(index.matching(resource)).toEqual(first);
    expect(first).toEqual([0, 2]);
  });

  it('finds what trying every rule finds', () => {
    fc.assert(
      fc.property(
        fc.array(anyMatch, { maxLength: 40 }),
        fc.array(anyResource, { maxLength: 8 }),
        (rules, seen) => {
          const index = indexRules(rules);
          for (const resource of seen) {
            const expected = [...rules.keys()].filter((position) => holds(rules[position] ?? {}, resource));
            expect(index.matching(resource)).toEqual(expected);
          }
        },
      ),
      { numRuns: runsOf(1000) },
    );
  });
});

describe('a match in words', () => {
  it.each<[Match, string]>([
    [{}, 'everything'],
    [{ tags: {} }, 'everything'],
    [{ resourceType: ['database', 'volume'] }, 'type database or volume'],
    [
      {
        resourceId: ['ocid1.volume.oc1..x'],
        owner: ['dba@example.com'],
        tags: { env: 'prod', tier: '*' },
        name: ['*_PROD'],
        compartment: ['prod*'],
        resourceType: ['database'],
      },
      'type database, compartment prod*, name *_PROD, tag env=prod, tag tier=*, owner dba@example.com, resource ocid1.volume.oc1..x',
    ],
  ])('%j: %s', (match, expected) => {
    expect(matchInWords(match, english)).toBe(expected);
  });
});

/** Few characters, so that values and patterns meet; whole words, so that they share three characters in a row. */
const pieces = [
  'a',
  'B',
  'b',
  '/',
  '.',
  '\n',
  '[',
  '\\',
  '!',
  'é',
  'É',
  'σ',
  'ς',
  '😀',
  'prod',
  'PROD_',
  'sales',
];
const anyValue = fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join(''));
const anyPattern = fc
  .array(fc.constantFrom(...pieces, '*', '*', '?'), { maxLength: 6 })
  .map((parts) => parts.join(''));
const anyPatterns = fc.array(anyPattern, { maxLength: 3 });
const anyKey = fc.constantFrom('env', 'Env', 'TIER', '__proto__', 'constructor');
const anyMatch: fc.Arbitrary<Match> = fc.record(
  {
    resourceType: anyPatterns,
    compartment: anyPatterns,
    name: anyPatterns,
    resourceId: anyPatterns,
    owner: anyPatterns,
    tags: fc.dictionary(anyKey, anyPattern, { maxKeys: 2 }),
  },
  { requiredKeys: [] },
);
const anyResource: fc.Arbitrary<Matchable> = fc.record({
  resourceId: anyValue,
  resourceType: anyValue,
  resourceName: anyValue,
  compartmentName: fc.option(anyValue),
  owner: fc.option(anyValue),
  tags: fc.dictionary(anyKey, anyValue, { maxKeys: 3 }),
});

/** What a match means, the plain way: every pattern a regular expression, every criterion one after the other. */
function holds(match: Match, resource: Matchable): boolean {
  const { compartmentName } = resource;
  const compartments =
    compartmentName === null ? [] : [compartmentName, compartmentName.split('/').at(-1) ?? ''];
  const asked: [readonly string[] | undefined, readonly string[]][] = [
    [match.resourceType, [resource.resourceType]],
    [match.compartment, compartments],
    [match.name, [resource.resourceName]],
    [match.resourceId, [resource.resourceId]],
    [match.owner, resource.owner === null ? [] : [resource.owner]],
    ...Object.entries(match.tags ?? {}).map(([key, pattern]): [string[], string[]] => [
      [pattern],
      Object.entries(resource.tags)
        .filter(([name]) => name.toLowerCase() === key.toLowerCase())
        .map(([, value]) => value),
    ]),
  ];
  return asked.every(
    ([patterns, values]) =>
      patterns === undefined ||
      patterns.some((pattern) => values.some((value) => expressionOf(pattern).test(value))),
  );
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|/]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu');
}
