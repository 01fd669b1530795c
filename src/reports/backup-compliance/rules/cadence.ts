import { DateTime } from 'luxon';
import { addDays } from '../../../base/civil-dates.js';
import type { Cadence } from '../../../model/cadence.js';
import type { BackupSchedule } from '../../../model/protected-resource.js';

/** ISO 8601 order: Monday is 1. */
const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const workingDays = [1, 2, 3, 4, 5];
/** In a shorter month, its last day: `monthly:last`. */
const lastDay = 31;

export const dailyCadence: Cadence = { weekdays: everyDay, monthDays: [], words: 'daily' };

/**
 * Parses `daily`, `weekly:SUN` (or several, `weekly:WED,SUN`), `weekdays` (Monday to Friday), `weekdays:MON,TUE`,
 * `monthly:1`, `monthly:1,15` and `monthly:last`. Days are in English, three letters or in full. Case and spaces around
 * a word are ignored.
 *
 * @returns undefined for anything else
 */
export function parseCadence(text: string): Cadence | undefined {
  const [keyword, list, ...rest] = text.split(':').map((part) => part.trim().toLowerCase());
  if (rest.length > 0) return undefined;
  if (list === undefined) {
    if (keyword === 'daily') return dailyCadence;
    return keyword === 'weekdays' ? onWeekdays(keyword, workingDays) : undefined;
  }
  const days = list.split(',').map((day) => day.trim());
  if (keyword === 'monthly') return ifAllKnown(days.map(monthDayOf), onMonthDays);
  if (keyword !== 'weekly' && keyword !== 'weekdays') return undefined;
  return ifAllKnown(days.map(weekdayOf), (weekdays) => onWeekdays(keyword, weekdays));
}

/** @param date an existing date, `2026-11-19`: a civil date, whether its day has 23, 24 or 25 hours */
export function isDueOn(cadence: Cadence, date: string): boolean {
  const { weekday, day, daysInMonth } = civilDate(date);
  return (
    cadence.weekdays.includes(weekday) ||
    cadence.monthDays.some((monthDay) => Math.min(monthDay, daysInMonth) === day)
  );
}

/**
 * The latest due date, this one included.
 *
 * @param date an existing date, `2026-11-19`
 * @returns null for a cadence without any day
 */
export function lastDueDate(cadence: Cadence, date: string): string | null {
  const { weekday, day, daysInMonth, daysInMonthBefore } = civilDate(date);
  const daysAgo = Math.min(
    ...cadence.weekdays.map((due) => (weekday - due + 7) % 7),
    ...cadence.monthDays.map((due) => {
      const thisMonth = Math.min(due, daysInMonth);
      return thisMonth <= day ? day - thisMonth : day + daysInMonthBefore - Math.min(due, daysInMonthBefore);
    }),
  );
  if (daysAgo === 0) return date;
  return daysAgo === Infinity ? null : addDays(date, -daysAgo);
}

/**
 * The longest time between consecutive due dates, in days: 1 for daily, 7 for weekly, 3 for Monday to Friday, 31 for
 * monthly. Infinity for a cadence without any day.
 */
export function longestGapDays(cadence: Cadence): number {
  const weekly = longestStep(cadence.weekdays, 7);
  // July and August both have 31 days, so the longest gap occurs every year.
  const monthly = longestStep(cadence.monthDays, 31);
  // Every month begins on every weekday in some year: the shorter of both gaps also occurs within the longer one.
  return Math.min(weekly, monthly);
}

/**
 * What the schedules of an OCI backup policy demand together: silver (weekly, monthly, yearly) is `weekly:SUN +
 * monthly:1`. An hourly schedule demands a backup a day; a yearly one nothing that a cadence can express. A schedule
 * without a day means Sunday, or the first of the month.
 *
 * @returns null if no schedule gives a day: there is none, its period or day is unknown, or it is yearly
 */
export function cadenceOfSchedules(schedules: readonly BackupSchedule[]): Cadence | null {
  if (schedules.some(({ period }) => period === 'ONE_DAY' || period === 'ONE_HOUR')) return dailyCadence;
  const weekdays = known(
    schedules
      .filter(({ period }) => period === 'ONE_WEEK')
      .map(({ dayOfWeek }) => weekdayOf((dayOfWeek ?? 'SUNDAY').toLowerCase())),
  );
  const monthDays = known(
    schedules
      .filter(({ period }) => period === 'ONE_MONTH')
      .map(({ dayOfMonth }) => monthDayOf(String(dayOfMonth ?? 1))),
  );
  const weekly = weekdays.length === 0 ? null : onWeekdays('weekly', weekdays);
  const monthly = monthDays.length === 0 ? null : onMonthDays(monthDays);
  if (weekly === null || monthly === null || weekly === dailyCadence) return weekly ?? monthly;
  return {
    weekdays: weekly.weekdays,
    monthDays: monthly.monthDays,
    words: `${weekly.words} + ${monthly.words}`,
  };
}

function onWeekdays(keyword: 'weekly' | 'weekdays', days: readonly number[]): Cadence {
  const weekdays = ascending(days);
  if (weekdays.length === 7) return dailyCadence;
  const names = weekdays.map((weekday) => dayNames[weekday - 1]?.slice(0, 3).toUpperCase());
  return { weekdays, monthDays: [], words: `${keyword}:${names.join(',')}` };
}

function onMonthDays(days: readonly number[]): Cadence {
  const monthDays = ascending(days);
  const names = monthDays.map((day) => (day === lastDay ? 'last' : String(day)));
  return { weekdays: [], monthDays, words: `monthly:${names.join(',')}` };
}

/** @param name in lower case: `sun`, `sunday` */
function weekdayOf(name: string): number | undefined {
  const index = dayNames.findIndex((full) => name === full || name === full.slice(0, 3));
  return index === -1 ? undefined : index + 1;
}

/** @param name `1` to `31`, `last` */
function monthDayOf(name: string): number | undefined {
  if (name === 'last') return lastDay;
  const day = /^\d{1,2}$/.test(name) ? Number(name) : 0;
  return day >= 1 && day <= 31 ? day : undefined;
}

function known(days: readonly (number | undefined)[]): number[] {
  return days.filter((day) => day !== undefined);
}

function ifAllKnown(
  days: readonly (number | undefined)[],
  cadenceOn: (days: readonly number[]) => Cadence,
): Cadence | undefined {
  const all = known(days);
  return all.length === days.length ? cadenceOn(all) : undefined;
}

function ascending(days: readonly number[]): number[] {
  return [...new Set(days)].sort((one, other) => one - other);
}

interface CivilDate {
  /** 1 is Monday. */
  readonly weekday: number;
  /** Day of the month, from 1. */
  readonly day: number;
  readonly daysInMonth: number;
  readonly daysInMonthBefore: number;
}

function civilDate(date: string): CivilDate {
  const { weekday, day, month, year } = DateTime.fromISO(date, { zone: 'utc' });
  return {
    weekday,
    day,
    daysInMonth: daysIn(month, year),
    // Month 0 is December, which has 31 days in every year.
    daysInMonthBefore: daysIn(month - 1, year),
  };
}

/** @param month 1 to 12; 0 is the December before */
function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The longest step from one day of a cycle to the next, wrapping around its end; Infinity if there is no day. */
function longestStep(days: readonly number[], cycle: number): number {
  const sorted = ascending(days);
  const [first] = sorted;
  if (first === undefined) return Infinity;
  return Math.max(...sorted.map((day, index) => (sorted[index + 1] ?? first + cycle) - day));
}
