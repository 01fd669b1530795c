import type { JudgedControl, RestoreReason } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Auditors ask when a restore was last tested, whether a policy demands it or not. */
export function restoreTested({
  history,
  demand,
  day,
  knownSinceMs,
}: ControlInput): JudgedControl<RestoreReason> {
  const { policy } = demand;
  const { lastRestoreMs } = history;
  const { maxRestoreAgeMs: limitMs } = policy;
  const lastRestore =
    lastRestoreMs === null ? null : { endMs: lastRestoreMs, ageMs: day.cutOffMs - lastRestoreMs };
  if (limitMs === null) {
    return { verdict: 'NOT_APPLICABLE', code: 'restore.not-demanded', lastRestore, policy };
  }
  if (lastRestore !== null) {
    return lastRestore.ageMs <= limitMs
      ? { verdict: 'COMPLIANT', code: 'restore.recent-enough', lastRestore, limitMs, policy }
      : { verdict: 'NON_COMPLIANT', code: 'restore.too-old', lastRestore, limitMs, policy };
  }
  return day.cutOffMs - knownSinceMs < limitMs
    ? { verdict: 'UNKNOWN', code: 'restore.may-be-earlier', knownSinceMs, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'restore.none-seen', limitMs, policy };
}
