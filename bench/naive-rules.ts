import type { Match } from '../src/reports/backup-compliance/model/match.js';
import { defaultPolicy } from '../src/reports/backup-compliance/rules/default-policy.js';
import type { RuleBook, Rules } from '../src/reports/backup-compliance/rules/rule-book.js';
import type { Matchable } from '../src/reports/backup-compliance/rules/rule-index.js';

type Test = (resource: Matchable) => boolean;

/**
 * The baseline: what a first version would do. Each pattern is a regular expression, made once, and every rule is tried
 * on every resource, one after the other.
 */
export function openNaiveRuleBook(rules: Rules): RuleBook {
  const policies = rules.policies.map(({ match }) => testOf(match));
  const excludes = rules.excludes.map(({ match }) => testOf(match));
  const waivers = rules.waivers.map(({ match }) => testOf(match));
  const recipients = rules.recipients.map(({ match }) => testOf(match));
  return {
    rules,
    policyOf: (resource) => {
      const matching = positionsOf(policies, resource);
      return { policy: rules.policies[matching[0] ?? -1] ?? defaultPolicy, matching };
    },
    exclusionOf: (resource) => positionsOf(excludes, resource)[0],
    waiversOf: (resource) => positionsOf(waivers, resource),
    recipientOf: (resource) => positionsOf(recipients, resource)[0],
  };
}

function positionsOf(tests: readonly Test[], resource: Matchable): number[] {
  const positions: number[] = [];
  for (const [position, test] of tests.entries()) if (test(resource)) positions.push(position);
  return positions;
}

function testOf(match: Match): Test {
  const tests: Test[] = [];
  const add = (
    patterns: readonly string[] | undefined,
    valuesOf: (resource: Matchable) => string[],
  ): void => {
    if (patterns === undefined) return;
    const expressions = patterns.map(expressionOf);
    tests.push((resource) =>
      valuesOf(resource).some((value) => expressions.some((each) => each.test(value))),
    );
  };
  add(match.resourceType, ({ resourceType }) => [resourceType]);
  add(match.compartment, ({ compartmentName }) => {
    const path = compartmentName ?? '';
    return compartmentName === null ? [] : [path, path.slice(path.lastIndexOf('/') + 1)];
  });
  add(match.name, ({ resourceName }) => [resourceName]);
  add(match.resourceId, ({ resourceId }) => [resourceId]);
  add(match.owner, ({ owner }) => (owner === null ? [] : [owner]));
  for (const [key, pattern] of Object.entries(match.tags ?? {})) {
    const folded = key.toLowerCase();
    add([pattern], ({ tags }) =>
      Object.entries(tags).flatMap(([name, value]) => (name.toLowerCase() === folded ? [value] : [])),
    );
  }
  return (resource) => tests.every((test) => test(resource));
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[\\^$.|+()[\]{}/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'isu');
}
