import { reportDayOf } from '../base/civil-dates.js';
import { eachInBatches } from '../base/in-batches.js';
import { type Period, datesOf } from '../model/period.js';
import { wasMailed } from './deliver-period.js';
import type { PeriodPlan, PeriodPorts } from './period-plan.js';
import { readPeriodRevisions } from './period-revisions.js';
import { findDay } from './read-days.js';

/** stale: a day has another newest revision than the one that was counted. */
export type PeriodState = 'missing' | 'stale' | 'undelivered' | 'done';

/**
 * What the archive says of a period, by manifests and the ledger alone.
 *
 * @param checksDays whether the manifests of its days are read; without, it is never stale
 */
export async function periodState(
  plan: PeriodPlan,
  period: Period,
  ports: Pick<PeriodPorts, 'archive' | 'log' | 'mailer'>,
  checksDays: boolean,
): Promise<PeriodState> {
  const { archive } = ports;
  const { newest, isDamaged } = await readPeriodRevisions(archive, plan.name, period.label);
  if (newest === null || isDamaged) return 'missing';
  if (checksDays) {
    const dates = datesOf(period).filter((date) => reportDayOf(date, plan.timezone) !== undefined);
    const now = await eachInBatches(dates, async (date) => {
      const found = await findDay(archive, plan, date);
      return found.ok ? found.revision.manifestSha256 : null;
    });
    const counted = new Map(newest.manifest.days.map((day) => [day.date, day.manifestSha256]));
    if (dates.some((date, index) => (counted.get(date) ?? null) !== now[index])) return 'stale';
  }
  return (await wasMailed(plan, newest, ports)) ? 'done' : 'undelivered';
}
