import { dayMs } from '../../../base/time-units.js';
import { type RecoveryPoint, isLogKind } from '../model/recovery-point.js';
import { backupIdOf } from './backup-id.js';
import type { CorrelatedJob } from './correlate-jobs.js';

/** A creation time longer before the end than this is the resource's, not the backup's. */
const longestBackupMs = 7 * dayMs;

/** What an ended backup adds to those of its resource; null: it is no backup (a copy never is one), or has not ended. */
export function pointOfJob(job: CorrelatedJob): RecoveryPoint | null {
  const { kind, begin, end, endMs, status } = job;
  if (kind !== 'backup' || end === null || endMs === null) return null;
  const backupType = end.traits.backupType ?? begin?.traits.backupType ?? null;
  const sizeBytes = end.sizeBytes ?? begin?.sizeBytes ?? null;
  const isMade = status === 'SUCCEEDED' || status === 'SUCCEEDED_WITH_WARNINGS';
  const isLost = status === 'FAILED' || status === 'CANCELED';
  return {
    id: backupIdOf(end) ?? (begin && backupIdOf(begin)),
    kind: backupType,
    isLog: isLogKind(backupType),
    // How a backup ended that nobody can say is no recovery point, and no failure.
    result: isMade ? 'succeeded' : isLost ? 'unsuccessful' : 'unknown',
    createdMs: createdOf(end.createdMs, endMs) ?? createdOf(begin?.createdMs ?? null, endMs),
    endMs,
    expiresMs: end.expiresMs ?? begin?.expiresMs ?? null,
    deletedMs: null,
    sources: [],
    ...(sizeBytes === null ? {} : { sizeBytes }),
  };
}

function createdOf(createdMs: number | null, endMs: number): number | null {
  if (createdMs === null || createdMs > endMs || endMs - createdMs > longestBackupMs) return null;
  return createdMs;
}
