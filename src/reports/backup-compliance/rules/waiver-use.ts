import type { ReportFinding, WaiverReport } from '../model/daily-report.js';
import type { Language } from '../../../model/language.js';
import type { WaiverRule } from '../model/policy.js';
import type { AppliedWaiver, ResourceCompliance } from '../model/resource-compliance.js';
import { daysBetween } from '../../../base/civil-dates.js';
import type { Rules } from './rule-book.js';
import { matchInWords } from './rule-index.js';

/** One that ends within so many days is announced. */
const announcedDays = 14;

/** Which waivers hold on the day, and for what: a waiver changes no verdict. */
export class WaiverUse {
  readonly #rules: Rules;
  readonly #language: Language;
  readonly #daysLeft: readonly number[];
  readonly #resources: ResourceCompliance[][];

  /** @param date the report day: `2026-11-19` */
  constructor(rules: Rules, date: string, language: Language) {
    this.#rules = rules;
    this.#language = language;
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
        match: matchInWords(waiver.match, this.#language),
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
    const { maxWaivedShare: maxShare } = this.#rules;
    return this.#rules.waivers.flatMap((waiver, position) => {
      const matched = this.#resources[position]?.length ?? 0;
      const use = { daysLeft: this.#daysLeft[position] ?? -1, matched, expected, maxShare };
      return findingsOf(waiver, use, this.#language);
    });
  }
}

interface UseOfOne {
  /** Negative: expired that many days ago. */
  readonly daysLeft: number;
  readonly matched: number;
  readonly expected: number;
  readonly maxShare: number;
}

function findingsOf(
  rule: WaiverRule,
  { daysLeft, matched, expected, maxShare }: UseOfOne,
  language: Language,
): ReportFinding[] {
  const subject = rule.ticket ?? rule.reason;
  const waiver = waiverInWords(rule, language);
  const date = language.date(rule.expires);
  const findings: ReportFinding[] = [];
  const add = (kind: ReportFinding['kind'], words: string): void => {
    findings.push({ kind, subject, words });
  };
  if (daysLeft < 0) {
    add('waiver-expired', language.text('sentences.waiver.expired', { waiver, date, days: -daysLeft }));
    return findings;
  }
  if (matched === 0) {
    add('waiver-matches-nothing', language.text('sentences.waiver.matchesNothing', { waiver }));
  }
  if (daysLeft <= announcedDays && matched > 0) {
    const ending = { waiver, date, number: matched };
    add(
      'waiver-expiring',
      daysLeft === 0
        ? language.text('sentences.waiver.endsToday', ending)
        : language.text('sentences.waiver.ends', { ...ending, days: daysLeft }),
    );
  }
  if (expected > 0 && matched / expected > maxShare) {
    const shares = { share: percent(matched / expected), maxShare: percent(maxShare) };
    add(
      'waiver-over-broad',
      language.text('sentences.waiver.overBroad', { waiver, matched, expected, ...shares }),
    );
  }
  return findings;
}

function waiverInWords({ ticket, match: rule }: WaiverRule, language: Language): string {
  const match = matchInWords(rule, language);
  return ticket === null
    ? language.text('sentences.waiver.named', { match })
    : language.text('sentences.waiver.ticket', { ticket, match });
}

/** 12.5 of 0.125: one place. */
function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}
