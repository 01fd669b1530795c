import { dayMs } from '../../../../base/time-units.js';
import type { DayDeletion } from '../../facts/day-deletion.js';
import type { DeletionReason, JudgedControl } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';
import { retentionDaysOf } from './retention.js';

/**
 * Whether no backup was deleted too early. The minimum age is what the policy demands or, without a demand, the
 * resource's own retention. Of an unsuccessful backup nothing is demanded.
 */
export function noEarlyDeletion(input: ControlInput): JudgedControl<DeletionReason> {
  const { minRetentionMs } = input.demand.policy;
  const { dayDeletions, perhapsDeleted } = input.history;
  const none = input.hasUnownedDeletions ? 'deletion.none-known' : 'deletion.none';
  const judged = dayDeletions.filter(({ point }) => point?.result !== 'unsuccessful');
  const deletions = dayDeletions.length;
  if (judged.length + perhapsDeleted.length === 0) {
    return deletions === 0
      ? { verdict: 'COMPLIANT', code: none }
      : { verdict: 'COMPLIANT', code: 'deletion.of-unsuccessful', deletions };
  }
  const retentionMs = minRetentionMs ?? ownRetentionMs(input);
  if (retentionMs === null) {
    const counted = deletions === 0 ? perhapsDeleted.length : deletions;
    return { verdict: 'NOT_APPLICABLE', code: 'deletion.no-retention-known', deletions: counted };
  }
  const policy = minRetentionMs === null ? null : input.demand.policy;
  const demand = { deletions, retentionMs, policy };
  for (const each of judged) {
    const ageMs = ageOf(each);
    // One of which nobody can say how it ended may have been no recovery point.
    if (ageMs === null || ageMs >= retentionMs || each.point?.result === 'unknown') continue;
    const { deletedMs } = each;
    return { verdict: 'NON_COMPLIANT', code: 'deletion.too-early', deletedMs, ageMs, ...demand };
  }
  const unknown = unknownCode(judged, perhapsDeleted, retentionMs);
  if (unknown !== null) return { verdict: 'UNKNOWN', code: unknown, ...demand };
  return deletions === 0
    ? { verdict: 'COMPLIANT', code: none }
    : { verdict: 'COMPLIANT', code: 'deletion.in-time', ...demand };
}

type UnknownCode =
  'deletion.age-unknown' | 'deletion.which-unknown' | 'deletion.perhaps-own' | 'deletion.perhaps-made';

/** What is not known of the deletions; null: all of them were in time. */
function unknownCode(
  judged: readonly DayDeletion[],
  perhapsDeleted: readonly DayDeletion[],
  retentionMs: number,
): UnknownCode | null {
  const isPerhapsEarly = (each: DayDeletion): boolean => {
    const ageMs = ageOf(each);
    return ageMs === null || ageMs < retentionMs;
  };
  if (judged.some(({ backupId }) => backupId === null)) return 'deletion.which-unknown';
  if (judged.some((each) => ageOf(each) === null)) return 'deletion.age-unknown';
  if (judged.some(isPerhapsEarly)) return 'deletion.perhaps-made';
  return perhapsDeleted.some(isPerhapsEarly) ? 'deletion.perhaps-own' : null;
}

/** Since the backup's creation, else its end; null: neither is known, nor which backup it was. */
function ageOf({ deletedMs, backupId, createdMs, point }: DayDeletion): number | null {
  if (backupId === null) return null;
  const madeMs = createdMs ?? point?.createdMs ?? point?.endMs ?? null;
  return madeMs === null ? null : deletedMs - madeMs;
}

function ownRetentionMs(input: ControlInput): number | null {
  const days = retentionDaysOf(input);
  return days === null ? null : days * dayMs;
}
