import type { JudgedFinding } from '../model/judged-finding.js';
import type { AppliedPolicy } from '../model/judged-rules.js';
import type { Policy } from '../model/policy.js';
import { defaultPolicy } from './default-policy.js';
import { demandOf } from './due.js';
import type { Rules } from './rule-book.js';

/** How often each policy matched a resource, and how often it was the first to match. */
export class PolicyUse {
  readonly #rules: Rules;
  readonly #matched: number[];
  readonly #applied: number[];
  readonly #shadowedBy: Set<number>[];
  #byDefault = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#matched = rules.policies.map(() => 0);
    this.#applied = rules.policies.map(() => 0);
    this.#shadowedBy = rules.policies.map(() => new Set());
  }

  /** @param matching positions of all policies that match one resource, ascending */
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

  /** In the order of the configuration; the default policy comes last. */
  applied(): readonly AppliedPolicy[] {
    const named = this.#rules.policies.map((policy, position) => ({
      policy,
      match: policy.match,
      maxAgeMs: maxAgeOf(policy),
      resources: this.#applied[position] ?? 0,
    }));
    const others = {
      policy: defaultPolicy,
      match: null,
      maxAgeMs: maxAgeOf(defaultPolicy),
      resources: this.#byDefault,
    };
    return [...named, others];
  }

  findings(): readonly JudgedFinding[] {
    const findings: JudgedFinding[] = [];
    for (const [position, { name, match }] of this.#rules.policies.entries()) {
      const matched = this.#matched[position] ?? 0;
      if (matched === 0) {
        findings.push({ kind: 'policy-matches-nothing', policy: name, match });
      } else if (this.#applied[position] === 0) {
        const shadowedBy = this.#earlierThan(position);
        findings.push({ kind: 'policy-shadowed', policy: name, matched, shadowedBy });
      }
    }
    return findings;
  }

  /** Names of the earlier policies that apply to its resources, in their order. */
  #earlierThan(position: number): readonly string[] {
    const earlier = [...(this.#shadowedBy[position] ?? [])].sort((a, b) => a - b);
    return earlier.flatMap((each) => this.#rules.policies[each]?.name ?? []);
  }
}

/** Applies where OCI has assigned no schedule. */
function maxAgeOf(policy: Policy): number {
  return demandOf(policy, undefined).maxAgeMs;
}
