import type { DurationReason, JudgedControl } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Whether no attempt of the day took longer than the policy allows; a running one counts up to the cut-off. */
export function duration({ history, demand: { policy }, day }: ControlInput): JudgedControl<DurationReason> {
  const limitMs = policy.maxDurationMs;
  const durations = history.dayBackups.flatMap(({ startMs, endMs }) =>
    startMs === null ? [] : [(endMs ?? day.cutOffMs) - startMs],
  );
  if (durations.length === 0) return { verdict: 'NOT_APPLICABLE', code: 'duration.unknown', limitMs, policy };
  const longestMs = Math.max(...durations);
  return longestMs <= limitMs
    ? { verdict: 'COMPLIANT', code: 'duration.short-enough', longestMs, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'duration.too-long', longestMs, limitMs, policy };
}
