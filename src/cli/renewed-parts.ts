import type { LoadedPlan } from '../wiring/load-plan.js';
import { explainError } from '../errors.js';
import type { Heartbeat } from '../ports/delivery.js';
import type { Log } from '../ports/log.js';
import type { ScheduledPeriods } from '../schedule/scheduled-plan.js';
import type { WiredPlan } from '../wiring/wire-plan.js';

/** What a plan of the schedule works with. */
export interface ScheduledParts {
  readonly loaded: LoadedPlan;
  readonly wired: WiredPlan;
  readonly heartbeat: Heartbeat;
  /** null: the plan makes none. */
  readonly periods: ScheduledPeriods | null;
}

/**
 * The parts of a plan, made anew where a secret of OCI Vault has another version. While a secret cannot be read, the last ones stay
 * in use, and the log says so: if one is no longer right, the service that it is for refuses it.
 *
 * @param make the parts from a configuration
 * @returns renew: reads the secrets again, and never throws; null where the configuration names none
 */
export function renewedParts(
  first: ScheduledParts,
  make: (loaded: LoadedPlan) => Promise<ScheduledParts>,
  log: Log,
): { readonly current: () => ScheduledParts; readonly renew: (() => Promise<void>) | null } {
  let parts = first;
  const plan = first.wired.plan.name;
  const renew = async (): Promise<void> => {
    try {
      const loaded = await parts.loaded.again?.();
      if (loaded === undefined || versionsOf(loaded) === versionsOf(parts.loaded)) return;
      parts = await make(loaded);
      log.info(
        { plan, secrets: loaded.secrets.length },
        'schedule: secrets of OCI Vault have other versions',
      );
    } catch (error) {
      const fields = {
        plan,
        reason: explainError(error),
        advice: 'the secrets that were read last are used',
      };
      log.warn(fields, 'schedule: secrets of OCI Vault could not be read again');
    }
  };
  return { current: () => parts, renew: first.loaded.again === undefined ? null : renew };
}

function versionsOf({ secrets }: LoadedPlan): string {
  return JSON.stringify(secrets.map(({ secretId, version }) => [secretId, version]));
}
