import { compareText } from '../../../base/text-order.js';
import type { BackupEvent, EventResult } from '../model/backup-event.js';
import { type JobStatus, jobStatuses } from '../model/backup-job.js';
import { compareContent } from './event-order.js';

/** Worst first: two conflicting observations of one fact must not end up green. */
const severity: readonly (JobStatus | null)[] = [...jobStatuses, null];

/**
 * Whether the first of two observations of one fact is kept: the worse one. Ties are broken by content alone, so that
 * the order of reading changes nothing.
 */
export function isPreferred(a: BackupEvent, b: BackupEvent): boolean {
  const order =
    severity.indexOf(a.result.status) - severity.indexOf(b.result.status) ||
    compareText(a.eventId, b.eventId) ||
    a.timeMs - b.timeMs ||
    compareContent(a, b);
  return order < 0;
}

/** Whether the first result is worse. */
export function isWorse(a: EventResult, b: EventResult): boolean {
  return severity.indexOf(a.status) < severity.indexOf(b.status);
}
