import type { JudgedFinding } from '../model/judged-finding.js';
import type { AppliedPolicy } from '../model/judged-rules.js';
import type { Policy, PolicyRule } from '../model/policy.js';
import { defaultPolicy } from './default-policy.js';
import { demandOf } from './due.js';
import type { Rules } from './rule-book.js';

interface Use {
  readonly policy: PolicyRule;
  /** How many resources it matched, and of how many it was the first to match. */
  matched: number;
  applied: number;
  /** Positions of the policies that apply to the others. */
  readonly shadowedBy: Set<number>;
}

/** How often each policy matched a resource, and how often it was the first to match. */
export class PolicyUse {
  /** In the order of the configuration. */
  readonly #uses: readonly Use[];
  #byDefault = 0;

  constructor({ policies }: Pick<Rules, 'policies'>) {
    this.#uses = policies.map((policy) => ({ policy, matched: 0, applied: 0, shadowedBy: new Set() }));
  }

  /** @param matching positions of all policies that match one resource, ascending */
  add(matching: readonly number[]): void {
    const [first] = matching;
    if (first === undefined) {
      this.#byDefault += 1;
      return;
    }
    for (const position of matching) {
      const use = this.#uses[position];
      if (use === undefined) continue;
      use.matched += 1;
      if (position === first) use.applied += 1;
      else use.shadowedBy.add(first);
    }
  }

  /** In the order of the configuration; the default policy comes last. */
  applied(): readonly AppliedPolicy[] {
    const named = this.#uses.map(({ policy, applied }) => ({
      policy,
      match: policy.match,
      maxAgeMs: maxAgeOf(policy),
      resources: applied,
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
    for (const { policy, matched, applied, shadowedBy } of this.#uses) {
      const { name, match } = policy;
      if (matched === 0) {
        findings.push({ kind: 'policy-matches-nothing', policy: name, match });
      } else if (applied === 0) {
        findings.push({
          kind: 'policy-shadowed',
          policy: name,
          matched,
          shadowedBy: this.#namesOf(shadowedBy),
        });
      }
    }
    return findings;
  }

  /** In the order of the configuration. */
  #namesOf(positions: ReadonlySet<number>): readonly string[] {
    return this.#uses.filter((_, position) => positions.has(position)).map(({ policy }) => policy.name);
  }
}

/** Applies where OCI has assigned no schedule. */
function maxAgeOf(policy: Policy): number {
  return demandOf(policy, undefined).maxAgeMs;
}
