import { reportDayOf } from '../base/civil-dates.js';
import { dateRanges } from '../base/date-ranges.js';
import type { ArchiveCoverage } from '../model/archive-coverage.js';
import type { DayCoverage } from '../model/day-coverage.js';
import type { ArchiveOptions } from './archive-choice.js';
import { backfillCommand } from './backfill-command.js';

/**
 * What a person does about days that are not there, or not whole; each can be pasted where it is a command.
 *
 * @param nowMs epoch milliseconds: no command makes a day that is not over
 */
export function nextSteps(
  { days, timezone }: Pick<ArchiveCoverage, 'days' | 'timezone'>,
  { config, archive }: Pick<ArchiveOptions, 'config' | 'archive'>,
  nowMs: number,
): readonly string[] {
  const isOver = ({ date }: DayCoverage): boolean => (reportDayOf(date, timezone)?.cutOffMs ?? 0) <= nowMs;
  const where = archive === undefined ? '' : 'where the reports are made: ';
  const steps: string[] = [];
  const step = (
    isMeant: (day: DayCoverage) => boolean,
    words: (dates: readonly string[]) => string,
  ): void => {
    const dates = days.filter(isMeant).map(({ date }) => date);
    if (dates.length > 0) steps.push(words(dates));
  };
  step(
    (day) => isWithoutReport(day) && isOver(day),
    (dates) =>
      `make ${dateRanges(dates, 3)}: ${where}${backfillCommand(config, dates[0] ?? '', dates.at(-1) ?? '')}`,
  );
  step(
    (day) => isWithoutReport(day) && isOver(day),
    () => 'where that says that a day has no event: the same with --write-empty makes its report',
  );
  step(
    (day) => isWithoutReport(day) && !isOver(day),
    (dates) =>
      `${dateRanges(dates, 3)}: not over yet, so what is there was made too early; nothing to do now: once the day is over, \`backup-report schedule\` or \`run\` makes the next revision`,
  );
  step(
    ({ state }) => state === 'damaged',
    (dates) =>
      `restore ${dateRanges(dates, 3)} from a copy of the archive; otherwise \`backup-report run --date ${dates[0]}\` makes the next revision, which names the damage`,
  );
  step(
    ({ state, status }) => state === 'present' && status === 'INCOMPLETE',
    (dates) =>
      `${dateRanges(dates, 3)}: the page says why it is INCOMPLETE; once the source is whole: ${where}${backfillCommand(config, dates[0] ?? '', dates.at(-1) ?? '')} --revise`,
  );
  return steps;
}

function isWithoutReport({ state }: DayCoverage): boolean {
  return state === 'missing' || state === 'unfinished';
}
