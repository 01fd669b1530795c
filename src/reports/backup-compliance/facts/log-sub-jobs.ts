import { isLogKind } from '../model/recovery-point.js';
import type { CorrelatedJob } from './correlate-jobs.js';

/**
 * Whether a job backed up logs alone, as a sub-job of the backups that a policy of Azure makes every 15 minutes or so. It
 * is judged by itself: the backup that is due is made by none, and none makes a failed one good.
 */
export function isLogSubJob({ begin, end }: CorrelatedJob): boolean {
  const event = end ?? begin;
  return event !== null && event.type.family === 'azure-backup' && isLogKind(event.traits.backupType);
}
