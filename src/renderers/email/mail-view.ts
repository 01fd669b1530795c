import type { DailyReport, ReportFinding } from '../../model/daily-report.js';
import { outcomes, type AppliedWaiver, type ResourceCompliance } from '../../model/resource-compliance.js';
import { waivedIds } from '../html/follow-up-view.js';
import { headline } from '../html/report-view.js';
import { isBad, isException, isWaivedBad } from '../html/resource-view.js';
import {
  outcomeBalance,
  recordBalance,
  shortText,
  sliceWords,
  unusualHours,
  verdictBalance,
  waivedWords,
  windowWords,
} from '../html/view-parts.js';
import {
  formatCount,
  formatInteger,
  formatPercent,
  formatTime,
  outcomeLabels,
  reportVerdictLabel,
  type Label,
} from '../labels.js';
import { plainLine } from '../text-safety.js';
import { toneColours } from './mail-colours.js';
import {
  findingLine,
  incidentLine,
  mailException,
  mailList,
  moreWords,
  nameChars,
  newLine,
  resolvedLine,
  textChars,
  waivedLine,
} from './mail-items.js';
import { preheader, subjectLabel, subjectSummary } from './mail-subject.js';

/** Reasons for INCOMPLETE in a mail; the report has the rest. */
const reasonCap = 10;
/** Lines of any list but the exceptions. */
const lineCap = 10;
/** A location that was cut leads nowhere; beyond this it is not a location. */
const locationChars = 1_000;

export interface MailInput {
  readonly report: DailyReport;
  readonly revision: number;
  readonly location: string;
  readonly attached: boolean;
}

/** What both parts of the mail show: they have equal content because they have one view. */
export type MailView = ReturnType<typeof mailView>;

/** Tells of the first `cap` exceptions, of no more lines of any other list, and counts what it does not tell of. */
export function mailView(input: MailInput, cap: number) {
  const { report } = input;
  return { ...faceView(input), ...totalsView(report), ...listsView(report, cap) };
}

/** Verdict, completeness and where the report lies. */
function faceView({ report, revision, location, attached }: MailInput) {
  const { reportDay, slice } = report;
  const zone = reportDay.timezone;
  const verdict = reportVerdictLabel(report);
  return {
    label: subjectLabel(report),
    summary: subjectSummary(report),
    preheader: preheader(report),
    sliceName: slice === null ? null : shortText(slice.name, nameChars),
    slice: sliceWords(report),
    verdict: verdict.words,
    colours: toneColours[verdict.tone],
    alarm: toneColours.warn,
    note: toneColours.info,
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
    location: shortText(location, locationChars),
    // Only an address that every mail client knows to be one becomes a link.
    link: isLink(location) ? location : null,
    attached,
    tool: shortText(`${report.tool.name} ${report.tool.version}`, nameChars),
  };
}

function totalsView({ totals, followUp, controlTotals }: DailyReport) {
  return {
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
    verdictBalance: verdictBalance(totals),
    outcomeBalance: outcomeBalance(totals),
    waivedTotals: waivedWords(totals),
    comparedWith: followUp.comparedWith === null ? null : shortText(followUp.comparedWith, nameChars),
    recordBalance: recordBalance(controlTotals),
  };
}

function listsView(report: DailyReport, cap: number) {
  const { resources, reportDay, followUp, incidents } = report;
  const lines = Math.min(lineCap, cap);
  const waived = waivedIds(report);
  const open = incidents.filter(({ state }) => state === 'open');
  return {
    exceptions: mailList(
      resources.filter((resource) => isException(resource)),
      cap,
      'exception',
      (resource) => mailException(resource, reportDay),
    ),
    waived: mailList(resources.filter(isWaived), lines, 'waived resource', (resource) =>
      waivedLine(resource, reportDay),
    ),
    newlyBad: mailList(followUp.newlyBad, lines, 'new exception', (turn) => newLine(turn, waived)),
    resolved: mailList(followUp.resolved, lines, 'resolved resource', (turn) => resolvedLine(turn, waived)),
    incidents: mailList(open, lines, 'open incident', (each) => incidentLine(each, reportDay.timezone)),
    findings: mailList(waiversFirst(report.findings), lines, 'finding', findingLine),
    notes: notes(report),
  };
}

function isWaived(
  resource: ResourceCompliance,
): resource is ResourceCompliance & { readonly waiver: AppliedWaiver } {
  return isWaivedBad(resource);
}

/** A waiver that runs out changes what the next mails say. */
function waiversFirst(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  return [
    ...findings.filter((finding) => isAboutWaivers(finding)),
    ...findings.filter((finding) => !isAboutWaivers(finding)),
  ];
}

function isAboutWaivers({ kind }: ReportFinding): boolean {
  return kind.startsWith('waiver-');
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
  const findings = report.resources.filter((r) => r.findings.length > 0 && !isBad(r)).length;
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

function isLink(location: string): boolean {
  return (
    /^https:\/\/[^\s]+$/.test(location) &&
    location === plainLine(location) &&
    location.length <= locationChars
  );
}
