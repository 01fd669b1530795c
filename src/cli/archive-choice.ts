import type { PeriodCoverage } from '../model/period-coverage.js';
import { reportDayOf } from '../base/civil-dates.js';
import { Failure } from '../errors.js';
import { isWithin } from '../export/new-file.js';
import type { ArchiveCoverage } from '../model/archive-coverage.js';
import { isCovered } from '../model/day-coverage.js';
import { dayFor } from '../model/named-day.js';

/** Options of commands that read a range of days of an archive. */
export interface ArchiveOptions {
  readonly config: string;
  readonly archive?: string;
  readonly plan?: string;
  /** Modules that bring kinds of report, with a folder. */
  readonly kind?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/**
 * 6: a file is damaged. 3: a day is missing, unfinished or INCOMPLETE, or a period was never finished. 0: all that is there is whole.
 *
 * @param periods that the command shows or packs
 */
export function exitCodeOfCoverage(
  { days }: Pick<ArchiveCoverage, 'days'>,
  periods: readonly PeriodCoverage[] = [],
): number {
  if ([...days, ...periods].some(({ damage }) => damage.length > 0)) return 6;
  return days.every(isCovered) && periods.every(({ revision }) => revision !== null) ? 0 : 3;
}

/** @throws Failure('usage') for what is no date, and for a range that ends before it begins */
export function mustBeRange({ from, to }: Pick<ArchiveOptions, 'from' | 'to'>, timezone: string): void {
  for (const [option, date] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    if (date !== undefined) dayFor(date, timezone, option);
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new Failure('usage', `--from ${from} --to ${to}: the range ends before it begins`);
  }
}

/** @throws Failure('usage') for a last day that is not over yet */
export function mustBeOver(to: string, timezone: string, nowMs: number): void {
  const last = reportDayOf(to, timezone);
  if (last === undefined || last.cutOffMs <= nowMs) return;
  throw new Failure('usage', `--to ${to}: this day is not over in ${timezone}`, {
    hints: ['End the range with yesterday at the latest.'],
  });
}

/**
 * What is no part of an archive does not belong into it.
 *
 * @param directory of the archive; null: it is in a bucket
 * @throws Failure('usage') for a path within it
 */
export async function mustBeOutside(directory: string | null, out: string): Promise<void> {
  if (directory === null || !(await isWithin(directory, out))) return;
  throw new Failure('usage', `--out ${out}: this is within the archive, where only reports belong`, {
    hints: ['Name a place outside of it.'],
  });
}
