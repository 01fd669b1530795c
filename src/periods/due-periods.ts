import { addDays, dateAt } from '../base/civil-dates.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { type Period, periodAround } from '../model/period.js';
import type { Archive } from '../ports/archive.js';
import { endOfPeriod } from './head-of-period.js';
import type { PeriodPlan, PeriodPorts } from './period-plan.js';
import { committedPeriods } from './period-revisions.js';
import { periodState } from './period-state.js';

type ScheduledType = 'month' | 'quarter';

/** How many periods that are over a schedule looks at: what was missed meanwhile, and what later days revise. */
const periodsInSight: Readonly<Record<ScheduledType, number>> = { month: 3, quarter: 2 };

/** Periods that are over and whose last day has settled, oldest first; of two that end together the shorter one. */
export function settledPeriods(
  types: readonly ScheduledType[],
  { timezone, settleDelayMs }: { readonly timezone: string; readonly settleDelayMs: number },
  nowMs: number,
): readonly Period[] {
  const today = dateAt(nowMs, timezone);
  return types
    .flatMap((type) => {
      const periods: Period[] = [];
      let period = periodAround(today, type);
      for (let back = 0; back < periodsInSight[type]; back += 1) {
        period = periodAround(addDays(period.from, -1), type);
        periods.push(period);
      }
      return periods;
    })
    .filter((period) => endOfPeriod(period, timezone) + settleDelayMs <= nowMs)
    .sort((a, b) => compareEnds(a, b));
}

function compareEnds(a: Period, b: Period): number {
  if (a.to !== b.to) return a.to < b.to ? -1 : 1;
  return a.from > b.from ? -1 : 1;
}

/**
 * Those of them that are to be made now: of days that the archive has, without a report of their own or with one that was
 * not mailed.
 *
 * @param checksDays whether those that have one are looked at again, because their days may have another revision by now
 */
export async function duePeriods(
  plan: PeriodPlan,
  periods: readonly Period[],
  ports: Pick<PeriodPorts, 'archive' | 'log' | 'mailer'>,
  checksDays: boolean,
): Promise<readonly Period[]> {
  const { archive } = ports;
  const committed = await committedPeriods(archive, plan.name);
  const due: Period[] = [];
  for (const period of periods) {
    const isMissing = !committed.has(period.label);
    const isDue = isMissing
      ? await hasDays(archive, plan.name, period)
      : (await periodState(plan, period, ports, checksDays)) !== 'done';
    if (isDue) due.push(period);
  }
  return due;
}

/** Before a plan had its first day there was nothing to report. */
async function hasDays(archive: Archive, plan: string, { from, to }: Period): Promise<boolean> {
  return (await listCommitted(archive, plan, from, to)).size > 0;
}
