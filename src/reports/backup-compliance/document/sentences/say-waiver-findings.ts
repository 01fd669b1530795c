import type { JudgedFinding } from '../../model/judged-finding.js';
import type { WaiverRule } from '../../model/policy.js';
import { matchInWords } from './match-in-words.js';
import type { Speech } from './speech.js';

export type WaiverFinding = Extract<JudgedFinding, { readonly waiver: WaiverRule }>;

/** What is to be known of a waiver. */
export function sayWaiverFinding(finding: WaiverFinding, { language }: Speech): string {
  const { ticket, match: rule, expires } = finding.waiver;
  const match = matchInWords(rule, language);
  const waiver =
    ticket === null
      ? language.text('sentences.waiver.named', { match })
      : language.text('sentences.waiver.ticket', { ticket, match });
  const date = language.date(expires);
  switch (finding.kind) {
    case 'waiver-expired':
      return language.text('sentences.waiver.expired', { waiver, date, days: finding.daysAgo });
    case 'waiver-matches-nothing':
      return language.text('sentences.waiver.matchesNothing', { waiver });
    case 'waiver-expiring': {
      const { daysLeft: days, matched: number } = finding;
      return days === 0
        ? language.text('sentences.waiver.endsOnDay', { waiver, date, number })
        : language.text('sentences.waiver.ends', { waiver, date, number, days });
    }
    case 'waiver-over-broad': {
      const { matched, expected, maxShare } = finding;
      const shares = { share: inPercent(matched / expected), maxShare: inPercent(maxShare) };
      return language.text('sentences.waiver.overBroad', { waiver, matched, expected, ...shares });
    }
  }
}

/** 0.125 -> 12.5: one decimal place. */
function inPercent(share: number): number {
  return Math.round(share * 1000) / 10;
}
