import { loadConfiguration } from '../config/load.js';
import { staysInSight } from '../schedule/schedule-days.js';
import { durationInWords } from '../base/english.js';
import { Failure } from '../errors.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import type { Log } from '../ports.js';
import { checkCron } from '../schedule/cron-expression.js';
import type { ScheduledPlan } from '../schedule/scheduled-plan.js';
import { dayState } from '../day/delivery/day-state.js';
import type { Deliveries } from '../day/delivery/deliver-report.js';
import { redeliver } from '../day/delivery/load-revision.js';
import { generationTime } from '../wiring/generation-time.js';
import { wireHeartbeat } from '../wiring/wire-channels.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { exitCodeOf } from './run.js';

export interface OpenedPlan {
  readonly plan: ScheduledPlan;
  readonly gracePeriodMs: number;
}

/**
 * A plan as the schedule sees it, made by the pipeline.
 *
 * @throws Failure('usage') for a configuration by which days would be left out
 */
export async function openScheduledPlan(config: string, log: Log): Promise<OpenedPlan> {
  const loaded = await loadConfiguration(config);
  const { schedule: settings, settleDelay, timezone } = loaded.configuration;
  const { cron, catchUpDays, reconcileDays, retryAfter, gracePeriod } = settings;
  checkCron(cron, timezone, Date.now(), `${config}: schedule.cron`);
  const days = { timezone, settleDelayMs: settleDelay, catchUpDays, reconcileDays };
  if (!staysInSight(days)) {
    throw new Failure(
      'usage',
      `${config}: no day would ever be made: ${durationInWords(settleDelay)} of settleDelay are as long as ${catchUpDays} catchUpDays`,
      { hints: ['Set schedule.catchUpDays higher, or settleDelay lower.'] },
    );
  }
  const { plan, ports } = await wirePlan(loaded, log);
  return {
    gracePeriodMs: gracePeriod,
    plan: {
      ...days,
      name: plan.name,
      cron,
      retryAfterMs: retryAfter,
      heartbeat: wireHeartbeat(loaded.configuration, log),
      stateOf: (date) => dayState(ports.archive, { ...plan, channels: ports.channels }, date),
      makeDay: async (day, signal) => {
        const generatedAtMs = generationTime(process.env, ports.clock.nowMs());
        const result = await makeDailyReport(plan, day, generatedAtMs, ports, { signal });
        return {
          kind: result.kind === 'committed' ? 'committed' : 'unchanged',
          isComplete: result.report.status === 'COMPLETE',
          revision: result.revision,
          exitCode: exitCodeOf(result),
          deliveries: kindsOf(result),
        };
      },
      deliver: async (date) => {
        const deliveries = kindsOf(await redeliver(plan, date, ports));
        return { deliveries, exitCode: deliveries.includes('refused') ? 4 : 0 };
      },
    },
  };
}

function kindsOf({ delivery, sliceDeliveries, notices }: Deliveries): readonly string[] {
  const all = [delivery, ...sliceDeliveries, ...notices];
  return all.flatMap((each) => each?.kind ?? []);
}
