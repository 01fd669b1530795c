import type {
  CountedFact,
  CountedPeriod,
  CountedPeriodKind,
} from '../../../../renderers/view/counted-period/counted-period.js';
import { periodName } from '../../../../renderers/view/period-name.js';
import type { Label, Tone, Wording } from '../../../../renderers/view/wording.js';
import type { CountedTenancyDay, TenancyPeriod } from '../../period/period-report.js';
import { balanceOf, verdictLabel } from '../tenancy-words.js';
import { periodCountTables } from './count-tables.js';
import { listTables } from './list-tables.js';

/** The changes of a month, a quarter or any days in a row, in words. */
export const tenancyPeriodKind: CountedPeriodKind<TenancyPeriod> = {
  tell: tellPeriod,
  calendarDay(day, wording) {
    const number = day.totals?.changes;
    return {
      tone: dayTone(day, wording),
      words:
        number === undefined ? wording.text('period.dayState.MISSING') : wording.language.integer(number),
    };
  },
};

function tellPeriod(report: TenancyPeriod, wording: Wording): CountedPeriod {
  const { text } = wording;
  return {
    title: text('tenancy.period.title', { period: periodName(report, wording) }),
    standing: standingOf(report, wording),
    headline: headlineOf(report, wording),
    balance: balanceOf(report.totals, wording),
    facts: factsOf(report, wording),
    lists: listTables(report, wording),
    tables: periodCountTables(report, wording),
    calendarIntro: text('tenancy.period.calendarIntro'),
    notes: ['days', 'addsUp', 'firstSeen'].map((note) => text(`tenancy.period.note.${note}`)),
  };
}

/** `ATTENTION, INCOMPLETE`: both, because neither may hide the other. */
function standingOf(report: TenancyPeriod, wording: Wording): Label {
  const { words, tone } = verdictLabel(report, wording);
  const isHalf = report.status === 'INCOMPLETE' && report.totals.removedProtection > 0;
  return { words: isHalf ? `${words}, ${wording.text('tenancy.verdict.INCOMPLETE')}` : words, tone };
}

function headlineOf({ totals, days, unknownDays }: TenancyPeriod, { text }: Wording): string {
  const { changes, removedProtection, backupRelevant } = totals;
  const bearing =
    removedProtection > 0
      ? text('tenancy.headline.removed', { number: removedProtection })
      : backupRelevant > 0
        ? text('tenancy.headline.backups', { number: backupRelevant })
        : text('tenancy.headline.none');
  const words = text('tenancy.period.headline', { changes, days: days.length, bearing });
  return unknownDays === 0
    ? words
    : `${words}; ${text('tenancy.period.unknownDays', { number: unknownDays })}`;
}

function factsOf(report: TenancyPeriod, { text, language }: Wording): readonly CountedFact[] {
  const { totals, days, unknownDays, firstSeen, revisedDays } = report;
  const { done, byResult, removedProtection, backupRelevant, unknownVerb, reads } = totals;
  const fact = (name: string, number: number, tone: Tone): CountedFact => ({
    name: text(`tenancy.fact.${name}`),
    words: language.integer(number),
    tone: number === 0 ? 'quiet' : tone,
  });
  return [
    fact('unknownDays', unknownDays, 'warn'),
    fact('removedProtection', removedProtection, 'bad'),
    fact('backupRelevant', backupRelevant, 'warn'),
    fact('deleted', done.deleted, 'info'),
    fact('created', done.created, 'info'),
    fact('updated', done.updated, 'info'),
    fact('refused', byResult.refused, 'warn'),
    fact('failed', byResult.failed, 'warn'),
    fact('unknown', byResult.unknown, 'unknown'),
    fact('unknownVerb', unknownVerb, 'unknown'),
    firstSeen.unknownDays === days.length
      ? { name: text('tenancy.fact.firstSeen'), words: text('tenancy.result.unknown'), tone: 'unknown' }
      : fact('firstSeen', firstSeen.total, 'info'),
    fact('reads', reads, 'quiet'),
    fact('revisedDays', revisedDays, 'quiet'),
  ];
}

/** A day that nobody knows has the colour of what is unknown, and none that lacks anything is good. */
function dayTone({ state, totals }: CountedTenancyDay, wording: Wording): Tone {
  if (state === 'MISSING' || totals === null) return 'unknown';
  return verdictLabel({ status: state, totals }, wording).tone;
}
