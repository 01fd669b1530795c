import type { JudgedControl, RecoveryPointReason } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Age of the last successful backup at the cut-off. */
export function recoveryPointAge(input: ControlInput): JudgedControl<RecoveryPointReason> {
  const { history, demand, day, knownSinceMs, createdMs } = input;
  const { policy, maxAgeMs: limitMs } = demand;
  const { lastSuccessMs } = history;
  if (lastSuccessMs !== null) {
    const ageMs = day.cutOffMs - lastSuccessMs;
    return ageMs <= limitMs
      ? { verdict: 'COMPLIANT', code: 'recovery-point.young-enough', lastSuccessMs, ageMs, limitMs, policy }
      : { verdict: 'NON_COMPLIANT', code: 'recovery-point.too-old', lastSuccessMs, ageMs, limitMs, policy };
  }
  if (createdMs !== null && day.cutOffMs - createdMs <= limitMs) {
    return { verdict: 'NOT_APPLICABLE', code: 'recovery-point.resource-is-new', createdMs, limitMs, policy };
  }
  // A backup from before anything is known may still be young enough.
  return day.cutOffMs - knownSinceMs < limitMs
    ? { verdict: 'UNKNOWN', code: 'recovery-point.may-be-earlier', knownSinceMs, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'recovery-point.none-seen', knownSinceMs, limitMs, policy };
}
