import { addDays } from '../../base/civil-dates.js';
import { parseInstant } from '../../base/instants.js';
import { dayMs } from '../../base/time-units.js';
import type { Tone, Wording } from './wording.js';

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

/** One calendar for each month that the days are of. @param show what stands in the field of a day */
export function monthsOfPeriod<Day extends { readonly date: string }>(
  days: readonly Day[],
  show: (day: Day) => Omit<PeriodCalendarDay, 'dayOfMonth'>,
): readonly PeriodCalendarMonth[] {
  const months = new Map<string, Day[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months].map(([name, ofMonth]) => ({ name, weeks: weeksOf(ofMonth, show) }));
}

/** `Mon` to `Sun`, the head of each calendar. */
export function weekdayNames({ text }: Wording): readonly string[] {
  return [1, 2, 3, 4, 5, 6, 7].map((day) => text(`period.weekday.${day}`));
}

function weeksOf<Day extends { readonly date: string }>(
  days: readonly Day[],
  show: (day: Day) => Omit<PeriodCalendarDay, 'dayOfMonth'>,
): PeriodCalendarMonth['weeks'] {
  const weeks = new Map<string, (PeriodCalendarDay | null)[]>();
  for (const day of days) {
    const weekday = weekdayOf(day.date);
    const monday = addDays(day.date, -weekday);
    const week = weeks.get(monday) ?? Array.from({ length: 7 }, () => null);
    week[weekday] = { dayOfMonth: String(Number(day.date.slice(8))), ...show(day) };
    weeks.set(monday, week);
  }
  return [...weeks.values()];
}

/** 0 is Monday. The first of January 1970 was a Thursday. */
function weekdayOf(date: string): number {
  const days = Math.floor((parseInstant(`${date}T00:00:00Z`) ?? 0) / dayMs);
  return (((days + 3) % 7) + 7) % 7;
}
