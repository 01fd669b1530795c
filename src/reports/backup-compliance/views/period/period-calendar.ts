import { type PeriodCalendarMonth, monthsOfPeriod } from '../../../../renderers/view/period-calendar.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { PeriodReport } from '../../period/period-report.js';
import { dayTone } from './period-words.js';

/** One calendar for each month of the period. */
export function periodCalendar({ days }: PeriodReport, wording: Wording): readonly PeriodCalendarMonth[] {
  const { language, text } = wording;
  return monthsOfPeriod(days, (day) => {
    const { date, state, counts, isRevised, reason } = day;
    const { met, expected } = counts;
    const share =
      expected === 0 ? text('period.page.nothing') : `${language.integer(met)}/${language.integer(expected)}`;
    const notes = [
      `${language.date(date)}: ${text(`period.dayState.${state}`)}`,
      text('period.ofExpected', { met, expected }),
      ...(isRevised ? [text('period.page.revised')] : []),
      ...(reason === null ? [] : [shortText(reason)]),
    ];
    return {
      tone: dayTone(day),
      words:
        state === 'MISSING' ? text('period.page.missing') : state === 'INCOMPLETE' ? `${share} !` : share,
      title: notes.join(' · '),
    };
  });
}
