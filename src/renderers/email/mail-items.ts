import type { DailyReport, ReportFinding, Turn } from '../../model/daily-report.js';
import type { Incident } from '../../model/incident.js';
import type { AppliedWaiver, ResourceCompliance } from '../../model/resource-compliance.js';
import { newView, resolvedView } from '../html/follow-up-view.js';
import { exceptionView } from '../html/resource-view.js';
import { shortText, timeWords } from '../html/view-parts.js';
import { waiverTerms } from '../html/waiver-view.js';
import { findingLabels, formatCount, formatInteger, type Label } from '../labels.js';
import { toneColours, type Colours } from './mail-colours.js';

/** Characters of one text. A digest is read on a phone. */
export const nameChars = 120;
export const textChars = 240;

/** A list that a mail may cut: what it shows, how many there are, and a sentence for the rest. */
export interface MailList<Item> {
  readonly hasAny: boolean;
  readonly count: string;
  readonly items: readonly Item[];
  readonly more: string | null;
}

export interface MailException {
  readonly name: string;
  readonly kind: string;
  readonly outcome: string;
  readonly verdict: string;
  /** `since 2026-11-17, 3 bad days in a row` */
  readonly since: string;
  readonly severity: string;
  readonly colours: Colours;
  readonly why: readonly string[];
  readonly lastSuccess: string;
  readonly lastFailure: string | null;
  readonly attempts: string;
  readonly owner: string;
}

/** One line about one thing. */
export interface MailLine {
  readonly name: string;
  readonly text: string;
}

export function mailList<Source, Item>(
  all: readonly Source[],
  cap: number,
  noun: string,
  item: (source: Source) => Item,
): MailList<Item> {
  return {
    hasAny: all.length > 0,
    count: formatInteger(all.length),
    items: all.slice(0, cap).map((source) => item(source)),
    more: moreWords(all.length - cap, noun),
  };
}

export function moreWords(rest: number, noun: string): string | null {
  if (rest <= 0) return null;
  return `${formatCount(rest, `more ${noun}`)} not listed in this mail; the report has them all.`;
}

export function mailException(
  resource: ResourceCompliance,
  reportDay: DailyReport['reportDay'],
): MailException {
  const view = exceptionView({ ...resource, findings: [] }, reportDay);
  const { lastFailure } = resource;
  const reason = lastFailure?.message ?? 'The service gave no reason.';
  return {
    name: shortText(resource.resourceName, nameChars),
    kind: view.kind,
    outcome: view.outcome.words,
    verdict: view.verdict.words,
    since: view.since,
    severity: view.severity.words.toLowerCase(),
    colours: toneColours[view.outcome.tone === 'good' ? view.verdict.tone : view.outcome.tone],
    why:
      view.why.length === 0
        ? ['No control explains this verdict.']
        : view.why.map(({ control, sentence }) => `${control}: ${sentence}`),
    lastSuccess: view.age === null ? view.lastSuccess : `${view.lastSuccess}, ${view.age} before the cut-off`,
    lastFailure: lastFailure === null ? null : `${view.lastFailure?.time}: ${shortText(reason, textChars)}`,
    attempts: view.attempts,
    owner: view.owner,
  };
}

/** A resource that is not good, and for which a waiver holds. */
export function waivedLine(
  resource: ResourceCompliance & { readonly waiver: AppliedWaiver },
  reportDay: DailyReport['reportDay'],
): MailLine {
  const { outcome, verdict, since } = exceptionView({ ...resource, findings: [] }, reportDay);
  const { reason, ticket, approvedBy, expires, daysLeft } = waiverTerms(resource.waiver);
  const terms = [ticket, `approved by ${approvedBy}`].map((term) => shortText(term, nameChars)).join(', ');
  return {
    name: shortText(resource.resourceName, nameChars),
    text: `${standing(outcome, verdict)}, ${since}; waived until ${expires} (${daysLeft}), ${terms}: ${shortText(reason, textChars)}`,
  };
}

/** A resource that is not good, and was not so in the previous report. */
export function newLine(turn: Turn, waived: ReadonlySet<string>): MailLine {
  const { outcome, verdict, isWaived } = newView(turn, waived);
  return {
    name: shortText(turn.resourceName, nameChars),
    text: `${standing(outcome, verdict)}${isWaived ? ', waived' : ''}: ${shortText(turn.words, textChars)}`,
  };
}

/** A resource that was not good in the previous report, and is not any more. */
export function resolvedLine(turn: Turn, waived: ReadonlySet<string>): MailLine {
  const { verdict, time } = resolvedView(turn, waived);
  return {
    name: shortText(turn.resourceName, nameChars),
    text: `${verdict.words} ${time}; ${shortText(turn.words, textChars)}`,
  };
}

/** `Failed, non-compliant`; one word where both are the same or there is only one. */
function standing(outcome: Label | null, verdict: Label): string {
  if (outcome === null || outcome.words === verdict.words) return verdict.words;
  return `${outcome.words}, ${verdict.words.toLowerCase()}`;
}

export function incidentLine(incident: Incident, timezone: string): MailLine {
  const since = timeWords(incident.openedAt ?? incident.lastSeenAt, timezone, '');
  const bearing = incident.bearsOnBackups ? 'backup failure' : 'context only';
  return {
    name: shortText(incident.resourceName, nameChars),
    text: `${shortText(incident.condition, nameChars)}, ${bearing}, open since ${since}`,
  };
}

export function findingLine({ kind, subject, words }: ReportFinding): MailLine {
  return {
    name: shortText(subject, nameChars),
    text: `${findingLabels[kind].words}: ${shortText(words, textChars)}`,
  };
}
