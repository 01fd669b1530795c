import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { Outcome, Verdict } from '../../model/verdict.js';
import type { MailWording } from './mail-wording.js';

/** `since 2026-11-17, 3 bad days in a row`; `since 2026-11-19` on the first of them. */
export function sinceWords(
  { badSince, consecutiveBadDays: days }: ResourceCompliance,
  { wording, texts, date }: MailWording,
): string {
  const day = texts.day(badSince ?? date);
  return wording.text(days < 2 ? 'mail.since.first' : 'mail.since.more', { day, days });
}

/**
 * `Failed, non-compliant`; one word if both are the same or there is only one.
 *
 * @param verdict null: it left the population
 */
export function standingWords(
  outcome: Outcome | null,
  verdict: Verdict | null,
  { wording }: MailWording,
): string {
  const { text } = wording;
  if (verdict === null) return text('mail.standing.left');
  const words = wording.verdict(verdict).words;
  const outcomeWords = outcome === null ? words : wording.outcome(outcome).words;
  return outcomeWords === words ? words : text(`mail.standing.${verdict}`, { outcome: outcomeWords });
}
