import { daysBetween } from '../../../base/civil-dates.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { UsedWaiver } from '../model/judged-rules.js';
import type { WaiverRule } from '../model/policy.js';
import type { AppliedWaiver, ResourceCompliance } from '../model/resource-compliance.js';
import type { Rules } from './rule-book.js';

/** A waiver that ends within this many days is announced. */
const announcedDays = 14;

type MatchedResource = Pick<ResourceCompliance, 'resourceId' | 'resourceName' | 'compliance'>;

interface Use {
  readonly waiver: WaiverRule;
  /** Negative: expired that many days ago. */
  readonly daysLeft: number;
  readonly resources: MatchedResource[];
}

/** Which waivers hold on the day, and for which resources. A waiver changes no verdict. */
export class WaiverUse {
  readonly #maxWaivedShare: number;
  /** In the order of the configuration. */
  readonly #uses: readonly Use[];

  /** @param date the report day: `2026-11-19` */
  constructor({ waivers, maxWaivedShare }: Rules, date: string) {
    this.#maxWaivedShare = maxWaivedShare;
    this.#uses = waivers.map((waiver) => ({
      waiver,
      daysLeft: daysBetween(date, waiver.expires),
      resources: [],
    }));
  }

  /** The first of them that has not expired. */
  appliedOf(matching: readonly number[]): AppliedWaiver | null {
    for (const position of matching) {
      const use = this.#uses[position];
      if (use === undefined || use.daysLeft < 0) continue;
      const { reason, ticket, approvedBy, expires } = use.waiver;
      return { reason, ticket, approvedBy, expires, daysLeft: use.daysLeft };
    }
    return null;
  }

  add(matching: readonly number[], resource: MatchedResource): void {
    for (const position of matching) this.#uses[position]?.resources.push(resource);
  }

  /** In the order of the configuration. */
  used(): readonly UsedWaiver[] {
    return this.#uses.map(({ waiver, daysLeft, resources }) => ({
      waiver,
      daysLeft,
      state: daysLeft < 0 ? 'expired' : resources.length === 0 ? 'unmatched' : 'active',
      resources: resources.map(({ resourceId, resourceName, compliance }) => ({
        resourceId,
        resourceName,
        compliance,
      })),
    }));
  }

  /** @param expected how many resources are judged */
  findings(expected: number): readonly JudgedFinding[] {
    return this.#uses.flatMap((use) => findingsOfUse(use, expected, this.#maxWaivedShare));
  }
}

function findingsOfUse(
  { waiver, daysLeft, resources }: Use,
  expected: number,
  maxShare: number,
): readonly JudgedFinding[] {
  if (daysLeft < 0) return [{ kind: 'waiver-expired', waiver, daysAgo: -daysLeft }];
  const matched = resources.length;
  if (matched === 0) return [{ kind: 'waiver-matches-nothing', waiver }];
  const findings: JudgedFinding[] = [];
  if (daysLeft <= announcedDays) findings.push({ kind: 'waiver-expiring', waiver, daysLeft, matched });
  if (matched / expected > maxShare) {
    findings.push({ kind: 'waiver-over-broad', waiver, matched, expected, maxShare });
  }
  return findings;
}
