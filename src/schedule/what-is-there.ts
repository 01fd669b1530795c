import { addDays, dateAt } from '../base/civil-dates.js';
import type { ScheduledPlan } from './scheduled-plan.js';

/**
 * The newest day before today that has its report, among those that a pass may make; null: none has, or the archive could not be
 * asked, which the pass itself tells.
 */
export async function newestThere(plan: ScheduledPlan, nowMs: number): Promise<string | null> {
  const { timezone, catchUpDays, reconcileDays } = plan;
  const today = dateAt(nowMs, timezone);
  const oldest = addDays(today, -Math.max(catchUpDays, reconcileDays));
  try {
    const found = await plan.reportsUpTo?.(addDays(today, -1), oldest);
    for (const date of [...(found?.dates ?? [])].sort().reverse()) {
      if (await isReport(plan, date)) return date;
    }
  } catch {
    // Whoever visits the days says why.
  }
  return null;
}

/** A day that cannot be read is not known to have one. */
async function isReport(plan: ScheduledPlan, date: string): Promise<boolean> {
  return plan.stateOf(date).then(
    (state) => state === 'done' || state === 'undelivered',
    () => false,
  );
}

/**
 * Where the days begin that a schedule catches up. Days before the first report were never promised, so a plan whose first report
 * was made by hand is not caught up before it. An archive that was empty when the process started is: all its days stay wanted, also
 * where one failed and later ones were made.
 */
export class FirstDay {
  #wasEmpty: boolean | null = null;
  #known: string | null = null;

  /** null: every day in sight is wanted. Where the archive cannot say, what was known before holds. */
  async find(plan: ScheduledPlan, nowMs: number): Promise<string | null> {
    if (plan.beginsAt === undefined || this.#wasEmpty === true) return null;
    try {
      this.#known = await plan.beginsAt(addDays(dateAt(nowMs, plan.timezone), -1));
      this.#wasEmpty ??= this.#known === null;
    } catch {
      // A report too many is better than one too few.
    }
    return this.#known;
  }
}
