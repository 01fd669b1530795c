import type { ReportDay } from '../../../model/report-day.js';
import { dayMs } from '../../../base/time-units.js';
import type { AuditRecord } from '../../../records/audit/audit-record.js';
import type { HeldRecord } from '../events/held-records.js';
import { compareJoined, endMsOf } from './change-of.js';
import { type JoinedChange, joinOperations } from './join-operations.js';

/** An operation that has not ended by then is not followed any longer. */
const longestRunMs = 14 * dayMs;

export interface SortedChanges {
  /** Those that ended in the day, and those that run at its end, in the order of the report. */
  readonly ofDay: readonly JoinedChange[];
  /** Those of days before it that were read with it. */
  readonly before: readonly JoinedChange[];
  /** Begins that the next day has to know. */
  readonly running: readonly AuditRecord[];
  /** Begins of 14 days ago and more, that nobody follows any longer. */
  readonly givenUp: readonly AuditRecord[];
}

/** Sorts changes by the day that they belong to: that of their end, else each day at whose end they run. */
export function sortChanges(
  records: readonly HeldRecord[],
  { startMs, cutOffMs }: Pick<ReportDay, 'startMs' | 'cutOffMs'>,
): SortedChanges {
  const ofDay: JoinedChange[] = [];
  const before: JoinedChange[] = [];
  const running: AuditRecord[] = [];
  const givenUp: AuditRecord[] = [];
  for (const joined of joinOperations(records)) {
    if (joined.end === null && joined.begin !== null) {
      const { record } = joined.begin;
      const isOld = cutOffMs - record.timeMs > longestRunMs;
      (isOld ? givenUp : running).push(record);
      if (!isOld) ofDay.push(joined);
    } else if (endMsOf(joined) >= startMs) {
      ofDay.push(joined);
    } else {
      before.push(joined);
    }
  }
  return { ofDay: ofDay.sort(compareJoined), before, running, givenUp };
}
