import { parseInstant } from '../../../base/instants.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';

/** Whether the last success was deleted or has expired since: the age then is that of the newest backup that is left. */
export function isSuccessGone({
  lastSuccessTime,
  recoveryPoints,
}: Pick<ResourceCompliance, 'lastSuccessTime' | 'recoveryPoints'>): boolean {
  const success = parseInstant(lastSuccessTime);
  if (recoveryPoints === undefined || success === undefined) return false;
  const newest = parseInstant(recoveryPoints.newest);
  return newest === undefined || newest < success;
}
