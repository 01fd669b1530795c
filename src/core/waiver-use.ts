import type { ReportFinding, WaiverReport } from '../model/daily-report.js';
import type { WaiverRule } from '../model/policy.js';
import type { AppliedWaiver, ResourceCompliance } from '../model/resource-compliance.js';
import { daysBetween } from './report-day.js';
import type { Rules } from './rule-book.js';
import { matchInWords } from './rule-index.js';
import { count } from './words.js';

/** One that ends within so many days is announced. */
const announcedDays = 14;

/** Which waivers hold on the day, and for what: a waiver changes no verdict. */
export class WaiverUse {
  readonly #rules: Rules;
  readonly #daysLeft: readonly number[];
  readonly #resources: ResourceCompliance[][];

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

  add(matching: readonly number[], resource: ResourceCompliance): void {
    for (const position of matching) this.#resources[position]?.push(resource);
  }

  reports(): readonly WaiverReport[] {
    return this.#rules.waivers.map((waiver, position) => {
      const { reason, ticket, approvedBy, expires } = waiver;
      const daysLeft = this.#daysLeft[position] ?? -1;
      const resources = this.#resources[position] ?? [];
      return {
        match: matchInWords(waiver.match),
        reason,
        ticket,
        approvedBy,
        expires,
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
  findings(expected: number): readonly ReportFinding[] {
    return this.#rules.waivers.flatMap((waiver, position) =>
      findingsOf(waiver, this.#daysLeft[position] ?? -1, this.#resources[position]?.length ?? 0, {
        expected,
        maxShare: this.#rules.maxWaivedShare,
      }),
    );
  }
}

function findingsOf(
  waiver: WaiverRule,
  daysLeft: number,
  matched: number,
  { expected, maxShare }: { readonly expected: number; readonly maxShare: number },
): ReportFinding[] {
  const subject = waiver.ticket ?? waiver.reason;
  const name = `the waiver ${waiver.ticket === null ? '' : `${waiver.ticket} `}for ${matchInWords(waiver.match)}`;
  const findings: ReportFinding[] = [];
  const add = (kind: ReportFinding['kind'], words: string): void => {
    findings.push({ kind, subject, words });
  };
  if (daysLeft < 0) {
    const days = count(-daysLeft, 'day');
    add(
      'waiver-expired',
      `${name} expired on ${waiver.expires}, ${days} ago, and holds no more: renew it or remove it`,
    );
  } else {
    if (matched === 0)
      add('waiver-matches-nothing', `${name} matches no resource: correct its match or remove it`);
    if (daysLeft <= announcedDays) {
      const left = daysLeft === 0 ? 'today' : `in ${count(daysLeft, 'day')}`;
      add(
        'waiver-expiring',
        `${name} ends ${left}, on ${waiver.expires}; ${count(matched, 'resource')} will count again`,
      );
    }
  }
  if (daysLeft >= 0 && expected > 0 && matched / expected > maxShare) {
    add(
      'waiver-over-broad',
      `${name} holds for ${matched} of ${count(expected, 'resource')}, ${percent(matched / expected)} of the estate; more than ${percent(maxShare)} is no exception any more`,
    );
  }
  return findings;
}

/** `12.5 %` */
function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
