import { dayMs } from '../../../../base/time-units.js';
import type { JudgedControl, RetentionReason } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Whether backups are kept as long as the policy demands. */
export function retention(input: ControlInput): JudgedControl<RetentionReason> {
  const { policy } = input.demand;
  const days = retentionDaysOf(input);
  const { minRetentionMs: limitMs } = policy;
  if (limitMs === null) return { verdict: 'NOT_APPLICABLE', code: 'retention.not-demanded', days, policy };
  if (days === null) return { verdict: 'UNKNOWN', code: 'retention.unknown', limitMs, policy };
  return days * dayMs >= limitMs
    ? { verdict: 'COMPLIANT', code: 'retention.long-enough', days, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'retention.too-short', days, limitMs, policy };
}

/** The resource's own setting. The inventory has the present value, an event the value at its time. */
export function retentionDaysOf({ protection, history }: ControlInput): number | null {
  return protection?.retentionDays ?? history.recoveryWindowDays;
}
