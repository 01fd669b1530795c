import { addDays, dateAt, reportDayOf } from '../../base/civil-dates.js';
import { dateRanges } from '../../base/date-ranges.js';
import { count } from '../../base/english.js';
import { defaultMaxBridgeDays, defaultSettleDelayMs } from '../../model/report-day.js';
import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { missingDates } from '../revisions/missing-dates.js';
import type { ArchivedDays } from './diagnosed-plan.js';

const check = 'missing days';

interface WhenAsked {
  readonly timezone: string;
  readonly nowMs: number;
  /** Told as damaged, not as missing; absent: none are. */
  readonly damagedDates?: ReadonlySet<string>;
}

/** Days since the first report that should have one by now and have none; nothing where none is missing. */
export async function missingFindings(
  archive: Archive,
  archived: ArchivedDays,
  { timezone, nowMs, damagedDates = new Set() }: WhenAsked,
): Promise<readonly Finding[]> {
  const { plan, settleDelayMs = defaultSettleDelayMs, maxBridgeDays = defaultMaxBridgeDays } = archived;
  const today = dateAt(nowMs, timezone);
  const yesterday = reportDayOf(addDays(today, -1), timezone);
  const isSettled = yesterday !== undefined && yesterday.cutOffMs + settleDelayMs <= nowMs;
  const to = addDays(today, isSettled ? -1 : -2);
  const oldest = addDays(today, -maxBridgeDays);
  const missing = await missingDates(archive, { plan, timezone }, to);
  const dates = missing.filter((date) => !damagedDates.has(date));
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const words = `${count(dates.length, 'day has', 'days have')} no report: ${dateRanges(dates)}`;
  const command = archived.backfillCommand?.(first, last) ?? 'backup-report backfill';
  const makes = first < oldest ? command : `\`backup-report schedule\` makes them; by hand: ${command}`;
  // The archive does not tell whether a source still has events of a day.
  const advice = `${makes} (with --write-empty where it says that a day has no event)`;
  return [{ check, state: 'warning', words, advice }];
}
