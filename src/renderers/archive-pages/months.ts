import type { DayCoverage } from '../../model/day-coverage.js';
import type { Wording } from '../view/wording.js';
import { type DayLook, besideMark, besideWords, lookNameOf, lookOf } from './day-look.js';

export interface CalendarDay extends DayLook {
  readonly number: number;
  readonly beside: string;
  /** All that the square says, in words. */
  readonly title: string;
  /** null: there is no page. */
  readonly href: string | null;
}

export interface CalendarMonth {
  readonly title: string;
  /** Seven days each; null: not of this month, or not asked for. */
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
}

const daysOfWeek = 7;

/** The months of the days, with weeks that begin on Monday. */
export function calendarMonths(
  days: readonly DayCoverage[],
  hrefOf: (day: DayCoverage) => string | null,
  wording: Wording,
): readonly CalendarMonth[] {
  const byMonth = new Map<string, DayCoverage[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), day]);
  }
  const names = wording.text('archive.monthNames').split(' ');
  return [...byMonth].map(([month, ofMonth]) => ({
    title: `${names[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`,
    weeks: weeksOf(month, ofMonth, (day) => calendarDay(day, hrefOf(day), wording)),
  }));
}

function weeksOf(
  month: string,
  days: readonly DayCoverage[],
  show: (day: DayCoverage) => CalendarDay,
): CalendarMonth['weeks'] {
  const cells: (CalendarDay | null)[] = Array.from({ length: mondayBased(`${month}-01`) }, () => null);
  const before = cells.length;
  for (const day of days) {
    const position = before + Number(day.date.slice(8)) - 1;
    while (cells.length < position) cells.push(null);
    cells.push(show(day));
  }
  while (cells.length % daysOfWeek !== 0) cells.push(null);
  const weeks: (readonly (CalendarDay | null)[])[] = [];
  for (let start = 0; start < cells.length; start += daysOfWeek) {
    const week = cells.slice(start, start + daysOfWeek);
    if (week.some((day) => day !== null)) weeks.push(week);
  }
  return weeks;
}

function calendarDay(day: DayCoverage, href: string | null, wording: Wording): CalendarDay {
  const look = lookOf(lookNameOf(day), wording);
  const verdict = day.facts === null ? [] : [verdictInLanguage(day.facts.verdict, wording)];
  const all = [wording.language.date(day.date), look.words, ...verdict, ...besideWords(day, wording)];
  return {
    ...look,
    number: Number(day.date.slice(8)),
    beside: besideMark(day),
    title: [...new Set(all)].join(', '),
    href,
  };
}

/** A verdict that this kind of report knows, in the language; any other as it is. */
export function verdictInLanguage(verdict: string, { text }: Wording): string {
  try {
    return text(`reportVerdict.${verdict}`);
  } catch (error) {
    if (error instanceof TypeError) return verdict;
    throw error;
  }
}

/** 0 for Monday. */
function mondayBased(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % daysOfWeek;
}
