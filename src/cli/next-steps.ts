import { dateRanges } from '../base/date-ranges.js';
import type { ArchiveCoverage } from '../model/archive-coverage.js';
import type { DayCoverage } from '../model/day-coverage.js';
import type { ArchiveOptions } from './archive-choice.js';
import { backfillCommand } from './backfill-command.js';

/** What a person does about days that are not there, or not whole; each can be pasted where it is a command. */
export function nextSteps(
  { days }: Pick<ArchiveCoverage, 'days'>,
  { config, archive }: Pick<ArchiveOptions, 'config' | 'archive'>,
): readonly string[] {
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
    ({ state }) => state === 'missing' || state === 'unfinished',
    (dates) =>
      `make ${dateRanges(dates, 3)}: ${where}${backfillCommand(config, dates[0] ?? '', dates.at(-1) ?? '')}`,
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
