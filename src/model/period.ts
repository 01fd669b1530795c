import { addDays } from '../base/civil-dates.js';

/** Days that a company reports together: a month, a quarter, or any days in a row. */
export interface Period {
  /** Its name in the archive: `2026-11`, `2026-Q4`, `2026-11-01_2026-11-08`. */
  readonly label: string;
  readonly type: PeriodType;
  /** The first and the last day, `2026-11-01`. */
  readonly from: string;
  readonly to: string;
}

export const periodTypes = ['month', 'quarter', 'days'] as const;

export type PeriodType = (typeof periodTypes)[number];

/** More days are no period: a report of them would be of no use to anybody. */
export const mostPeriodDays = 366;

/** @param written `2026-11`; undefined: it is no month from 2016 to 2099 */
export function monthPeriod(written: string): Period | undefined {
  const [, year = '', month = ''] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(written) ?? [];
  return year === '' ? undefined : monthsFrom(written, 'month', { year: Number(year), month: Number(month) });
}

/** @param written `2026-Q4`; undefined: it is no quarter */
export function quarterPeriod(written: string): Period | undefined {
  const [, year = '', quarter = ''] = /^(20\d{2})-Q([1-4])$/.exec(written) ?? [];
  if (year === '') return undefined;
  return monthsFrom(written, 'quarter', { year: Number(year), month: 3 * Number(quarter) - 2 });
}

/** @param from and `to` are dates, both included; undefined: they are in the wrong order, or more than a leap year */
export function daysPeriod(from: string, to: string): Period | undefined {
  if (from > to || addDays(from, mostPeriodDays - 1) < to) return undefined;
  return { label: `${from}_${to}`, type: 'days', from, to };
}

/** By the name that it has in the archive; undefined: it is no period. */
export function periodOfLabel(label: string): Period | undefined {
  const [from = '', to] = label.split('_');
  return to === undefined ? (monthPeriod(label) ?? quarterPeriod(label)) : daysPeriod(from, to);
}

/** The month or the quarter that the date is in. */
export function periodAround(date: string, type: 'month' | 'quarter'): Period {
  const [year = 0, month = 1] = date.split('-').map(Number);
  if (type === 'month') return monthsFrom(date.slice(0, 7), type, { year, month });
  const quarter = Math.ceil(month / 3);
  return monthsFrom(`${year}-Q${quarter}`, type, { year, month: 3 * quarter - 2 });
}

/** Every date of the period, oldest first. */
export function datesOf({ from, to }: Pick<Period, 'from' | 'to'>): readonly string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function monthsFrom(
  label: string,
  type: 'month' | 'quarter',
  { year, month }: { readonly year: number; readonly month: number },
): Period {
  const after = month + (type === 'month' ? 1 : 3);
  const next = after > 12 ? dateOf(year + 1, after - 12) : dateOf(year, after);
  return { label, type, from: dateOf(year, month), to: addDays(next, -1) };
}

function dateOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}
