import type { PolicyReport, ReportFinding } from '../model/daily-report.js';
import type { Language } from '../../../model/language.js';
import type { ExcludeRule, Policy, PolicyRule, RecipientRule, WaiverRule } from '../model/policy.js';
import { longestGapDays } from './cadence.js';
import { defaultPolicy } from './default-policy.js';
import { type Matchable, indexRules, matchInWords } from './rule-index.js';

/** What the configuration says about resources. */
export interface Rules {
  /** First match wins. */
  readonly policies: readonly PolicyRule[];
  readonly excludes: readonly ExcludeRule[];
  readonly waivers: readonly WaiverRule[];
  readonly recipients: readonly RecipientRule[];
  /** A waiver that holds for more than this part of the estate is a finding; 0 to 1. */
  readonly maxWaivedShare: number;
}

/** The rules made ready for tens of thousands of resources. */
export interface RuleBook {
  readonly rules: Rules;
  /** The first policy that matches, and all that do, by position. */
  policyOf(resource: Matchable): { readonly policy: Policy; readonly matching: readonly number[] };
  exclusionOf(resource: Matchable): number | undefined;
  /** Positions of all waivers that match, expired ones too. */
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

/** How often each policy matched a resource, and how often it was the first that did. */
export class PolicyUse {
  readonly #rules: Rules;
  readonly #language: Language;
  readonly #matched: number[];
  readonly #applied: number[];
  readonly #shadowedBy: Set<number>[];
  #byDefault = 0;

  constructor(rules: Rules, language: Language) {
    this.#rules = rules;
    this.#language = language;
    this.#matched = rules.policies.map(() => 0);
    this.#applied = rules.policies.map(() => 0);
    this.#shadowedBy = rules.policies.map(() => new Set());
  }

  add(matching: readonly number[]): void {
    const [first] = matching;
    if (first === undefined) {
      this.#byDefault += 1;
      return;
    }
    for (const position of matching) {
      this.#matched[position] = (this.#matched[position] ?? 0) + 1;
      if (position !== first) this.#shadowedBy[position]?.add(first);
    }
    this.#applied[first] = (this.#applied[first] ?? 0) + 1;
  }

  reports(): readonly PolicyReport[] {
    const language = this.#language;
    const named = this.#rules.policies.map((policy, position) =>
      reportOf(policy, matchInWords(policy.match, language), this.#applied[position] ?? 0, language),
    );
    const others = language.text('sentences.policy.everythingElse');
    return [...named, reportOf(defaultPolicy, others, this.#byDefault, language)];
  }

  findings(): readonly ReportFinding[] {
    const findings: ReportFinding[] = [];
    const language = this.#language;
    for (const [position, { name, match }] of this.#rules.policies.entries()) {
      const matched = this.#matched[position] ?? 0;
      if (matched === 0) {
        findings.push({
          kind: 'policy-matches-nothing',
          subject: name,
          words: language.text('sentences.finding.policyMatchesNothing', {
            name,
            match: matchInWords(match, language),
          }),
        });
      } else if (this.#applied[position] === 0) {
        const earlier = [...(this.#shadowedBy[position] ?? [])].sort((a, b) => a - b);
        const names = earlier.map((each) => this.#rules.policies[each]?.name).join(', ');
        findings.push({
          kind: 'policy-shadowed',
          subject: name,
          words: language.text('sentences.finding.policyShadowed', { name, number: matched, names }),
        });
      }
    }
    return findings;
  }
}

function reportOf(policy: Policy, match: string, resources: number, language: Language): PolicyReport {
  const { cadence, maxAgeMs, maxDurationMs, minRetentionMs, maxRestoreAgeMs } = policy;
  const gapMs =
    (longestGapDays(cadence ?? { weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: '' }) * 24 + 2) *
    3_600_000;
  return {
    name: policy.name,
    match,
    cadence: cadence?.words ?? language.text('sentences.policy.assignedCadence'),
    maxAge: language.duration(maxAgeMs ?? gapMs),
    maxDuration: language.duration(maxDurationMs),
    minRetention: minRetentionMs === null ? null : language.duration(minRetentionMs),
    maxRestoreAge: maxRestoreAgeMs === null ? null : language.duration(maxRestoreAgeMs),
    severity: policy.severity,
    owner: policy.owner,
    resources,
  };
}
