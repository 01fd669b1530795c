import { type MailTexts, mailTexts } from '../../../../renderers/view/mail-texts.js';
import type { CappedView, MailInput } from '../../../../renderers/view/report-views.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { listNames } from '../../facts/count-changes.js';
import type { Change } from '../../model/change.js';
import type { TenancyReport } from '../../model/tenancy-report.js';
import { stateDifference } from '../state-difference.js';
import {
  actionLabel,
  answerWords,
  balanceOf,
  headlineOf,
  principalWords,
  resourceWords,
  resultLabel,
  verdictLabel,
} from '../tenancy-words.js';

const most = { reasons: 5, changes: 10, findings: 5, rows: 10, firstSeen: 10 } as const;

/** What the three templates of the mail show: what takes protection away first. */
export function tenancyMail(input: MailInput<TenancyReport>, wording: Wording): CappedView {
  const { report, revision, location, attached, supersedes } = input;
  const { reportDay, totals, status } = report;
  const { text, language } = wording;
  const texts = mailTexts(wording, reportDay.timezone);
  const standing = verdictLabel(report, wording);
  const isIncomplete = status === 'INCOMPLETE';
  const common = {
    lang: language.tag,
    plan: texts.name(report.plan),
    day: texts.day(reportDay.date),
    label:
      isIncomplete && totals.removedProtection > 0
        ? `${standing.words}, ${text('tenancy.verdict.INCOMPLETE')}`
        : standing.words,
    tone: standing.tone,
    summary: headlineOf(report, wording),
    counts: text('tenancy.mail.counts', {
      created: totals.done.created,
      updated: totals.done.updated,
      deleted: totals.done.deleted,
      refused: totals.byResult.refused,
      failed: totals.byResult.failed,
    }),
    balance: balanceOf(totals, wording),
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
  return (cap) => ({
    ...common,
    reasons: report.statusReasons.slice(0, most.reasons).map(texts.sentence),
    lists: listsOf(report, Math.min(cap, most.rows), { texts, wording }),
    firstSeen: firstSeenOf(report, Math.min(cap, most.firstSeen), { texts, wording }),
    findings: report.findings
      .slice(0, Math.min(cap, most.findings))
      .map(({ words }) => texts.sentence(words)),
  });
}

interface Speech {
  readonly texts: MailTexts;
  readonly wording: Wording;
}

function listsOf(report: TenancyReport, cap: number, { texts, wording }: Speech) {
  return listNames.flatMap((name) => {
    const { total, changes } = report[name];
    if (total === 0) return [];
    const shown = changes.slice(0, cap);
    return [
      {
        title: wording.text(`tenancy.list.${name}.title`, { number: wording.language.integer(total) }),
        tone: name === 'removals' ? 'bad' : 'quiet',
        rows: shown.map((change) => mailChange(change, { texts, wording })),
        more:
          total > shown.length ? wording.text('tenancy.page.more', { number: total - shown.length }) : null,
      },
    ];
  });
}

/** `03:10 DeleteBackup of ledger-bk (deleted), by ana from 192.0.2.7: succeeded` */
function mailChange(change: Change, { texts, wording }: Speech) {
  const { text } = wording;
  const result = resultLabel(change, wording);
  const answer = change.result === 'succeeded' ? '' : answerWords(change);
  const differences = stateDifference(change)
    .slice(0, 3)
    .map(({ field, before, after }) => `${field}: ${before ?? '–'} → ${after ?? '–'}`);
  return {
    name: texts.name(`${change.eventName} · ${resourceWords(change, wording)}`),
    action: actionLabel(change, wording).words,
    result: result.words,
    tone: result.tone,
    text: texts.sentence(
      text('tenancy.mail.change', {
        time: texts.time(change.endTime ?? change.time),
        who: principalWords(change, wording),
        from: change.ipAddress ?? text('tenancy.notTold'),
        place: change.compartmentName ?? change.compartmentId ?? text('tenancy.notTold'),
      }),
    ),
    answer: answer === '' ? null : texts.sentence(answer),
    differences: differences.length === 0 ? null : texts.sentence(differences.join('; ')),
  };
}

function firstSeenOf({ firstSeen, totals }: TenancyReport, cap: number, { texts, wording }: Speech) {
  const { principals, knownDays } = firstSeen;
  if (principals === null || principals.length === 0) return null;
  return {
    words: wording.text('tenancy.firstSeen.known', { number: totals.firstSeen ?? 0, days: knownDays }),
    names: principals.slice(0, cap).map(({ id, name }) => texts.name(name ?? id)),
  };
}
