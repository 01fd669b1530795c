import type { LoadedConfiguration } from '../config/load.js';
import { Failure } from '../errors.js';
import { duePeriods, settledPeriods } from '../periods/due-periods.js';
import { makePeriodReport } from '../periods/make-period.js';
import type { PeriodResult } from '../periods/period-plan.js';
import type { DayDone, ScheduledPeriods } from '../schedule/scheduled-plan.js';
import { generationTime } from '../wiring/generation-time.js';
import { wirePeriods } from '../wiring/wire-periods.js';
import type { WiredPlan } from '../wiring/wire-plan.js';
import { exitCodeOfPeriod } from './exit-codes.js';

/** In words what of its signatures and time stamps is still owed. */
function owedBy({ signature, late, stamps }: PeriodResult): Pick<DayDone, 'unsigned'> {
  const words = [
    ...(signature?.kind === 'unsigned' ? [`not signed: ${signature.reason}`] : []),
    ...late.unsigned.map(({ reason }) => `not signed: ${reason}`),
    ...stamps.unstamped.map(({ reason }) => `no time stamp: ${reason}`),
    ...[late.failure, stamps.failure].flatMap((failure) => failure ?? []),
  ];
  return words.length === 0 ? {} : { unsigned: [...new Set(words)].join('; ') };
}

/**
 * The periods that a plan's configuration asks for, as the schedule makes them.
 *
 * @throws Failure('usage') where its kind of report has no periods
 */
export async function openScheduledPeriods(
  loaded: LoadedConfiguration,
  wired: WiredPlan,
): Promise<ScheduledPeriods> {
  const { plan, ports } = await wirePeriods(loaded, wired);
  const { periods: types, settleDelay: settleDelayMs, timezone } = loaded.configuration;
  const inSight = (nowMs: number) => settledPeriods(types, { timezone, settleDelayMs }, nowMs);
  return {
    due: async (nowMs, reconciles) =>
      (await duePeriods(plan, inSight(nowMs), ports, reconciles)).map(({ label }) => label),
    async make(label, signal) {
      const nowMs = ports.clock.nowMs();
      const period = inSight(nowMs).find((each) => each.label === label);
      if (period === undefined) throw new Failure('usage', `${plan.name}: ${label} is no period to make now`);
      const generatedAtMs = generationTime(process.env, nowMs, null);
      const result = await makePeriodReport(plan, { period, generatedAtMs, signal }, ports);
      const { kind, revision, report, delivery, location, link, templateFaults } = result;
      return {
        kind,
        revision,
        isComplete: report.status === 'COMPLETE',
        exitCode: exitCodeOfPeriod(result),
        ...owedBy(result),
        deliveries: delivery === null ? [] : [delivery.kind],
        location,
        ...(link !== undefined && { link }),
        ...(templateFaults.length > 0 && {
          faultyTemplates: [...new Set(templateFaults.map(({ file }) => file))].sort(),
        }),
      };
    },
  };
}
