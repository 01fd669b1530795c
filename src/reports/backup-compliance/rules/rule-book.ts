import type { ExcludeRule, Policy, PolicyRule, RecipientRule, WaiverRule } from '../model/policy.js';
import { defaultPolicy } from './default-policy.js';
import { type Matchable, indexRules } from './rule-index.js';

/** What the configuration says about resources. */
export interface Rules {
  /** First match wins. */
  readonly policies: readonly PolicyRule[];
  readonly excludes: readonly ExcludeRule[];
  readonly waivers: readonly WaiverRule[];
  readonly recipients: readonly RecipientRule[];
  /** A waiver that covers more than this fraction of the estate is a finding; 0 to 1. */
  readonly maxWaivedShare: number;
}

/** The rules, indexed for tens of thousands of resources. */
export interface RuleBook {
  readonly rules: Rules;
  /** The first matching policy, and the positions of all that match. */
  policyOf(resource: Matchable): { readonly policy: Policy; readonly matching: readonly number[] };
  exclusionOf(resource: Matchable): number | undefined;
  /** Positions of all matching waivers, including expired ones. */
  waiversOf(resource: Matchable): readonly number[];
  recipientOf(resource: Matchable): number | undefined;
}

export const noRules: Rules = { policies: [], excludes: [], waivers: [], recipients: [], maxWaivedShare: 1 };

export function openRuleBook(rules: Rules): RuleBook {
  const policies = indexRules(rules.policies.map(({ match }) => match));
  const excludes = indexRules(rules.excludes.map(({ match }) => match));
  const waivers = indexRules(rules.waivers.map(({ match }) => match));
  const recipients = indexRules(rules.recipients.map(({ match }) => match));
  return {
    rules,
    policyOf: (resource) => {
      const matching = policies.matching(resource);
      return { policy: rules.policies[matching[0] ?? -1] ?? defaultPolicy, matching };
    },
    exclusionOf: (resource) => excludes.matching(resource)[0],
    waiversOf: (resource) => waivers.matching(resource),
    recipientOf: (resource) => recipients.matching(resource)[0],
  };
}
