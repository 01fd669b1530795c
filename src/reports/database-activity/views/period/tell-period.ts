import type {
  CountedFact,
  CountedPeriod,
  CountedPeriodKind,
} from '../../../../renderers/view/counted-period/counted-period.js';
import { periodName } from '../../../../renderers/view/period-name.js';
import type { Label, Tone, Wording } from '../../../../renderers/view/wording.js';
import type { ActivityVerdict } from '../../model/standing.js';
import type { ActivityPeriod } from '../../period/period-report.js';
import { toneOfVerdict } from '../activity-words.js';
import { periodTables } from './period-tables.js';

/** What was done in databases in a month, a quarter or any days in a row, in words. */
export const activityPeriodKind: CountedPeriodKind<ActivityPeriod> = {
  tell: tellPeriod,
  calendarDay(day, wording) {
    return {
      tone: dayTone(day),
      words:
        day.totals === null
          ? wording.text('period.dayState.MISSING')
          : wording.language.integer(day.totals.records),
    };
  },
};

function tellPeriod(report: ActivityPeriod, wording: Wording): CountedPeriod {
  const { text } = wording;
  const { records, succeeded, failed, unknown } = report.totals;
  return {
    title: text('activity.period.title', { period: periodName(report, wording) }),
    standing: activityPeriodStanding(report, wording),
    headline: headlineOf(report, wording),
    balance: text('activity.balance', { records, succeeded, failed, unknown }),
    facts: factsOf(report, wording),
    lists: [],
    tables: periodTables(report, wording),
    calendarIntro: text('activity.period.calendarIntro'),
    notes: ['days', 'addsUp', 'data'].map((note) => text(`activity.period.note.${note}`)),
  };
}

/** As of a day. `ATTENTION, INCOMPLETE`: both, because neither may hide the other. */
export function activityPeriodStanding(report: ActivityPeriod, { text }: Wording): Label {
  const verdict = verdictOf(report.totals, report.status, withoutDataOn(report));
  const words = text(`activity.verdict.${verdict}`);
  const isHalf = verdict === 'ATTENTION' && report.status === 'INCOMPLETE';
  return {
    words: isHalf ? `${words}, ${text('activity.verdict.INCOMPLETE')}` : words,
    tone: toneOfVerdict[verdict],
  };
}

/** Days on which a target had no data. */
export function withoutDataOn({ days }: ActivityPeriod): number {
  return days.filter(({ withoutData }) => withoutData !== null && withoutData > 0).length;
}

function verdictOf(totals: ActivityPeriod['totals'], status: string, withoutData: number): ActivityVerdict {
  if (totals.auditingOff > 0) return 'ATTENTION';
  if (status !== 'COMPLETE') return 'INCOMPLETE';
  const { failedLogins, privileged, drops, unknown } = totals;
  return failedLogins + privileged + drops + unknown + withoutData > 0 ? 'REVIEW' : 'ROUTINE';
}

function headlineOf(report: ActivityPeriod, { text }: Wording): string {
  const { records, auditingOff, failedLogins, privileged, drops } = report.totals;
  const worst =
    auditingOff > 0
      ? text('activity.headline.auditingOff', { number: auditingOff })
      : text('activity.headline.look', { failedLogins, privileged, drops });
  const words = text('activity.period.headline', { records, days: report.days.length, worst });
  return report.unknownDays === 0
    ? words
    : `${words}; ${text('activity.period.unknownDays', { number: report.unknownDays })}`;
}

function factsOf(report: ActivityPeriod, { text, language }: Wording): readonly CountedFact[] {
  const { totals, unknownDays, revisedDays } = report;
  const fact = (name: string, number: number, tone: Tone): CountedFact => ({
    name: text(`activity.fact.${name}`),
    words: language.integer(number),
    tone: number === 0 ? 'quiet' : tone,
  });
  return [
    fact('unknownDays', unknownDays, 'warn'),
    fact('daysWithoutData', withoutDataOn(report), 'bad'),
    fact('auditingOff', totals.auditingOff, 'bad'),
    fact('failedLogins', totals.failedLogins, 'warn'),
    fact('privileged', totals.privileged, 'warn'),
    fact('grants', totals.grants, 'info'),
    fact('drops', totals.drops, 'warn'),
    fact('failed', totals.failed, 'warn'),
    fact('unknown', totals.unknown, 'unknown'),
    fact('revisedDays', revisedDays, 'quiet'),
  ];
}

/** A day that nobody knows has the colour of what is unknown, and none that lacks anything is good. */
function dayTone({ state, totals, withoutData }: ActivityPeriod['days'][number]): Tone {
  if (state === 'MISSING' || totals === null) return 'unknown';
  return toneOfVerdict[verdictOf(totals, state, withoutData ?? 0)];
}
