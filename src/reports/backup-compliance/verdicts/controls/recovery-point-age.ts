import type { JudgedControl, RecoveryPointReason } from '../../model/control-reason.js';
import { isStanding, standingPoints } from '../../model/recovery-point.js';
import type { ControlInput } from '../control-input.js';
import { knownWithoutPointSince } from '../without-point.js';

/**
 * Age of the newest backup that is there at the cut-off: one that was deleted or has expired is no recovery point. A
 * resource that is too new for one is judged in evaluateControls.
 */
export function recoveryPointAge(input: ControlInput): JudgedControl<RecoveryPointReason> {
  const { history, demand, day } = input;
  const { policy, maxAgeMs: limitMs } = demand;
  const lastSuccessMs = standingPoints(history.points, day.cutOffMs).at(-1)?.endMs ?? null;
  if (lastSuccessMs === null) return withoutPoint(input);
  const ageMs = day.cutOffMs - lastSuccessMs;
  let newerGone = 0;
  for (const point of history.points) {
    const { result, endMs } = point;
    const isNewer = result === 'succeeded' && endMs !== null && endMs > lastSuccessMs;
    if (isNewer && !isStanding(point, day.cutOffMs)) newerGone += 1;
  }
  const measured = { lastSuccessMs, ageMs, limitMs, policy, newerGone };
  return ageMs <= limitMs
    ? { verdict: 'COMPLIANT', code: 'recovery-point.young-enough', ...measured }
    : { verdict: 'NON_COMPLIANT', code: 'recovery-point.too-old', ...measured };
}

function withoutPoint(input: ControlInput): JudgedControl<RecoveryPointReason> {
  const { history, demand, knownSinceMs, createdMs, mayBeYounger } = input;
  const { policy, maxAgeMs: limitMs } = demand;
  const gone = history.points.filter(({ result }) => result === 'succeeded').length;
  const sinceMs = knownWithoutPointSince(input);
  const known = { knownSinceMs, limitMs, policy };
  if (gone > 0) {
    return sinceMs === null
      ? { verdict: 'UNKNOWN', code: 'recovery-point.gone-may-be-earlier', gone, ...known }
      : { verdict: 'NON_COMPLIANT', code: 'recovery-point.all-gone', gone, ...known };
  }
  // A backup from before anything is known may still be young enough.
  if (sinceMs === null) return { verdict: 'UNKNOWN', code: 'recovery-point.may-be-earlier', ...known };
  if (sinceMs !== createdMs) return { verdict: 'NON_COMPLIANT', code: 'recovery-point.none-seen', ...known };
  const created = { createdMs: sinceMs, mayBeYounger };
  return {
    verdict: 'NON_COMPLIANT',
    code: 'recovery-point.none-since-creation',
    ...created,
    limitMs,
    policy,
  };
}
