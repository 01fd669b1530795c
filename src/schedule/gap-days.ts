import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
import type { DayInSight } from './schedule-days.js';
import type { ScheduledPlan } from './scheduled-plan.js';

/**
 * Days before those that are caught up that have no report, although the archive begins before them or with them:
 * oldest first, within `maxBridgeDays`. An archive that begins later has no gap there.
 */
export async function gapDays(plan: ScheduledPlan, nowMs: number): Promise<readonly DayInSight[]> {
  const { timezone, settleDelayMs, catchUpDays, maxBridgeDays = 0 } = plan;
  if (plan.reportsUpTo === undefined || maxBridgeDays <= catchUpDays) return [];
  const today = dateAt(nowMs, timezone);
  const committed = await plan.reportsUpTo(addDays(today, -catchUpDays - 1), addDays(today, -maxBridgeDays));
  const days: DayInSight[] = [];
  for (let ago = maxBridgeDays; ago > catchUpDays; ago -= 1) {
    const day = reportDayOf(addDays(today, -ago), timezone);
    if (day === undefined || committed.began === null || day.date < committed.began) continue;
    // A report that was made before its day was over is none.
    const isThere = committed.dates.has(day.date) && (await isReport(plan, day.date));
    if (!isThere) {
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
