import { addDays, dateAt } from '../../../base/civil-dates.js';
import type { ReportDay } from '../../../model/report-day.js';
import { EventLedger } from '../events/event-ledger.js';
import { provesRunning } from '../events/look-ahead.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { isUnknown } from '../model/unknown-resource.js';
import { type CorrelatedJob, correlateJobs, runningJob } from './correlate-jobs.js';

/** An attempt that is known to have been running at the cut-off by its end alone, which came after it. */
export interface ProvenAttempt {
  /** Running, or UNKNOWN where it ran for longer than allowed; as if its begin had been told, without any result. */
  readonly job: CorrelatedJob;
  /** Whose it is, as far as names tell. */
  readonly resource: ResourceRef;
  /** For one sentence of the page, and for nothing else. */
  readonly ended: { readonly endMs: number; readonly status: string; readonly isNextDay: boolean };
}

/** What may prove something about a day. */
export interface ProvenDay {
  readonly day: ReportDay;
  /** How far is looked ahead of the cut-off, milliseconds. */
  readonly aheadMs: number;
  /** Attempts that ended before the cut-off, and those that are known to run at it. */
  readonly spanJobs: readonly CorrelatedJob[];
  /** What its policy allows, milliseconds. */
  readonly maxDurationMs: (resource: ResourceRef) => number;
  /** The resource that an event means. */
  readonly resolve: (resource: ResourceRef) => ResourceRef;
}

/**
 * Attempts that the ends after a day's cut-off prove. An end that belongs to an attempt that is known by its begin, or that
 * has ended before, proves nothing.
 *
 * @param jobs of the whole reading: for a day without a report of its own, the ends of the next day are among them
 * @param ahead what happened after the cut-off of the reading
 */
export function provenAttempts(
  { jobs, ahead }: { readonly jobs: readonly CorrelatedJob[]; readonly ahead: readonly BackupEvent[] },
  { day, aheadMs, spanJobs, maxDurationMs, resolve }: ProvenDay,
): readonly ProvenAttempt[] {
  const { cutOffMs } = day;
  const isOfDay = (event: BackupEvent): boolean =>
    event.timeMs >= cutOffMs && event.timeMs < cutOffMs + aheadMs && provesRunning(event, cutOffMs);
  const ends = [...endsWithoutBegin(jobs, cutOffMs), ...ahead].filter(isOfDay);
  if (ends.length === 0) return [];
  return attemptsOf(ends, spanJobs).map(({ begin, end }) => {
    const resource = resolve(end.resource);
    const isTooLong = cutOffMs - begin.timeMs >= maxDurationMs(end.resource);
    return {
      job: runningJob(begin, isTooLong ? 'UNKNOWN' : 'IN_PROGRESS', resource),
      resource,
      ended: {
        endMs: end.timeMs,
        status: end.result.status ?? end.result.state ?? 'UNKNOWN',
        isNextDay: dateAt(end.timeMs, day.timezone) === addDays(day.date, 1),
      },
    };
  });
}

/** On its day, a begin that came after the cut-off is not known. */
function* endsWithoutBegin(jobs: readonly CorrelatedJob[], cutOffMs: number): Generator<BackupEvent> {
  for (const { kind, begin, end } of jobs) {
    if (kind === 'backup' && end !== null && (begin === null || begin.timeMs >= cutOffMs)) yield end;
  }
}

interface EndedAttempt {
  /** The end, as if it were a begin. */
  readonly begin: BackupEvent;
  readonly end: BackupEvent;
}

/** One for each backup that ended, without those that are known already. */
function attemptsOf(
  ends: readonly BackupEvent[],
  spanJobs: readonly CorrelatedJob[],
): readonly EndedAttempt[] {
  const over = new Set<string>();
  const ledger = new EventLedger();
  const subjects = new Set(ends.map(({ subjectId }) => subjectId));
  for (const { kind, begin, end } of spanJobs) {
    const event = end ?? begin;
    if (kind !== 'backup' || event === null || !subjects.has(event.subjectId)) continue;
    if (end !== null) over.add(backupKey(end));
    else if (begin !== null) ledger.add(begin, 0);
  }
  for (const end of ends) if (!over.has(backupKey(end))) ledger.add(end, 0);
  ledger.close();
  return correlateJobs(ledger.groups()).flatMap(({ begin, end }): EndedAttempt[] => {
    if (begin !== null || end === null || end.createdMs === null || isUnknown(end.resource)) return [];
    return [{ begin: asBegin(end, end.createdMs), end }];
  });
}

/** Where the id is the resource's own, its attempts are told apart by their creation. */
function backupKey({ subjectId, resource, createdMs }: BackupEvent): string {
  const isOwn = subjectId === null || subjectId === resource.resourceId;
  return isOwn ? `${resource.resourceId}@${createdMs}` : `${subjectId}`;
}

/** Nothing of its result is left. It has no id, because no begin was told. */
function asBegin(end: BackupEvent, createdMs: number): BackupEvent {
  const { type, subjectId, resource, traits } = end;
  return {
    eventId: '',
    type,
    timeMs: createdMs,
    subjectId,
    resource,
    createdMs,
    result: { status: null, state: null },
    traits,
    message: null,
    condition: null,
    principal: null,
  };
}
