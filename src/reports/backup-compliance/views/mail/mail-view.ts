import { toIso } from '../../../../base/instants.js';
import { plainLine } from '../../../../base/text-safety.js';
import type { CappedView, MailInput } from '../../../../renderers/view/report-views.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import { faceNotes } from '../face-notes.js';
import { moreWords } from './mail-list.js';
import { listsView, mailLineCap } from './mail-lists.js';
import { mailHeadline, preheader, subjectLabel, subjectSummary } from './mail-subject.js';
import { totalsView } from './mail-totals.js';
import { type MailWording, mailWording } from './mail-wording.js';

/** Reasons for INCOMPLETE in a mail; the report has the rest. */
const reasonCap = 10;
/** A location that was cut leads nowhere; anything longer is not a location. */
const mailLocationChars = 1_000;

type BackupMailInput = MailInput<DailyReport>;

/**
 * What both parts of the mail show: one view, so that their content is equal. It lists the first `cap` exceptions, at
 * most as many lines of any other list, and counts the rest.
 */
export function mailView(input: BackupMailInput, wording: Wording): CappedView {
  const { report } = input;
  const context = mailWording(report, wording);
  const face = { ...mailFace(input, context), ...totalsView(report, context) };
  return (cap) => ({ ...face, ...listsView(report, context, cap) });
}

/** Verdict, completeness and where the report is. */
function mailFace(input: BackupMailInput, context: MailWording) {
  const { report, revision, location, attached } = input;
  const { reportDay, slice, statusReasons, tool } = report;
  const { wording, texts } = context;
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
    revised: mailRevision(input, context),
    faceNotes: faceNotes(report, wording).map(texts.sentence),
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
    location: texts.short(location, mailLocationChars),
    // Only an address that every mail client recognises becomes a link.
    link: isLink(location) ? location : null,
    attached,
    workbookLink: workbookLink(input, context),
    tool: texts.name(`${tool.name} ${tool.version}`),
  };
}

/** A link by which anybody who has it gets the workbook. */
function workbookLink({ attached, link }: BackupMailInput, { wording, texts }: MailWording) {
  if (attached || !link) return null;
  const until = texts.time(toIso(link.expiresMs));
  const url = texts.short(link.url, mailLocationChars);
  return { url, isLink: isLink(link.url), words: wording.text('mail.linked', { until }) };
}

/** What this revision replaces, and what it changes. */
function mailRevision({ revision, supersedes }: BackupMailInput, { wording, texts }: MailWording) {
  const { text } = wording;
  if (!supersedes) return null;
  const { changes, changesTotal, reason } = supersedes;
  const shown = changes.slice(0, mailLineCap);
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

function isLink(location: string): boolean {
  return (
    /^https:\/\/[^\s]+$/.test(location) &&
    location === plainLine(location) &&
    location.length <= mailLocationChars
  );
}
