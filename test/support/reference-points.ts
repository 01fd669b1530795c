import { dayMs } from '../../src/base/time-units.js';
import type { Verdict } from '../../src/reports/backup-compliance/model/verdict.js';
import { type AttemptFact, type DeletionFact, type ReferenceSpan, isSuccess } from './reference-facts.js';

/** Ends of the successful backups that were neither deleted nor have expired by the cut-off. Epoch milliseconds, in order. */
export function pointsLeft(
  backups: readonly AttemptFact[],
  deletions: readonly DeletionFact[],
  { cutOffMs }: ReferenceSpan,
): readonly number[] {
  const deleted = new Set(deletions.map(({ backupId }) => backupId));
  return backups
    .filter(isSuccess)
    .filter(({ backupId }) => backupId === null || !deleted.has(backupId))
    .filter(({ expiresMs }) => expiresMs === null || expiresMs > cutOffMs)
    .flatMap(({ end }) => end?.ms ?? [])
    .sort((a, b) => a - b);
}

/**
 * Of the deletions of the day, by the age that each backup had.
 *
 * @param retentionDays that is demanded, else the resource's own; null: unknown, and then nothing is judged
 */
export function earlyDeletionVerdict(
  backups: readonly AttemptFact[],
  deletions: readonly DeletionFact[],
  retentionDays: number | null,
  { startMs }: ReferenceSpan,
): Verdict {
  const verdicts = deletions
    .filter(({ told }) => told.ms >= startMs)
    .flatMap(({ backupId, told }): Verdict[] => {
      const backup = backups.find((each) => backupId !== null && each.backupId === backupId);
      const isUnknown = backup?.result === 'UNKNOWN';
      if (backup !== undefined && !isSuccess(backup) && !isUnknown) return [];
      if (retentionDays === null) return ['NOT_APPLICABLE'];
      const madeMs = backup?.createdMs ?? backup?.end?.ms ?? null;
      if (madeMs === null) return ['UNKNOWN'];
      if (told.ms - madeMs >= retentionDays * dayMs) return ['COMPLIANT'];
      // Of a backup that may have succeeded it cannot be said.
      return [isUnknown ? 'UNKNOWN' : 'NON_COMPLIANT'];
    });
  return worstOf(verdicts) ?? 'COMPLIANT';
}

export function worstOf(verdicts: readonly Verdict[]): Verdict | null {
  const worst: readonly Verdict[] = ['NON_COMPLIANT', 'UNKNOWN', 'COMPLIANT', 'NOT_APPLICABLE'];
  return worst.find((verdict) => verdicts.includes(verdict)) ?? null;
}
