import type { ReportFinding, Transition } from '../../model/daily-report.js';
import type { Incident } from '../../model/incident.js';
import {
  controlNames,
  type Outcome,
  type ResourceCompliance,
  type Verdict,
} from '../../model/resource-compliance.js';
import type { Tone, Wording } from '../../../../renderers/view/wording.js';
import type { MailTexts } from '../../../../renderers/view/mail-texts.js';
import type { WaivedResource } from './standing.js';

/** A list that a mail may cut: what it shows, how many there are, and a sentence for the rest. */
export interface MailList<Item> {
  readonly hasAny: boolean;
  readonly total: string;
  readonly items: readonly Item[];
  readonly more: string | null;
}

export interface MailException {
  readonly name: string;
  /** Type and compartment. */
  readonly kind: string;
  readonly outcome: string;
  /** null where it is the same word as the outcome. */
  readonly verdict: string | null;
  /** `since 2026-11-17, 3 bad days in a row` */
  readonly since: string;
  readonly severity: string;
  readonly tone: Tone;
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

/** What the lists of a mail say, in one language. */
export type MailItems = ReturnType<typeof mailItems>;

/** @param date of the report day */
export function mailItems(wording: Wording, texts: MailTexts, date: string) {
  const { text } = wording;

  const since = (badSince: string, days: number): string =>
    text(days < 2 ? 'mail.since.first' : 'mail.since.more', { day: texts.day(badSince), days });
  const sinceOf = (resource: ResourceCompliance): string =>
    since(resource.badSince ?? date, resource.consecutiveBadDays);
  /** `Failed, non-compliant`; one word where both are the same or there is only one. */
  const standing = (outcome: Outcome | null, verdict: Verdict | null): string => {
    if (verdict === null) return text('mail.standing.left');
    const words = wording.verdict(verdict).words;
    const outcomeWords = outcome === null ? words : wording.outcome(outcome).words;
    return outcomeWords === words ? words : text(`mail.standing.${verdict}`, { outcome: outcomeWords });
  };

  return {
    list: <Source, Item>(
      kind: string,
      all: readonly Source[],
      cap: number,
      item: (source: Source) => Item,
    ): MailList<Item> => ({
      hasAny: all.length > 0,
      total: wording.language.integer(all.length),
      items: all.slice(0, cap).map((source) => item(source)),
      more: moreWords(wording, kind, all.length - cap),
    }),

    exception: (resource: ResourceCompliance): MailException => {
      const { outcome, compliance, severity, owner, attempts } = resource;
      const label = wording.outcome(outcome);
      const verdict = wording.verdict(compliance);
      return {
        name: texts.name(resource.resourceName),
        kind: kindWords(resource, texts),
        outcome: label.words,
        verdict: verdict.words === label.words ? null : verdict.words,
        since: sinceOf(resource),
        severity: wording.severity(severity).words,
        tone: label.tone === 'good' ? verdict.tone : label.tone,
        why: whyWords(resource, wording, texts),
        lastSuccess: lastSuccessWords(resource, wording, texts),
        lastFailure: lastFailureWords(resource, wording, texts),
        attempts: wording.language.integer(attempts),
        owner: owner === null ? text('mail.exception.noOwner') : texts.name(owner),
      };
    },

    /** A resource that is not good, and for which a waiver holds. */
    waived: (resource: WaivedResource): MailLine => {
      const { reason, ticket, approvedBy, expires, daysLeft } = resource.waiver;
      return {
        name: texts.name(resource.resourceName),
        text: text('mail.line.waived', {
          standing: standing(resource.outcome, resource.compliance),
          since: sinceOf(resource),
          expires: texts.day(expires),
          daysLeft: wording.daysLeft(daysLeft),
          ticket: ticket === null ? text('mail.line.noTicket') : texts.name(ticket),
          approvedBy: texts.name(approvedBy),
          reason: texts.sentence(reason),
        }),
      };
    },

    /** A resource that is not good, and was not so in the previous report. */
    newlyBad: (turn: Transition, isWaived: boolean): MailLine => ({
      name: texts.name(turn.resourceName),
      text: text(isWaived ? 'mail.line.newlyBadWaived' : 'mail.line.newlyBad', {
        standing: standing(turn.outcome, turn.compliance),
        since: since(turn.badSince, turn.badDays),
        words: texts.sentence(turn.words),
      }),
    }),

    /** A resource that was not good in the previous report, and is not so any more. */
    resolved: (turn: Transition): MailLine => ({
      name: texts.name(turn.resourceName),
      text: text('mail.line.resolved', {
        standing: standing(null, turn.compliance),
        days: turn.badDays,
        day: texts.day(turn.badSince),
        words: texts.sentence(turn.words),
      }),
    }),

    incident: ({ resourceName, condition, bearsOnBackups, openedAt, lastSeenAt }: Incident): MailLine => ({
      name: texts.name(resourceName),
      text: text(bearsOnBackups ? 'mail.line.incident' : 'mail.line.incidentContext', {
        condition: texts.name(condition),
        time: texts.time(openedAt ?? lastSeenAt),
      }),
    }),

    finding: ({ kind, subject, words }: ReportFinding): MailLine => ({
      name: texts.name(subject),
      text: text('mail.line.finding', {
        kind: wording.finding(kind).words,
        words: texts.sentence(words),
      }),
    }),
  };
}

/** That so many are not listed; null where all are. */
export function moreWords({ text }: Wording, kind: string, rest: number): string | null {
  return rest <= 0 ? null : text(`mail.more.${kind}`, { number: rest });
}

function kindWords(resource: ResourceCompliance, texts: MailTexts): string {
  const { resourceType, compartmentName, compartmentId } = resource;
  const place = compartmentName ?? compartmentId;
  const type = texts.name(resourceType);
  return place === null ? type : `${type} · ${texts.name(place)}`;
}

/** The controls that it fails, then those of which nobody knows. */
function whyWords({ controls }: ResourceCompliance, wording: Wording, texts: MailTexts): readonly string[] {
  const why = (['NON_COMPLIANT', 'UNKNOWN'] as const).flatMap((verdict) =>
    controlNames
      .filter((control) => controls[control].verdict === verdict)
      .map((control) => `${wording.control(control).words}: ${texts.sentence(controls[control].reason)}`),
  );
  return why.length === 0 ? [wording.text('mail.exception.noControl')] : why;
}

function lastSuccessWords(resource: ResourceCompliance, wording: Wording, texts: MailTexts): string {
  const { lastSuccessTime, recoveryPointAgeSeconds } = resource;
  if (lastSuccessTime === null) return wording.text('mail.exception.noSuccess');
  const time = texts.time(lastSuccessTime);
  if (recoveryPointAgeSeconds === null) return time;
  return wording.text('mail.exception.age', { time, age: wording.duration(recoveryPointAgeSeconds) });
}

function lastFailureWords(
  { lastFailure }: ResourceCompliance,
  wording: Wording,
  texts: MailTexts,
): string | null {
  if (lastFailure === null) return null;
  const { time, message } = lastFailure;
  const reason = message === null ? wording.text('mail.exception.noReason') : texts.sentence(message);
  return `${texts.time(time)}: ${reason}`;
}
