import { addDays, dateAt } from '../base/civil-dates.js';
import { dateRanges } from '../base/date-ranges.js';
import type { Log } from '../ports/log.js';
import { errorFields, reasonOf } from './error-words.js';
import type { ScheduledPlan } from './scheduled-plan.js';

/**
 * Dates without a report that lie further back than a pass makes them: logged, with the command that makes them.
 *
 * @returns null: the archive could not be asked
 */
export async function tellDaysBeyond(
  plan: ScheduledPlan,
  nowMs: number,
  log: Log,
): Promise<readonly string[] | null> {
  if (plan.missingUpTo === undefined) return [];
  const { name, timezone, catchUpDays, maxBridgeDays = 0 } = plan;
  const oldest = addDays(dateAt(nowMs, timezone), -Math.max(catchUpDays, maxBridgeDays));
  try {
    const dates = await plan.missingUpTo(addDays(oldest, -1));
    const [first, last] = [dates[0], dates.at(-1)];
    if (first === undefined || last === undefined) return [];
    const backfill = plan.backfillCommand?.(first, last);
    const fields = { plan: name, missing: dates.length, days: dateRanges(dates), backfill };
    log.warn(fields, 'schedule: days without a report that are too long ago: backfill makes them');
    return dates;
  } catch (error) {
    const reason = reasonOf(error);
    log.warn({ plan: name, reason, ...errorFields(error) }, 'schedule: days without a report not found');
    return null;
  }
}
