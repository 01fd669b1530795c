import type { DailyReport, ReportFinding } from '../../model/daily-report.js';
import type { Superseding } from '../../../../model/manifest.js';
import type { WorkbookLink } from '../../../../ports.js';
import type { Branding } from '../../../../renderers/theme.js';
import { plainLine } from '../../../../base/text-safety.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { mailItems, moreWords } from './mail-items.js';
import type { PlacedPicture } from '../../../../renderers/email/mail-pictures.js';
import { mailHeadline, preheader, subjectLabel, subjectSummary } from './mail-subject.js';
import { mailTexts, type MailTexts } from '../../../../renderers/view/mail-texts.js';
import { totalsView } from './mail-totals.js';
import { isBad, isException, isWaivedBad } from './standing.js';

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
  readonly supersedes?: Superseding | null;
  readonly link?: WorkbookLink | null;
}

/** How the mail looks and speaks, and the pictures that go with it. */
export interface MailStyle {
  readonly wording: Wording;
  readonly branding: Branding;
  readonly picture: PlacedPicture | null;
  readonly logo: PlacedPicture | null;
}

/** What both parts of the mail show: they have equal content because they have one view. */
export type MailView = ReturnType<typeof mailView>;

/** Tells of the first `cap` exceptions, of no more lines of any other list, and counts what it does not tell of. */
export function mailView(input: MailInput, style: MailStyle, cap: number) {
  const { report } = input;
  const texts = mailTexts(style.wording, report.reportDay.timezone);
  return {
    ...faceView(input, style.wording, texts),
    ...brandView(style, texts),
    ...totalsView(report, style.wording, texts),
    ...listsView(report, style.wording, texts, cap),
  };
}

/** Verdict, completeness and where the report lies. */
function faceView(input: MailInput, wording: Wording, texts: MailTexts) {
  const { report, revision, location, attached } = input;
  const { reportDay, slice, statusReasons, tool } = report;
  const { text, language } = wording;
  const verdict = wording.reportVerdict(report);
  return {
    lang: language.tag,
    label: subjectLabel(report, wording),
    summary: subjectSummary(report, wording),
    preheader: preheader(report, wording),
    verdict: verdict.words,
    tone: verdict.tone,
    headline: mailHeadline(report, wording),
    sliceName: slice === null ? null : texts.name(slice.name),
    slice: slice === null ? null : text('mail.slice.words', { ...slice, name: texts.name(slice.name) }),
    revised: revisedView(input, wording, texts),
    incomplete: report.status === 'INCOMPLETE',
    statusReasons: statusReasons.slice(0, reasonCap).map(texts.sentence),
    moreReasons: moreWords(wording, 'reason', statusReasons.length - reasonCap),
    plan: texts.name(report.plan),
    day: texts.day(reportDay.date),
    timezone: texts.name(reportDay.timezone),
    window: text('mail.footer.windowWords', {
      start: texts.time(reportDay.start),
      end: texts.time(reportDay.cutOff),
    }),
    hours: language.count('hour', reportDay.hours),
    unusualHours:
      reportDay.hours === 24 ? null : text('mail.footer.unusualHours', { hours: reportDay.hours }),
    revision: language.integer(revision),
    generatedAt: texts.time(report.generatedAt),
    generatedLater:
      report.generatedDaysLater === 0
        ? null
        : text('mail.footer.generatedLater', { days: report.generatedDaysLater }),
    location: texts.short(location, locationChars),
    // Only an address that every mail client knows to be one becomes a link.
    link: isLink(location) ? location : null,
    attached,
    workbookLink: workbookLink(input, wording, texts),
    tool: texts.name(`${tool.name} ${tool.version}`),
  };
}

/** By which whoever has it gets the workbook. */
function workbookLink({ attached, link }: MailInput, { text }: Wording, texts: MailTexts) {
  if (attached || !link) return null;
  const until = texts.time(new Date(link.expiresMs).toISOString());
  const url = texts.short(link.url, locationChars);
  return { url, isLink: isLink(link.url), words: text('mail.linked', { until }) };
}

/** What this revision replaces, and what changed by it. */
function revisedView({ revision, supersedes }: MailInput, { text }: Wording, texts: MailTexts) {
  if (!supersedes) return null;
  const { changes, changesTotal, reason } = supersedes;
  const shown = changes.slice(0, lineCap);
  const more = changesTotal - shown.length;
  return {
    title: text('mail.revised.title', { revision, earlier: supersedes.revision }),
    reason: texts.sentence(reason),
    changes: shown.map(({ subject, words }) => ({
      subject: texts.name(subject),
      words: texts.sentence(words),
    })),
    more: more > 0 ? text('mail.revised.more', { number: more }) : null,
  };
}

function brandView({ branding, picture, logo }: MailStyle, texts: MailTexts) {
  const { company, footer } = branding;
  return {
    company: company === null ? null : texts.name(company),
    footer: footer === null ? null : texts.sentence(footer),
    logo,
    picture,
  };
}

function listsView(report: DailyReport, wording: Wording, texts: MailTexts, cap: number) {
  const { resources, reportDay, followUp, incidents, findings } = report;
  const items = mailItems(wording, texts, reportDay.date);
  const lines = Math.min(lineCap, cap);
  const waived = new Set(resources.filter(({ waiver }) => waiver !== null).map((each) => each.resourceId));
  const open = incidents.filter(({ state }) => state === 'open');
  return {
    exceptions: items.list('exception', resources.filter(isException), cap, items.exception),
    newlyBad: items.list('newlyBad', followUp.newlyBad, lines, (turn) =>
      items.newlyBad(turn, waived.has(turn.resourceId)),
    ),
    resolved: items.list('resolved', followUp.resolved, lines, items.resolved),
    waived: items.list('waived', resources.filter(isWaivedBad), lines, items.waived),
    waiversEnding: items.list('waiversEnding', findings.filter(isWaiverEnding), lines, items.finding),
    incidents: items.list('incidents', open, lines, items.incident),
    findings: items.list('findings', otherFindings(findings), lines, items.finding),
    notes: notes(report, wording),
  };
}

/** It changes what the next mails say. */
function isWaiverEnding({ kind }: ReportFinding): boolean {
  return kind === 'waiver-expiring' || kind === 'waiver-expired';
}

function isAboutWaivers({ kind }: ReportFinding): boolean {
  return kind.startsWith('waiver-');
}

/** Those about waivers first. */
function otherFindings(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  const others = findings.filter((finding) => !isWaiverEnding(finding));
  return [...others.filter(isAboutWaivers), ...others.filter((finding) => !isAboutWaivers(finding))];
}

/** One sentence for each thing that a person should know was not as expected. */
function notes(report: DailyReport, { text }: Wording): readonly string[] {
  const counts = {
    rejected: report.controlTotals.rejected,
    unrecognised: report.unrecognisedTypes.length,
    notInInventory: report.notInInventory.length,
    otherFindings: report.resources.filter((each) => each.findings.length > 0 && !isBad(each)).length,
  };
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([note, number]) => text(`mail.notes.${note}`, { number }));
}

function isLink(location: string): boolean {
  return (
    /^https:\/\/[^\s]+$/.test(location) &&
    location === plainLine(location) &&
    location.length <= locationChars
  );
}
