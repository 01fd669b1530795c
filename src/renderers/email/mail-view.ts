import type { DailyReport } from '../../model/daily-report.js';
import type { Incident } from '../../model/incident.js';
import { outcomes, type ResourceCompliance } from '../../model/resource-compliance.js';
import { headline } from '../html/report-view.js';
import { exceptionView, isException } from '../html/resource-view.js';
import {
  outcomeBalance,
  recordBalance,
  shortText,
  unusualHours,
  verdictBalance,
  windowWords,
} from '../html/view-parts.js';
import {
  formatCount,
  formatInteger,
  formatPercent,
  formatTime,
  outcomeLabels,
  reportVerdict,
  type Label,
  type Tone,
} from '../labels.js';
import { plainLine } from '../text-safety.js';
import { preheader, subjectLabel, subjectSummary } from './mail-subject.js';

/** Reasons and incidents in a mail; the report has the rest. */
const reasonCap = 10;
const incidentCap = 10;
/** Characters of one text. A digest is read on a phone. */
const nameChars = 120;
const textChars = 240;
/** A location that was cut leads nowhere; beyond this it is not a location. */
const locationChars = 1_000;

/** Text and ground, written into the mail: no client agrees with another on style sheets. */
interface Colours {
  readonly text: string;
  readonly ground: string;
  readonly solid: string;
}

const toneColours: Readonly<Record<Tone, Colours>> = {
  good: { text: '#14683a', ground: '#e2f3e9', solid: '#17693d' },
  warn: { text: '#7a4a00', ground: '#fdf0d8', solid: '#8a5300' },
  bad: { text: '#a11d24', ground: '#fce6e6', solid: '#a3242b' },
  unknown: { text: '#543b94', ground: '#ece7f8', solid: '#56409a' },
  info: { text: '#17507e', ground: '#e2eef8', solid: '#17507e' },
  quiet: { text: '#4c5868', ground: '#e9ecf0', solid: '#4c5868' },
};

export interface MailInput {
  readonly report: DailyReport;
  readonly revision: number;
  readonly location: string;
  readonly attached: boolean;
}

export interface MailException {
  readonly name: string;
  readonly kind: string;
  readonly outcome: string;
  readonly verdict: string;
  readonly colours: Colours;
  readonly why: readonly string[];
  readonly lastSuccess: string;
  readonly lastFailure: string | null;
  readonly attempts: string;
  readonly owner: string;
}

/** What both parts of the mail show: they have equal content because they have one view. */
export type MailView = ReturnType<typeof mailView>;

/** Tells of the first `cap` exceptions and counts the others. */
export function mailView(input: MailInput, cap: number) {
  const { report, revision, location, attached } = input;
  const { reportDay, totals } = report;
  const zone = reportDay.timezone;
  const exceptions = report.resources.filter((resource) => isException(resource));
  const open = report.incidents.filter((incident) => incident.state === 'open');
  const verdict = reportVerdict(report);
  return {
    label: subjectLabel(report),
    summary: subjectSummary(report),
    preheader: preheader(report),
    verdict: verdict.words,
    colours: toneColours[verdict.tone],
    alarm: toneColours.warn,
    headline: headline(report),
    incomplete: report.status === 'INCOMPLETE',
    statusReasons: report.statusReasons.slice(0, reasonCap).map((reason) => shortText(reason, textChars)),
    moreReasons: moreWords(report.statusReasons.length - reasonCap, 'reason'),
    plan: shortText(report.plan, nameChars),
    date: shortText(reportDay.date, nameChars),
    timezone: shortText(zone, nameChars),
    window: windowWords(reportDay.start, reportDay.cutOff, zone),
    hours: formatCount(reportDay.hours, 'hour'),
    unusualHours: unusualHours(reportDay.hours),
    revision: formatInteger(revision),
    generatedAt: formatTime(report.generatedAt, zone),
    percent: formatPercent(totals.compliancePercent),
    nothingSeen: totals.expected === 0,
    tiles: [
      mailTile({ words: 'Expected', tone: 'quiet' }, totals.expected),
      mailTile({ words: 'Compliant', tone: 'good' }, totals.compliant),
      mailTile({ words: 'Non-compliant', tone: 'bad' }, totals.nonCompliant),
      mailTile({ words: 'Unknown', tone: 'unknown' }, totals.unknown),
    ],
    outcomes: outcomes
      .filter((outcome) => totals.byOutcome[outcome] > 0)
      .map((outcome) => mailTile(outcomeLabels[outcome], totals.byOutcome[outcome])),
    verdictBalance: verdictBalance(report),
    outcomeBalance: outcomeBalance(report),
    waived: totals.waived === 0 ? null : `${formatInteger(totals.waived)} waived, counted apart`,
    exceptionCount: formatInteger(exceptions.length),
    exceptions: exceptions.slice(0, cap).map((resource) => mailException(resource, zone)),
    moreExceptions: moreWords(exceptions.length - cap, 'exception'),
    incidentCount: formatInteger(open.length),
    incidents: open.slice(0, incidentCap).map((incident) => mailIncident(incident, zone)),
    moreIncidents: moreWords(open.length - incidentCap, 'open incident'),
    notes: notes(report),
    recordBalance: recordBalance(report.controlTotals),
    location: shortText(location, locationChars),
    // Only an address that every mail client knows to be one becomes a link.
    link: isLink(location) ? location : null,
    attached,
    tool: shortText(`${report.tool.name} ${report.tool.version}`, nameChars),
  };
}

/** The same mail with one exception fewer, the least bad of those listed. */
export function withOneLess(view: MailView, report: DailyReport): MailView {
  const exceptions = view.exceptions.slice(0, -1);
  const total = report.resources.filter((resource) => isException(resource)).length;
  return { ...view, exceptions, moreExceptions: moreWords(total - exceptions.length, 'exception') };
}

function mailException(resource: ResourceCompliance, timezone: string): MailException {
  const view = exceptionView({ ...resource, findings: [] }, timezone);
  const { lastFailure } = resource;
  const reason = lastFailure?.message ?? 'The service gave no reason.';
  return {
    name: shortText(resource.resourceName, nameChars),
    kind: view.kind,
    outcome: view.outcome.words,
    verdict: view.verdict.words,
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

function mailIncident(
  incident: Incident,
  timezone: string,
): { readonly name: string; readonly text: string } {
  const since = incident.openedAt ?? incident.lastSeenAt;
  const bearing = incident.bearsOnBackups ? 'backup failure' : 'context only';
  return {
    name: shortText(incident.resourceName, nameChars),
    text: `${shortText(incident.condition, nameChars)}, ${bearing}, open since ${shortText(formatTime(since, timezone))}`,
  };
}

/** One sentence for each thing that a person should know was not as expected. */
function notes(report: DailyReport): readonly string[] {
  const sentences: string[] = [];
  const { rejected } = report.controlTotals;
  if (rejected > 0) sentences.push(`${formatCount(rejected, 'record')} could not be read.`);
  const types = report.unrecognisedTypes.length;
  if (types > 0) sentences.push(`${formatCount(types, 'event type')} not in the catalogue of this version.`);
  const strangers = report.notInInventory.length;
  if (strangers > 0) sentences.push(`${formatCount(strangers, 'resource')} not in the inventory.`);
  const findings = report.resources.filter((r) => r.findings.length > 0 && !isException(r)).length;
  if (findings > 0) sentences.push(`${formatCount(findings, 'other resource')} with a finding.`);
  return sentences;
}

function mailTile(label: Label, count: number) {
  return {
    words: label.words,
    count: formatInteger(count),
    colours: toneColours[count === 0 ? 'quiet' : label.tone],
  };
}

function moreWords(rest: number, noun: string): string | null {
  if (rest <= 0) return null;
  return `${formatCount(rest, `more ${noun}`)} not listed in this mail; the report has them all.`;
}

function isLink(location: string): boolean {
  return (
    /^https:\/\/[^\s]+$/.test(location) &&
    location === plainLine(location) &&
    location.length <= locationChars
  );
}
