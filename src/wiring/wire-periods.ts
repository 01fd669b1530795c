import type { LoadedConfiguration } from '../config/load.js';
import { Failure } from '../errors.js';
import type { PeriodPlan, PeriodPorts } from '../periods/period-plan.js';
import type { LoadedPlan } from './load-plan.js';
import { kindOfPlan, shippedKinds } from './report-kinds.js';
import type { WiredPlan } from './wire-plan.js';
import { loadTheme } from './wire-theme.js';

/** The periods of a plan, ready to be made. */
export interface WiredPeriods {
  readonly plan: PeriodPlan;
  readonly ports: PeriodPorts;
}

/**
 * What makes the periods of a wired plan: its archive and its mail, with renderers of their own.
 *
 * @throws Failure('usage') where its kind of report has no periods
 */
export async function wirePeriods(
  { configuration, directory, kinds: own }: LoadedConfiguration & Partial<Pick<LoadedPlan, 'kinds'>>,
  { plan, ports, timezone }: WiredPlan,
  kinds = own ?? shippedKinds,
): Promise<WiredPeriods> {
  const { kind, name } = plan;
  const theme = await loadTheme(configuration, directory);
  const renderers = (await kindOfPlan(configuration, kinds)).periodRenderersOf?.(theme);
  if (kind.periods === undefined || renderers === undefined) {
    throw new Failure('usage', `${name}: reports of the kind ${kind.name} have no periods`, {
      hints: ['Each of its days stands alone: look at the reports of the days.'],
    });
  }
  const { archive, clock, log, mailer, signer, timestampAuthority } = ports;
  return {
    plan: { ...plan, timezone, kindName: kind.name, kind: kind.periods },
    ports: {
      archive,
      clock,
      log,
      mailer,
      signer,
      timestampAuthority,
      ...renderers,
    },
  };
}
