import type { JudgedControl, RecoveryPointReason } from '../../model/control-reason.js';
import { isStanding, standingPoints } from '../../model/recovery-point.js';
import type { Outcome } from '../../model/verdict.js';
import type { ControlInput } from '../control-input.js';

/** Age of the newest backup that is there at the cut-off: one that was deleted or has expired is no recovery point. */
export function recoveryPointAge(input: ControlInput): JudgedControl<RecoveryPointReason> {
  const { history, demand, day } = input;
  const { policy, maxAgeMs: limitMs } = demand;
  const lastSuccessMs = standingPoints(history.points, day.cutOffMs).at(-1)?.endMs ?? null;
  if (lastSuccessMs === null) return withoutPoint(input);
  const ageMs = day.cutOffMs - lastSuccessMs;
  const newerGone = history.points.filter(
    (point) =>
      point.result === 'succeeded' && (point.endMs ?? 0) > lastSuccessMs && !isStanding(point, day.cutOffMs),
  ).length;
  const measured = { lastSuccessMs, ageMs, limitMs, policy, newerGone };
  return ageMs <= limitMs
    ? { verdict: 'COMPLIANT', code: 'recovery-point.young-enough', ...measured }
    : { verdict: 'NON_COMPLIANT', code: 'recovery-point.too-old', ...measured };
}

function withoutPoint(input: ControlInput): JudgedControl<RecoveryPointReason> {
  const { history, demand, day, knownSinceMs, createdMs } = input;
  const { policy, maxAgeMs: limitMs } = demand;
  const gone = history.points.filter(({ result }) => result === 'succeeded').length;
  const isYoung = createdMs !== null && day.cutOffMs - createdMs <= limitMs;
  if (createdMs !== null && isYoung && !wasOwed(input) && !wasAttempted(input)) {
    return { verdict: 'NOT_APPLICABLE', code: 'recovery-point.resource-is-new', createdMs, limitMs, policy };
  }
  const isLifeKnown = createdMs !== null && createdMs >= knownSinceMs;
  // A backup from before anything is known may still be young enough.
  const mayBeEarlier = !isLifeKnown && day.cutOffMs - knownSinceMs < limitMs;
  const known = { knownSinceMs, limitMs, policy };
  if (gone > 0) {
    return mayBeEarlier
      ? { verdict: 'UNKNOWN', code: 'recovery-point.gone-may-be-earlier', gone, ...known }
      : { verdict: 'NON_COMPLIANT', code: 'recovery-point.all-gone', gone, ...known };
  }
  if (mayBeEarlier) return { verdict: 'UNKNOWN', code: 'recovery-point.may-be-earlier', ...known };
  return isLifeKnown
    ? { verdict: 'NON_COMPLIANT', code: 'recovery-point.none-since-creation', createdMs, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'recovery-point.none-seen', ...known };
}

/** Whether a backup was due since the day after its creation. */
function wasOwed({ due, createdMs }: ControlInput): boolean {
  return due !== null && createdMs !== null && due.dateStartMs > createdMs;
}

/** Whether any backup was attempted, as far as is known. */
function wasAttempted({ history }: ControlInput): boolean {
  const { dayBackups, lastSuccessMs, lastFailure, points, remembered } = history;
  const isKnownOf = lastSuccessMs !== null || lastFailure !== null || points.length > 0;
  const before = remembered?.standing?.recentOutcomes ?? [];
  return (
    dayBackups.length > 0 || isKnownOf || before.some((outcome) => outcome !== null && isOfAttempt(outcome))
  );
}

function isOfAttempt(outcome: Outcome): boolean {
  return outcome !== 'MISSED' && outcome !== 'LATE' && outcome !== 'NOT_DUE';
}
