import { dayMs } from '../../../base/time-units.js';
import { type TimeWindow, askedToMs } from '../../../model/report-day.js';
import type { BackupEvent } from '../model/backup-event.js';

/** An older creation time may be that of the resource, and proves nothing. */
const longestProvenMs = 7 * dayMs;

/** Whether an event lies between the cut-off and the end of the look-ahead. */
export function isAhead(timeMs: number, window: TimeWindow): boolean {
  return timeMs >= window.toMs && timeMs < askedToMs(window);
}

/**
 * Whether an event proves that an attempt was running at the cut-off: the end of a backup that was created before it, by at
 * most 7 days. Nothing else that happened after the cut-off is looked at.
 */
export function provesRunning({ type, createdMs }: BackupEvent, cutOffMs: number): boolean {
  if (type.action !== 'backup' || type.phase !== 'end') return false;
  return createdMs !== null && createdMs < cutOffMs && cutOffMs - createdMs <= longestProvenMs;
}
