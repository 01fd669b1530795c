import fc from 'fast-check';
import { hourMs } from '../../src/base/time-units.js';
import { severities } from '../../src/model/severity.js';
import type { Match } from '../../src/reports/backup-compliance/model/match.js';
import { type PolicyRule } from '../../src/reports/backup-compliance/model/policy.js';
import { parseCadence } from '../../src/reports/backup-compliance/rules/cadence.js';
import type { Rules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import type { Matchable } from '../../src/reports/backup-compliance/rules/rule-index.js';

const types = fc.constantFrom('database', 'volume', 'auto*', '*volume', 'mysql*');
const compartments = fc.constantFrom('db', 'root/prod/*', 'TEST', '*prod*', 'nowhere');
const names = fc.constantFrom('ERP*', '*_test', '?RP_PROD', 'data0?', '*', 'legacy_1', '[A-Z]*');
const owners = fc.constantFrom('ann@example.com', '*@EXAMPLE.com', '*', 'team*');
const ids = fc.constantFrom('*.erp_prod', 'OCID1.VOLUME.*', 'unknown:*');
const tags = fc.constantFrom<Record<string, string>>(
  { env: 'prod' },
  { ENV: 'p*' },
  { env: '*', tier: 'gold' },
);

function some(patterns: fc.Arbitrary<string>): fc.Arbitrary<string[] | undefined> {
  return fc.option(fc.uniqueArray(patterns, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 1 });
}

function seldom<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

const match: fc.Arbitrary<Match> = fc.record({
  name: some(names),
  resourceType: seldom(fc.uniqueArray(types, { minLength: 1, maxLength: 2 })),
  compartment: seldom(fc.uniqueArray(compartments, { minLength: 1, maxLength: 2 })),
  owner: seldom(fc.uniqueArray(owners, { minLength: 1, maxLength: 2 })),
  resourceId: seldom(fc.uniqueArray(ids, { minLength: 1, maxLength: 2 })),
  tags: seldom(tags),
});

const policy: fc.Arbitrary<PolicyRule> = fc.record({
  name: fc.constant(''),
  isDefault: fc.constant(false),
  match,
  cadence: fc
    .constantFrom('daily', 'weekly:THU', 'weekly:MON', 'weekdays', 'monthly:1', '')
    .map((text) => parseCadence(text) ?? null),
  maxAgeMs: fc.constantFrom(null, 26 * hourMs, 100 * hourMs),
  maxDurationMs: fc.constantFrom(hourMs, 12 * hourMs),
  minRetentionMs: fc.constantFrom(null, 20 * 24 * hourMs, 40 * 24 * hourMs),
  maxRestoreAgeMs: fc.constantFrom(null, 5 * 24 * hourMs),
  severity: fc.constantFrom(...severities),
  owner: fc.constantFrom(null, 'bob@example.com', 'team dba'),
});

const waiver = fc.record({
  match,
  reason: fc.constant('accepted'),
  ticket: fc.constantFrom(null, 'CHG-1'),
  approvedBy: fc.constant('ciso@example.com'),
  expires: fc.constantFrom('2026-11-18', '2026-11-19', '2026-11-20', '2026-12-31'),
});

const recipient = fc.record({
  name: fc.constant(''),
  match,
  to: fc.constantFrom<'owner' | readonly string[]>('owner', ['team@example.com']),
});

/** Any configuration of policies, waivers, exclusions and recipients, that of none among them. */
export const randomRules: fc.Arbitrary<Rules> = fc.record({
  policies: fc
    .array(policy, { maxLength: 4 })
    .map((list) => list.map((each, index) => ({ ...each, name: `policy ${index}` }))),
  excludes: fc.array(fc.record({ match, reason: fc.constant('rebuilt nightly') }), { maxLength: 2 }),
  waivers: fc.array(waiver, { maxLength: 3 }),
  recipients: fc
    .array(recipient, { maxLength: 3 })
    .map((list) => list.map((each, index) => ({ ...each, name: `team ${index}` }))),
  maxWaivedShare: fc.constantFrom(0.2, 1),
});

/** Whether a rule is for the resource: each pattern turned into a regular expression, nothing prepared. */
export function isMatch(rule: Match, resource: Matchable): boolean {
  const { resourceId, resourceType, resourceName, compartmentName, owner } = resource;
  const compartmentNames =
    compartmentName === null ? [] : [compartmentName, compartmentName.split('/').at(-1) ?? ''];
  const asked: readonly (readonly [readonly string[] | undefined, readonly string[]])[] = [
    [rule.resourceType, [resourceType]],
    [rule.compartment, compartmentNames],
    [rule.name, [resourceName]],
    [rule.resourceId, [resourceId]],
    [rule.owner, owner === null ? [] : [owner]],
    ...Object.entries(rule.tags ?? {}).map(
      ([key, pattern]) => [[pattern], tagValues(resource, key)] as const,
    ),
  ];
  return asked.every(
    ([patterns, values]) =>
      patterns === undefined ||
      patterns.some((pattern) => values.some((value) => expressionOf(pattern).test(value))),
  );
}

function tagValues({ tags: all }: Matchable, key: string): readonly string[] {
  return Object.entries(all)
    .filter(([name]) => name.toLowerCase() === key.toLowerCase())
    .map(([, value]) => value);
}

function expressionOf(pattern: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'isu');
}
