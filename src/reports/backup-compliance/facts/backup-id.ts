import { protectedType } from '../../../model/resource-types.js';
import type { BackupEvent } from '../model/backup-event.js';

/**
 * The backup's own OCID, in lower case; null where the event has none. Some families have the protected resource's id in
 * its place, and a row without any gets one of its resource and creation time when it is read.
 */
export function backupIdOf({ subjectId, resource }: BackupEvent): string | null {
  if (subjectId === null || protectedType(subjectId) !== undefined) return null;
  const isStandIn = subjectId === resource.resourceId || /^name:|@\d+$/.test(subjectId);
  return isStandIn ? null : subjectId;
}
