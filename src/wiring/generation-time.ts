import { toIso } from '../base/instants.js';
import { oneLine } from '../base/one-line.js';
import { dayMs } from '../base/time-units.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';

const variable = 'SOURCE_DATE_EPOCH';
const shownChars = 40;
/** The largest time that a date can have, ECMA-262 section 21.4.1.1. Milliseconds. */
const latestMs = 100_000_000 * dayMs;
/** From this number of seconds on, somebody wrote milliseconds: it would be the year 5138. */
const firstInMilliseconds = 100_000_000_000;

const advice =
  'Unset it, and the time is that of the clock. Or set it to a whole number of seconds since 1970';

/**
 * When a report is made, epoch milliseconds: now, or SOURCE_DATE_EPOCH, as reproducible builds have it. It alone decides
 * whether a day is over.
 *
 * @param day the report day; of several, the latest; null: there is none
 * @throws Failure('usage') as fixedTime
 */
export function generationTime(environment: NodeJS.ProcessEnv, nowMs: number, day: ReportDay | null): number {
  return fixedTime(environment, nowMs, day) ?? nowMs;
}

/**
 * SOURCE_DATE_EPOCH in epoch milliseconds; null: it is not set.
 *
 * https://reproducible-builds.org/specs/source-date-epoch/
 *
 * @throws Failure('usage') unless it is a whole number of seconds from the cut-off of the day to now: one in the future
 *   would make a day complete that is not over, one before the cut-off would lie about when the report was made
 */
export function fixedTime(
  environment: NodeJS.ProcessEnv,
  nowMs: number,
  day: ReportDay | null,
): number | null {
  const text = environment[variable];
  if (text === undefined) return null;
  if (!/^\d+$/.test(text)) {
    throw refused(`'${oneLine(text, shownChars)}' is not a whole number of seconds since 1970`, day);
  }
  const seconds = Number(text);
  const ms = seconds * 1000;
  if (ms > nowMs) {
    const shown = ms > latestMs ? oneLine(text, shownChars) : `${text} is ${toIso(ms)}, which`;
    const unit = seconds >= firstInMilliseconds ? ' (in seconds, not in milliseconds)' : '';
    throw refused(`${shown} is in the future${unit}`, day);
  }
  if (day !== null && ms < day.cutOffMs) {
    throw refused(`${text} is ${toIso(ms)}, before ${day.date} was over (${toIso(day.cutOffMs)})`, day);
  }
  return ms;
}

function refused(what: string, day: ReportDay | null): Failure {
  const range =
    day === null
      ? ' up to now'
      : ` from the cut-off of ${day.date} (${Math.ceil(day.cutOffMs / 1000)}) to now`;
  return new Failure('usage', `${variable}: ${what}`, { hints: [`${advice}${range}.`] });
}
