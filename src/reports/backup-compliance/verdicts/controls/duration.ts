import type { DurationReason, JudgedControl } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Whether no attempt of the day took longer than the policy allows; a running one counts up to the cut-off. */
export function duration({ history, demand: { policy }, day }: ControlInput): JudgedControl<DurationReason> {
  const limitMs = policy.maxDurationMs;
  let longestMs: number | null = null;
  for (const { startMs, endMs } of history.dayBackups) {
    if (startMs !== null) longestMs = Math.max(longestMs ?? 0, (endMs ?? day.cutOffMs) - startMs);
  }
  if (longestMs === null) return { verdict: 'NOT_APPLICABLE', code: 'duration.unknown', limitMs, policy };
  return longestMs <= limitMs
    ? { verdict: 'COMPLIANT', code: 'duration.short-enough', longestMs, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'duration.too-long', longestMs, limitMs, policy };
}
