import { compareText } from '../../../../base/text-order.js';
import type { NoticeInput, NoticeWords } from '../../../../ports/mail-renderer.js';
import { dateWords, shortText } from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import { isException, isWaivedBad } from '../../model/verdict.js';
import { type BackupWording, createBackupWording } from '../backup-wording.js';
import { faceNotes } from '../face-notes.js';
import { groupByCause } from '../causes/cause-groups.js';
import { headlineLine } from '../mail/mail-headline.js';
import { noticeFinding } from './notice-finding.js';
import { noticeGroup } from './notice-group.js';

/** A channel shows a few lines; the report has the rest. */
const shownGroups = 5;
const shownReasons = 3;
const shownFindings = 10;
const shownNames = 5;
const reasonChars = 300;
const nameChars = 80;

/**
 * What a channel says of a report: its day, what it cannot know, why it is INCOMPLETE, and the worst causes with resources, owners and what to
 * do. Paragraphs are apart by an empty line. Nothing of it says where the report is.
 */
export function noticeView(input: NoticeInput<DailyReport>, ofReport: Wording): NoticeWords {
  const { report, before } = input;
  const wording = createBackupWording(ofReport);
  const exceptions = report.resources.filter((resource) => isException(resource));
  const groups = groupByCause(exceptions);
  const shown = groups.slice(0, shownGroups);
  const rest = exceptions.length - shown.reduce((sum, { resources }) => sum + resources.length, 0);
  const accepted = report.resources.filter((resource) => isWaivedBad(resource)).length;
  const { text } = wording;
  const paragraphs = [
    goodAgain(report, before, wording),
    [
      planLine(input, wording),
      ...revisedLine(input, wording),
      // The title counts the exceptions; what they are follows.
      ...(exceptions.length === 0 ? [headlineLine(report, wording)] : []),
      ...faceNotes(report, wording).map((note) => shortText(note, reasonChars)),
    ],
    incompleteLines(report, wording),
    ...shown.map((group) => noticeGroup(group, wording)),
    [
      ...(rest > 0 ? [text('notice.rest', { number: rest })] : []),
      ...(accepted > 0 && exceptions.length > 0 ? [text('notice.accepted', { number: accepted })] : []),
    ],
  ];
  return {
    text: paragraphs.flatMap((lines) => (lines.length === 0 ? [] : lines.join('\n'))).join('\n\n'),
    details: {
      exceptions: exceptions.length,
      findings: exceptions.slice(0, shownFindings).map((resource) => noticeFinding(resource, wording)),
    },
  };
}

function planLine({ report, revision }: NoticeInput<DailyReport>, wording: BackupWording): string {
  const day = dateWords(report.reportDay.date, wording);
  return wording.text('notice.plan', { plan: shortText(report.plan), day, revision });
}

function revisedLine({ supersedes }: NoticeInput<DailyReport>, { text }: BackupWording): string[] {
  if (!supersedes) return [];
  const reason = shortText(supersedes.reason, reasonChars);
  return [text('notice.revised', { earlier: supersedes.revision, reason })];
}

function incompleteLines({ status, statusReasons }: DailyReport, { text }: BackupWording): string[] {
  if (status === 'COMPLETE') return [];
  const more = statusReasons.length - shownReasons;
  return [
    text('notice.incomplete'),
    ...statusReasons
      .slice(0, shownReasons)
      .map((reason) => text('notice.reason', { reason: shortText(reason, reasonChars) })),
    ...(more > 0 ? [text('notice.moreReasons', { number: more })] : []),
  ];
}

/** What was bad in the report that this one revokes, and is no more. */
function goodAgain(
  { resources, status }: DailyReport,
  before: DailyReport | null,
  { text }: BackupWording,
): string[] {
  if (before === null) return [];
  const bad = new Set(resources.filter((each) => isException(each)).map(({ resourceId }) => resourceId));
  const known = new Set(resources.map(({ resourceId }) => resourceId));
  const names = before.resources
    .filter((each) => isException(each) && known.has(each.resourceId) && !bad.has(each.resourceId))
    .map(({ resourceName }) => shortText(resourceName, nameChars));
  const number = names.length - shownNames;
  const values = { names: names.slice(0, shownNames).toSorted(compareText).join(', '), number };
  return [
    ...(names.length === 0 ? [] : [text(number > 0 ? 'notice.goodAgainMore' : 'notice.goodAgain', values)]),
    ...(before.status === 'INCOMPLETE' && status === 'COMPLETE' ? [text('notice.completeAgain')] : []),
  ];
}
