import { addDays, startOfDate } from '../../../base/civil-dates.js';
import { hourMs } from '../../../base/time-units.js';
import type { Cadence } from '../../../model/cadence.js';
import type { Protection } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { Policy } from '../model/policy.js';
import { cadenceOfSchedules, dailyCadence, isDueOn, lastDueDate, longestGapDays } from './cadence.js';

/** A daily backup may be 26 h old: two hours of slack for one that runs somewhat later than the day before. */
const slackMs = 2 * hourMs;

/** What a policy demands of one resource. */
export interface Demand {
  readonly policy: Policy;
  readonly cadence: Cadence;
  /** Whether the cadence was assigned in OCI rather than set by the policy. */
  readonly isAssigned: boolean;
  readonly maxAgeMs: number;
}

/** A backup that should exist. */
export interface Due {
  /** Whether it is due on this day; false: on an earlier one. */
  readonly today: boolean;
  /** The date on which it was due. */
  readonly date: string;
  /** When that date began. */
  readonly dateStartMs: number;
  /** A success from this instant on counts. */
  readonly sinceMs: number;
}

/** The policy's own cadence; without one, the cadence assigned in OCI; without that, daily. */
export function demandOf(policy: Policy, protection: Protection | undefined): Demand {
  const assigned = policy.cadence === null ? cadenceOfSchedules(protection?.schedules ?? []) : null;
  const cadence = policy.cadence ?? assigned ?? dailyCadence;
  const maxAgeMs = policy.maxAgeMs ?? longestGapDays(cadence) * 24 * hourMs + slackMs;
  return { policy, cadence, isAssigned: assigned !== null, maxAgeMs };
}

/** Finds what is due for resources on one day. Distinct demands are few, so each is computed once. */
export class DueDates {
  readonly #day: ReportDay;
  readonly #dues = new Map<string, Due | null>();

  constructor(day: ReportDay) {
    this.#day = day;
  }

  /**
   * Nothing is due for a resource created after its due date began.
   *
   * @param createdMs null: unknown, and taken to exist already
   */
  of(demand: Demand, createdMs: number | null): Due | null {
    const key = `${demand.isAssigned}|${demand.cadence.words}`;
    let due = this.#dues.get(key);
    if (due === undefined) this.#dues.set(key, (due = dueOf(demand, this.#day)));
    const isLater = due !== null && createdMs !== null && createdMs >= due.dateStartMs;
    return isLater ? null : due;
  }
}

/**
 * The backup that is due on the day or, if none is, the latest that was due before it.
 *
 * A policy's day is a day in the plan's time zone. A schedule assigned in OCI uses another zone and may start hours
 * late (docs.oracle.com: "Policy-Based Backups"), so its demand is judged on the following day, and a backup since the
 * day before satisfies it.
 */
export function dueOf({ cadence, isAssigned }: Demand, { date, timezone }: ReportDay): Due | null {
  const delayDays = isAssigned && cadence.weekdays.length < 7 ? 1 : 0;
  const scheduled = lastDueDate(cadence, addDays(date, -delayDays));
  if (scheduled === null) return null;
  return {
    today: addDays(scheduled, delayDays) === date && isDueOn(cadence, scheduled),
    date: scheduled,
    dateStartMs: startOfDate(scheduled, timezone),
    sinceMs: startOfDate(addDays(scheduled, -delayDays), timezone),
  };
}
