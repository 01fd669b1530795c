import type { BackupChange } from '../../model/backup-change.js';
import type { ReportFinding, Transition } from '../../model/daily-report.js';
import type { Incident } from '../../model/incident.js';
import type { AppliedWaiver, ResourceCompliance } from '../../model/resource-compliance.js';
import { fromToWords } from '../setting-words.js';
import { sinceWords, standingWords } from './mail-standing.js';
import type { MailWording } from './mail-wording.js';

/** A resource that a waiver holds for. */
export type WaivedResource = ResourceCompliance & { readonly waiver: AppliedWaiver };

/** One line about one thing. */
export interface MailLine {
  readonly name: string;
  readonly text: string;
}

/** A resource that is not good and has a waiver. */
export function waivedLine(resource: WaivedResource, context: MailWording): MailLine {
  const { wording, texts } = context;
  const { reason, ticket, approvedBy, expires, daysLeft } = resource.waiver;
  return {
    name: texts.name(resource.resourceName),
    text: wording.text('mail.line.waived', {
      standing: standingWords(resource.outcome, resource.compliance, context),
      since: sinceWords(resource, context),
      expires: texts.day(expires),
      daysLeft: wording.daysLeft(daysLeft),
      ticket: ticket === null ? wording.text('mail.line.noTicket') : texts.name(ticket),
      approvedBy: texts.name(approvedBy),
      reason: texts.sentence(reason),
    }),
  };
}

/** A resource that is not good now but was in the previous report; why stands with it among the exceptions. */
export function newlyBadLine(transition: Transition, isWaived: boolean, context: MailWording): MailLine {
  const { wording, texts } = context;
  return {
    name: texts.name(transition.resourceName),
    text: wording.text(isWaived ? 'mail.line.newlyBadWaived' : 'mail.line.newlyBad', {
      standing: standingWords(transition.outcome, transition.compliance, context),
    }),
  };
}

/** A resource that was not good in the previous report and is now. */
export function resolvedLine(transition: Transition, context: MailWording): MailLine {
  const { wording, texts } = context;
  return {
    name: texts.name(transition.resourceName),
    text: wording.text('mail.line.resolved', {
      standing: standingWords(null, transition.compliance, context),
      days: transition.badDays,
      day: texts.day(transition.badSince),
      words: texts.sentence(transition.words),
    }),
  };
}

export function incidentLine(incident: Incident, { wording, texts }: MailWording): MailLine {
  const { resourceName, condition, bearsOnBackups, openedAt, lastSeenAt } = incident;
  return {
    name: texts.name(resourceName),
    text: wording.text(bearsOnBackups ? 'mail.line.incident' : 'mail.line.incidentContext', {
      condition: texts.name(condition),
      time: texts.time(openedAt ?? lastSeenAt),
    }),
  };
}

/** What was set, and what it means. */
export function changeLine(change: BackupChange, { wording, texts }: MailWording): MailLine {
  const { resourceName, what, time, principal, consequence = '' } = change;
  const fromTo = fromToWords(change, wording);
  return {
    name: texts.name(resourceName),
    text: wording.text('mail.line.change', {
      words: texts.sentence(fromTo === null ? consequence : `${fromTo}: ${consequence}`),
      what: texts.name(what),
      time: texts.time(time),
      who: principal === null ? wording.text('mail.line.notSaid') : texts.name(principal),
    }),
  };
}

export function findingLine(
  { kind, subject, words }: ReportFinding,
  { wording, texts }: MailWording,
): MailLine {
  return {
    name: texts.name(subject),
    text: wording.text('mail.line.finding', {
      kind: wording.finding(kind).words,
      words: texts.sentence(words),
    }),
  };
}
