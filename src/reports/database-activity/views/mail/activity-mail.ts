import { mailTexts, type MailTexts } from '../../../../renderers/view/mail-texts.js';
import type { CappedView, MailInput } from '../../../../renderers/view/report-views.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { type ActivityList, activityLists } from '../../model/activity.js';
import type { ActivityReport, ListedEvent } from '../../model/activity-report.js';
import {
  activityBalance,
  activityHeadline,
  activityResultLabel,
  activityVerdictLabel,
  collectionLabel,
  targetWords,
  userWords,
  whoWords,
} from '../activity-words.js';

const most = { reasons: 5, changes: 10, findings: 5, rows: 10, targets: 10 } as const;

interface Speech {
  readonly texts: MailTexts;
  readonly wording: Wording;
}

/** What the three templates of the mail show: auditing taken away, failed logins and privileged changes first. */
export function activityMail(input: MailInput<ActivityReport>, wording: Wording): CappedView {
  const { report, revision, location, attached, supersedes } = input;
  const { reportDay, totals, status } = report;
  const { text, language } = wording;
  const texts = mailTexts(wording, reportDay.timezone);
  const standing = activityVerdictLabel(report, wording);
  const isIncomplete = status === 'INCOMPLETE';
  const isHalf = isIncomplete && totals.auditingOff > 0;
  const common = {
    lang: language.tag,
    plan: texts.name(report.plan),
    day: texts.day(reportDay.date),
    label: isHalf ? `${standing.words}, ${text('activity.verdict.INCOMPLETE')}` : standing.words,
    tone: standing.tone,
    summary: activityHeadline(report, wording),
    counts: text('activity.mail.counts', {
      failedLogins: totals.failedLogins,
      privileged: totals.privileged,
      drops: totals.drops,
      failed: totals.failed,
      targets: totals.targets,
    }),
    balance: activityBalance(report, wording),
    isIncomplete,
    revision,
    location,
    attached,
    revised: supersedes
      ? {
          reason: texts.sentence(supersedes.reason),
          changes: supersedes.changes
            .slice(0, most.changes)
            .map(({ subject, words }) => ({ name: texts.name(subject), text: texts.name(words) })),
        }
      : null,
    made: texts.time(report.generatedAt),
  };
  const speech = { texts, wording };
  return (cap) => ({
    ...common,
    reasons: report.statusReasons.slice(0, most.reasons).map(texts.sentence),
    lists: activityLists.flatMap((name) =>
      name === 'failedLogins' ? loginsOf(report, cap, speech) : listOf(name, report, cap, speech),
    ),
    targets: targetsOf(report, Math.min(cap, most.targets), speech),
    findings: report.findings
      .slice(0, Math.min(cap, most.findings))
      .map(({ words }) => texts.sentence(words)),
  });
}

interface MailList {
  readonly title: string;
  readonly tone: string;
  readonly rows: readonly {
    readonly name: string;
    readonly result: string;
    readonly tone: string;
    readonly text: string;
    readonly command: string | null;
  }[];
  readonly more: string | null;
}

function loginsOf(report: ActivityReport, cap: number, { texts, wording }: Speech): readonly MailList[] {
  const { failedLogins } = report.totals;
  if (failedLogins === 0) return [];
  const { text, language } = wording;
  const shown = report.logins.slice(0, Math.min(cap, most.rows));
  const more = failedLogins - shown.reduce((sum, { attempts }) => sum + attempts, 0);
  return [
    {
      title: text('activity.list.failedLogins.title', { number: language.integer(failedLogins) }),
      tone: 'warn',
      rows: shown.map((login) => ({
        name: texts.name(`${userWords(login.dbUserName, wording)} · ${targetWords(login, wording)}`),
        result: text('activity.mail.attempts', { number: login.attempts }),
        tone: 'warn',
        text: texts.sentence(
          text('activity.mail.login', {
            from: login.from ?? text('activity.notTold'),
            first: texts.time(login.first),
            last: texts.time(login.last),
          }),
        ),
        command: null,
      })),
      more: more > 0 ? text('activity.page.moreAttempts', { number: more }) : null,
    },
  ];
}

function listOf(
  name: ActivityList,
  report: ActivityReport,
  cap: number,
  { texts, wording }: Speech,
): readonly MailList[] {
  const { text, language } = wording;
  const { total, events } = report.lists[name];
  if (total === 0) return [];
  const shown = events.slice(0, Math.min(cap, most.rows));
  return [
    {
      title: text(`activity.list.${name}.title`, { number: language.integer(total) }),
      tone: name === 'auditingOff' ? 'bad' : 'quiet',
      rows: shown.map((event) => eventOf(event, { texts, wording })),
      more: total > shown.length ? text('activity.page.more', { number: total - shown.length }) : null,
    },
  ];
}

function eventOf(event: ListedEvent, { texts, wording }: Speech) {
  const { text } = wording;
  const result = activityResultLabel(event.result, wording);
  const object = event.object === null ? '' : ` · ${event.object}`;
  return {
    name: texts.name(`${event.action}${object}`),
    result: result.words,
    tone: result.tone,
    text: texts.sentence(
      text('activity.mail.event', {
        time: texts.time(event.time),
        who: whoWords(event, wording),
        from: event.from ?? text('activity.notTold'),
        target: targetWords(event, wording),
      }),
    ),
    command: event.command === null ? null : texts.sentence(event.command),
  };
}

/** Those of which the mail has to say something. */
function targetsOf(report: ActivityReport, cap: number, { texts, wording }: Speech) {
  const open = report.targets.filter(
    ({ collection, excluded }) => collection !== 'collected' && excluded === null,
  );
  if (open.length === 0) return null;
  return {
    rows: open.slice(0, cap).map((target) => {
      const { words, tone } = collectionLabel(target, wording);
      return { name: texts.name(targetWords(target, wording)), words, tone };
    }),
    more: open.length > cap ? wording.text('activity.page.more', { number: open.length - cap }) : null,
  };
}
