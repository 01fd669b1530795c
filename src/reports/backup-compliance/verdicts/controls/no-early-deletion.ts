import { dayMs } from '../../../../base/time-units.js';
import type { DeletionReason, JudgedControl } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';
import { retentionDaysOf } from './retention.js';

/**
 * Whether no backup was deleted too early. The minimum age is what the policy demands or, without a demand, the
 * resource's own retention.
 */
export function noEarlyDeletion(input: ControlInput): JudgedControl<DeletionReason> {
  const { minRetentionMs } = input.demand.policy;
  const { dayDeletions } = input.history;
  const deletions = dayDeletions.length;
  if (deletions === 0) return { verdict: 'COMPLIANT', code: 'deletion.none' };
  const retentionMs = minRetentionMs ?? ownRetentionMs(input);
  if (retentionMs === null) {
    return { verdict: 'NOT_APPLICABLE', code: 'deletion.no-retention-known', deletions };
  }
  const policy = minRetentionMs === null ? null : input.demand.policy;
  for (const { timeMs: deletedMs, createdMs } of dayDeletions) {
    if (createdMs === null) continue;
    const ageMs = deletedMs - createdMs;
    if (ageMs >= retentionMs) continue;
    const early = { deletedMs, ageMs, deletions, retentionMs, policy };
    return { verdict: 'NON_COMPLIANT', code: 'deletion.too-early', ...early };
  }
  return dayDeletions.some(({ createdMs }) => createdMs === null)
    ? { verdict: 'UNKNOWN', code: 'deletion.age-unknown', deletions, retentionMs, policy }
    : { verdict: 'COMPLIANT', code: 'deletion.in-time', deletions, retentionMs, policy };
}

function ownRetentionMs(input: ControlInput): number | null {
  const days = retentionDaysOf(input);
  return days === null ? null : days * dayMs;
}
