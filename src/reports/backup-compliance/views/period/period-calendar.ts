import { addDays } from '../../../../base/civil-dates.js';
import { parseInstant } from '../../../../base/instants.js';
import { dayMs } from '../../../../base/time-units.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { Tone, Wording } from '../../../../renderers/view/wording.js';
import type { PeriodReport } from '../../period/period-report.js';
import { dayTone } from './period-words.js';

type Day = PeriodReport['days'][number];

export interface PeriodCalendarDay {
  readonly dayOfMonth: string;
  readonly tone: Tone;
  /** `117/120`, or what stands for it. */
  readonly words: string;
  /** The whole of it, for who cannot see colours. */
  readonly title: string;
}

export interface PeriodCalendarMonth {
  readonly name: string;
  /** Weeks from Monday to Sunday; null: a day of another month, or of none. */
  readonly weeks: readonly (readonly (PeriodCalendarDay | null)[])[];
}

/** One calendar for each month of the period. */
export function periodCalendar({ days }: PeriodReport, wording: Wording): readonly PeriodCalendarMonth[] {
  const months = new Map<string, Day[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months].map(([name, ofMonth]) => ({ name, weeks: weeksOf(ofMonth, wording) }));
}

function weeksOf(days: readonly Day[], wording: Wording): PeriodCalendarMonth['weeks'] {
  const weeks = new Map<string, (PeriodCalendarDay | null)[]>();
  for (const day of days) {
    const weekday = weekdayOf(day.date);
    const monday = addDays(day.date, -weekday);
    const week = weeks.get(monday) ?? Array.from({ length: 7 }, () => null);
    week[weekday] = calendarDay(day, wording);
    weeks.set(monday, week);
  }
  return [...weeks.values()];
}

/** 0 is Monday. The first of January 1970 was a Thursday. */
function weekdayOf(date: string): number {
  const days = Math.floor((parseInstant(`${date}T00:00:00Z`) ?? 0) / dayMs);
  return (((days + 3) % 7) + 7) % 7;
}

function calendarDay(day: Day, { language, text }: Wording): PeriodCalendarDay {
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
    dayOfMonth: String(Number(date.slice(8))),
    tone: dayTone(day),
    words: state === 'MISSING' ? text('period.page.missing') : state === 'INCOMPLETE' ? `${share} !` : share,
    title: notes.join(' · '),
  };
}
