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

/**
 * The resource's own setting. What an update has set holds; the inventory, read after the cut-off, has the present value,
 * and a backup event that of its time. A setting that was taken away is not known any more.
 */
export function retentionDaysOf({ protection, history }: ControlInput): number | null {
  const { retention: kept = null, protection: switched = null } = history.held ?? {};
  if (kept !== null && (kept.days !== null || switched?.enabled === false)) return kept.days;
  return protection?.retentionDays ?? history.recoveryWindowDays;
}
