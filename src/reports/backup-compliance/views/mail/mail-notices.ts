import type { MailInput } from '../../../../renderers/view/report-views.js';
import type { DailyReport } from '../../model/daily-report.js';
import { firstReasons } from '../first-reasons.js';
import { moreWords } from './mail-list.js';
import type { MailWording } from './mail-wording.js';

/* So many stand before the exceptions, so that these begin on the first screen of a phone. */
const mostFirst = 3;
const firstChars = 240;
const firstChanges = 2;
/** So many stand in a mail at all; the report has the rest. */
const shownAtAll = 10;

/** Why the day is INCOMPLETE: the first reasons, and where the others are. */
export function mailReasons({ status, statusReasons }: DailyReport, { wording, texts }: MailWording) {
  const words = statusReasons.slice(0, shownAtAll).map(texts.sentence);
  const first = firstReasons(words, mostFirst, firstChars);
  const further = words.slice(first);
  const { text } = wording;
  return {
    incomplete: status === 'INCOMPLETE',
    statusReasons: words.slice(0, first),
    furtherReasons: further,
    /** `7 more reasons stand below the exceptions.` */
    reasonsBelow:
      further.length === 0 ? null : text('mail.incomplete.below', { number: statusReasons.length - first }),
    moreReasons: moreWords(wording, 'reason', statusReasons.length - shownAtAll),
  };
}

/** What this revision replaces, and what it changes. */
export function mailRevision(
  { revision, supersedes }: MailInput<DailyReport>,
  { wording, texts }: MailWording,
) {
  if (!supersedes) return null;
  const { text } = wording;
  const { changes, changesTotal, reason } = supersedes;
  const shown = changes.slice(0, shownAtAll).map(({ subject, words }) => ({
    name: texts.name(subject),
    text: texts.sentence(words),
  }));
  const further = shown.slice(firstChanges);
  const more = changesTotal - shown.length;
  return {
    title: text('mail.revised.title', { revision, earlier: supersedes.revision }),
    reason: texts.sentence(reason),
    changes: shown.slice(0, firstChanges),
    furtherChanges: further,
    changesBelow:
      further.length === 0 ? null : text('mail.revised.below', { number: changesTotal - firstChanges }),
    more: more > 0 ? text('mail.revised.more', { number: more }) : null,
  };
}
