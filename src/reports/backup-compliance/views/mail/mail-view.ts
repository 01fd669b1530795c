import { toIso } from '../../../../base/instants.js';
import { textDirection } from '../../../../base/text-direction.js';
import type { CappedView, MailInput } from '../../../../renderers/view/report-views.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import { cloudsOf } from '../clouds.js';
import { faceNotes } from '../face-notes.js';
import { headlineView } from './mail-headline.js';
import { isLink, linkOrNull, mailLocationChars } from './mail-link.js';
import { mailLister } from './mail-lists.js';
import { mailReasons, mailRevision } from './mail-notices.js';
import { preheader, subjectLabel, subjectSummary } from './mail-subject.js';
import { totalsView } from './mail-totals.js';
import { type MailWording, mailWording } from './mail-wording.js';

type BackupMailInput = MailInput<DailyReport>;

/**
 * What both parts of the mail show: one view, so that their content is equal. It lists the first `cap` exceptions, at
 * most as many lines of any other list, and counts the rest.
 */
export function mailView(input: BackupMailInput, wording: Wording): CappedView {
  const { report } = input;
  const context = mailWording(report, wording);
  const face = {
    ...mailFace(input, context),
    ...headlineView(report, context),
    ...mailReasons(report, context),
    revised: mailRevision(input, context),
    ...mailFacts(input, context),
    ...totalsView(report, context.wording),
  };
  const lists = mailLister(report, context);
  return (cap) => ({ ...face, ...lists(cap) });
}

/** Verdict and day, and where the report is. */
function mailFace(input: BackupMailInput, context: MailWording) {
  const { report, location, attached } = input;
  const { reportDay, slice } = report;
  const { wording, texts } = context;
  const { text, language } = wording;
  const verdict = wording.reportVerdict(report);
  return {
    lang: language.tag,
    // Not every mail client knows the attribute, so that only such a language has it.
    isRightToLeft: textDirection(language.tag) === 'rtl',
    label: subjectLabel(report, wording),
    summary: subjectSummary(report, wording),
    preheader: preheader(report, context),
    verdict: verdict.words,
    tone: verdict.tone,
    hasClouds: cloudsOf(report.resources).length > 0,
    plan: texts.name(report.plan),
    day: texts.day(reportDay.date),
    sliceName: slice === null ? null : texts.name(slice.name),
    slice: slice === null ? null : text('mail.slice.words', { ...slice, name: texts.name(slice.name) }),
    faceNotes: faceNotes(report, wording).map(texts.sentence),
    location: texts.short(location, mailLocationChars),
    link: linkOrNull(location),
    attached,
    workbookLink: workbookLink(input, context),
  };
}

/** What stands at the end, for the one who checks. */
function mailFacts({ report, revision }: BackupMailInput, { wording, texts }: MailWording) {
  const { reportDay, tool, generatedDaysLater: days } = report;
  const { text, language } = wording;
  const { hours } = reportDay;
  return {
    timezone: texts.name(reportDay.timezone),
    window: text('mail.footer.windowWords', {
      start: texts.time(reportDay.start),
      end: texts.time(reportDay.cutOff),
    }),
    hours: language.count('hour', hours),
    unusualHours: hours === 24 ? null : text('mail.footer.unusualHours', { hours }),
    revision: language.integer(revision),
    generatedAt: texts.time(report.generatedAt),
    generatedLater: days === 0 ? null : text('mail.footer.generatedLater', { days }),
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
