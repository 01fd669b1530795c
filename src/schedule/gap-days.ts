import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
import type { DayInSight } from './schedule-days.js';
import type { ScheduledPlan } from './scheduled-plan.js';

/**
 * Days before those that are caught up that have no report, although an earlier day has one: oldest first, within
 * `maxBridgeDays`. An archive without an earlier report has no gap there: it begins with the days that are caught up.
 */
export async function gapDays(plan: ScheduledPlan, nowMs: number): Promise<readonly DayInSight[]> {
  const { timezone, settleDelayMs, catchUpDays, maxBridgeDays = 0 } = plan;
  if (plan.reportsUpTo === undefined || maxBridgeDays <= catchUpDays) return [];
  const today = dateAt(nowMs, timezone);
  const committed = await plan.reportsUpTo(addDays(today, -catchUpDays - 1), addDays(today, -maxBridgeDays));
  let hasEarlier = committed.hasEarlier;
  const days: DayInSight[] = [];
  for (let ago = maxBridgeDays; ago > catchUpDays; ago -= 1) {
    const day = reportDayOf(addDays(today, -ago), timezone);
    if (day === undefined) continue;
    if (committed.dates.has(day.date)) hasEarlier = true;
    // A report that was made before its day was over is none.
    const isThere = committed.dates.has(day.date) && (await isReport(plan, day.date));
    if (!isThere && hasEarlier) {
      days.push({ day, settledMs: day.cutOffMs + settleDelayMs, isCaughtUp: true, isReconciled: false });
    }
  }
  return days;
}

/** What the archive cannot say of one day keeps no other from being made. */
async function isReport(plan: ScheduledPlan, date: string): Promise<boolean> {
  return plan.stateOf(date).then(
    (state) => state !== 'missing',
    () => true,
  );
}
