import type { PeriodHead } from '../../../model/period-head.js';
import { type MailTexts, mailTexts } from '../mail-texts.js';
import { periodName } from '../period-name.js';
import type { CappedView, MailInput } from '../report-views.js';
import type { Wording } from '../wording.js';
import type { CountedPeriodKind, CountedTable } from './counted-period.js';

const most = { reasons: 5, changes: 10, rows: 10 } as const;

/** What the three templates of a counted period's mail show: what a person has to look at, and the facts. */
export function countedMail<P extends PeriodHead>(
  kind: CountedPeriodKind<P>,
): (input: MailInput<P>, wording: Wording) => CappedView {
  return ({ report, revision, location, attached, supersedes }, wording) => {
    const { language } = wording;
    const { plan, period, status, statusReasons } = report;
    const texts = mailTexts(wording, period.timezone);
    const { title, standing, headline, balance, facts, lists } = kind.tell(report, wording);
    const isIncomplete = status === 'INCOMPLETE';
    const common = {
      lang: language.tag,
      plan: texts.name(plan),
      period: periodName(report, wording),
      title,
      label: standing.words,
      tone: standing.tone,
      summary: headline,
      balance,
      isIncomplete,
      facts,
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
      reasons: statusReasons.slice(0, most.reasons).map(texts.sentence),
      lists: lists.flatMap((list) => mailList(list, Math.min(cap, most.rows), { texts, wording })),
    });
  };
}

interface Speech {
  readonly texts: MailTexts;
  readonly wording: Wording;
}

function mailList(
  { title, tone, rows, total }: CountedTable,
  cap: number,
  { texts, wording }: Speech,
): readonly object[] {
  if (total === 0) return [];
  const shown = rows.slice(0, cap).map(({ name, sub, cells }) => ({
    name: texts.name(name),
    text: texts.sentence([...cells.map(({ words }) => words), ...(sub === null ? [] : [sub])].join(' · ')),
  }));
  const rest = total - shown.length;
  return [
    {
      title,
      tone,
      rows: shown,
      more: rest <= 0 ? null : wording.text('period.page.more', { number: rest }),
    },
  ];
}
