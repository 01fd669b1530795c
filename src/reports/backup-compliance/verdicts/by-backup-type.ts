import type { TimeText } from '../../../base/instants.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { countedJob } from '../facts/counted-jobs.js';
import { type ResourceHistory, isSuccess, later } from '../facts/resource-history.js';
import { type BackupType, backupTypeOf, backupTypes, toldType } from '../model/backup-type.js';
import type { JudgedResource } from '../model/judged-resource.js';
import { standingPoints } from '../model/recovery-point.js';
import { isUnknown } from '../model/unknown-resource.js';
import { timeOf } from './last-known.js';

interface OfType {
  lastMs: number | null;
  attempts: number;
  failed: number;
}

/**
 * The last good backup of each type at the cut-off, of those that were neither deleted nor have expired, and the attempts
 * of the day. A type of which there is neither is left out.
 */
export function byBackupType(
  history: Pick<ResourceHistory, 'points' | 'dayBackups' | 'resource'>,
  cutOffMs: number,
  timeText: TimeText,
): JudgedResource['byBackupType'] {
  const byType = new Map<BackupType, OfType>();
  // Every backup of a file system is a snapshot, and none names a type.
  const isFileSystem = history.resource.resourceType === 'file-system';
  for (const { kind, endMs } of standingPoints(history.points, cutOffMs)) {
    noteSuccess(of(kind === null && isFileSystem ? 'snapshot' : toldType(kind)), endMs);
  }
  // A job that names no resource stands for itself: no backups are remembered of it.
  const standsAlone = isUnknown(history.resource);
  for (const job of history.dayBackups) noteAttempt(of(backupTypeOf(countedJob(job))), job, standsAlone);
  return backupTypes.flatMap((type) => {
    const known = byType.get(type);
    if (known === undefined) return [];
    const { lastMs, attempts, failed } = known;
    return [{ type, lastSuccess: timeOf(lastMs, timeText), attempts, failed }];
  });

  function of(type: BackupType): OfType {
    let known = byType.get(type);
    if (known === undefined) byType.set(type, (known = { lastMs: null, attempts: 0, failed: 0 }));
    return known;
  }
}

function noteSuccess(known: OfType, endMs: number | null): void {
  known.lastMs = later(known.lastMs, endMs);
}

function noteAttempt(known: OfType, job: CorrelatedJob, standsAlone: boolean): void {
  known.attempts += 1;
  if (job.status === 'FAILED') known.failed += 1;
  if (standsAlone && isSuccess(job)) noteSuccess(known, job.endMs);
}
