import { mailTexts } from '../../../../renderers/view/mail-texts.js';
import { periodName } from '../../../../renderers/view/period-name.js';
import type { CappedView, MailInput } from '../../../../renderers/view/report-views.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { PeriodReport } from '../../period/period-report.js';
import { ofExpected, teamWords, percentWords, targetLabel } from './period-words.js';

const most = { reasons: 5, changes: 10, teams: 20 } as const;

/** What the three templates of a period's mail show: the attainment of each team, the worst resources, the days that are missing. */
export function periodMail(input: MailInput<PeriodReport>, wording: Wording): CappedView {
  const { report, revision, location, attached, supersedes } = input;
  const { totals, period, status, statusReasons, resources, owners } = report;
  const { text, language } = wording;
  const texts = mailTexts(wording, period.timezone);
  const target = targetLabel(totals, wording);
  const isIncomplete = status === 'INCOMPLETE';
  const common = {
    lang: language.tag,
    plan: texts.name(report.plan),
    period: periodName(report, wording),
    label: isIncomplete ? text('period.mail.incomplete') : (target?.words ?? text('period.mail.label')),
    tone: isIncomplete ? 'warn' : (target?.tone ?? 'unknown'),
    summary: `${headlineOf(report, wording)}${isIncomplete ? afterComma(target?.words) : ''}`,
    target: target?.words ?? null,
    balance: balanceOf(report, wording),
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
  return (cap) => {
    const short = Math.min(cap, most.teams);
    const worst = resources.filter(({ met, expected }) => met < expected);
    return {
      ...common,
      reasons: statusReasons.slice(0, most.reasons).map(texts.sentence),
      teams: rows(owners, short, (row) => ({
        name: texts.name(teamWords(row.owner, wording)),
        text: `${percentWords(row, wording)} (${ofExpected(row, wording)})`,
        state: afterComma(targetLabel(row, wording)?.words),
        tone: targetLabel(row, wording)?.tone ?? 'quiet',
      })),
      moreTeams: more(owners.length - short, wording),
      worst: rows(worst, Math.min(cap, 10), (row) => ({
        name: texts.name(row.resourceName),
        text: text('period.mail.worst', {
          share: ofExpected(row, wording),
          failed: row.failed,
          missed: row.missed,
          unknown: row.unknown,
        }),
      })),
      moreWorst: more(worst.length - Math.min(cap, 10), wording),
    };
  };
}

/** `, target 95.0% missed`; nothing where there is none. */
function afterComma(words: string | undefined): string {
  return words === undefined ? '' : `, ${words}`;
}

function rows<Row, Shown>(all: readonly Row[], cap: number, show: (row: Row) => Shown): readonly Shown[] {
  return all.slice(0, cap).map(show);
}

function more(rest: number, { text }: Wording): string | null {
  return rest <= 0 ? null : text('period.page.more', { number: rest });
}

function headlineOf({ totals }: PeriodReport, wording: Wording): string {
  if (totals.attainmentPercent === null) return wording.text('period.nothingExpected');
  return `${percentWords(totals, wording)} (${ofExpected(totals, wording)})`;
}

function balanceOf({ totals }: PeriodReport, { text }: Wording): string {
  const { expected, met, failed, missed, unknown, waived } = totals;
  return text('period.balance', { expected, met, failed, missed, unknown, waived });
}
