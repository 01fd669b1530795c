import { daysBetween } from '../../../base/civil-dates.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { UsedWaiver } from '../model/judged-rules.js';
import type { WaiverRule } from '../model/policy.js';
import type { AppliedWaiver, ResourceCompliance } from '../model/resource-compliance.js';
import type { Rules } from './rule-book.js';

/** A waiver that ends within this many days is announced. */
const announcedDays = 14;

type MatchedResource = Pick<ResourceCompliance, 'resourceId' | 'resourceName' | 'compliance'>;

/** Which waivers hold on the day, and for which resources. A waiver changes no verdict. */
export class WaiverUse {
  readonly #rules: Rules;
  readonly #daysLeft: readonly number[];
  readonly #resources: MatchedResource[][];

  /** @param date the report day: `2026-11-19` */
  constructor(rules: Rules, date: string) {
    this.#rules = rules;
    this.#daysLeft = rules.waivers.map(({ expires }) => daysBetween(date, expires));
    this.#resources = rules.waivers.map(() => []);
  }

  /** The first of them that has not expired. */
  appliedOf(matching: readonly number[]): AppliedWaiver | null {
    for (const position of matching) {
      const waiver = this.#rules.waivers[position];
      const daysLeft = this.#daysLeft[position] ?? -1;
      if (waiver === undefined || daysLeft < 0) continue;
      const { reason, ticket, approvedBy, expires } = waiver;
      return { reason, ticket, approvedBy, expires, daysLeft };
    }
    return null;
  }

  add(matching: readonly number[], resource: MatchedResource): void {
    for (const position of matching) this.#resources[position]?.push(resource);
  }

  /** In the order of the configuration. */
  used(): readonly UsedWaiver[] {
    return this.#rules.waivers.map((waiver, position) => {
      const daysLeft = this.#daysLeft[position] ?? -1;
      const resources = this.#resources[position] ?? [];
      return {
        waiver,
        daysLeft,
        state: daysLeft < 0 ? 'expired' : resources.length === 0 ? 'unmatched' : 'active',
        resources: resources.map(({ resourceId, resourceName, compliance }) => ({
          resourceId,
          resourceName,
          compliance,
        })),
      };
    });
  }

  /** @param expected how many resources are judged */
  findings(expected: number): readonly JudgedFinding[] {
    const { maxWaivedShare: maxShare } = this.#rules;
    return this.#rules.waivers.flatMap((waiver, position) => {
      const matched = this.#resources[position]?.length ?? 0;
      return findingsOfUse({ waiver, daysLeft: this.#daysLeft[position] ?? -1, matched, expected, maxShare });
    });
  }
}

interface UseOfOne {
  readonly waiver: WaiverRule;
  /** Negative: expired that many days ago. */
  readonly daysLeft: number;
  readonly matched: number;
  readonly expected: number;
  readonly maxShare: number;
}

function findingsOfUse({
  waiver,
  daysLeft,
  matched,
  expected,
  maxShare,
}: UseOfOne): readonly JudgedFinding[] {
  if (daysLeft < 0) return [{ kind: 'waiver-expired', waiver, daysAgo: -daysLeft }];
  const findings: JudgedFinding[] = [];
  if (matched === 0) findings.push({ kind: 'waiver-matches-nothing', waiver });
  if (daysLeft <= announcedDays && matched > 0) {
    findings.push({ kind: 'waiver-expiring', waiver, daysLeft, matched });
  }
  if (expected > 0 && matched / expected > maxShare) {
    findings.push({ kind: 'waiver-over-broad', waiver, matched, expected, maxShare });
  }
  return findings;
}
