import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { ReportDay } from '../model/report-day.js';
import { type CorrelatedJob, belongsToDay, isUnknown, resourceOfJob } from './correlate-jobs.js';
import { compareEvents } from './event-ledger.js';

/** What the window tells of one resource: the facts that its controls are judged by. */
export interface ResourceHistory {
  /** As its latest event names it. */
  resource: ResourceRef;
  /** Backup attempts that belong to the day, oldest first. */
  readonly dayBackups: CorrelatedJob[];
  readonly dayCopies: CorrelatedJob[];
  lastSuccessMs: number | null;
  lastFailure: CorrelatedJob | null;
  lastRestoreMs: number | null;
  recoveryWindowDays: number | null;
  autoBackupEnabled: boolean | null;
  terminatedMs: number | null;
  /** Backups deleted in the day. */
  readonly dayDeletions: BackupEvent[];
  /** Whether any backup, copy or restore was attempted, or a backup failure noticed, in the whole window. */
  isObserved: boolean;
}

/**
 * Folds jobs and the other events of the window into one history per resource. A job that names no protected
 * resource stands under `unknown:<family>`, and only on its own day: it is no resource that could be missed.
 */
export function collectHistories(
  jobs: readonly CorrelatedJob[],
  others: readonly BackupEvent[],
  day: ReportDay,
): Map<string, ResourceHistory> {
  const histories = new Map<string, ResourceHistory>();
  for (const job of jobs) {
    const resource = resourceOfJob(job);
    if (isUnknown(resource) && !belongsToDay(job, day)) continue;
    addJob(historyOf(histories, resource), job, resource, day);
  }
  for (const event of [...others].sort(compareEvents)) {
    const { action, phase } = event.type;
    if (action === 'deletion' && phase !== 'begin' && event.timeMs >= day.startMs) {
      histories.get(event.resource.resourceId)?.dayDeletions.push(event);
    }
    if (action === 'termination' && phase === 'end' && event.result.status !== 'FAILED') {
      const history = histories.get(event.resource.resourceId);
      if (history !== undefined) history.terminatedMs = event.timeMs;
    }
  }
  return histories;
}

export function historyOf(histories: Map<string, ResourceHistory>, resource: ResourceRef): ResourceHistory {
  let history = histories.get(resource.resourceId);
  if (history === undefined) {
    history = {
      resource,
      dayBackups: [],
      dayCopies: [],
      lastSuccessMs: null,
      lastFailure: null,
      lastRestoreMs: null,
      recoveryWindowDays: null,
      autoBackupEnabled: null,
      terminatedMs: null,
      dayDeletions: [],
      isObserved: false,
    };
    histories.set(resource.resourceId, history);
  }
  return history;
}

export function isSuccess(job: CorrelatedJob): boolean {
  return job.status === 'SUCCEEDED' || job.status === 'SUCCEEDED_WITH_WARNINGS';
}

/** Jobs come oldest first, so the last one written is the latest. */
function addJob(history: ResourceHistory, job: CorrelatedJob, resource: ResourceRef, day: ReportDay): void {
  history.resource = resource;
  history.isObserved = true;
  if (job.kind === 'restore') {
    if (isSuccess(job)) history.lastRestoreMs = job.endMs;
    return;
  }
  if (job.kind === 'copy') {
    if (belongsToDay(job, day)) history.dayCopies.push(job);
    return;
  }
  const traits = (job.end ?? job.begin)?.traits;
  history.recoveryWindowDays = traits?.recoveryWindowDays ?? history.recoveryWindowDays;
  history.autoBackupEnabled = traits?.autoBackupEnabled ?? history.autoBackupEnabled;
  if (isSuccess(job)) history.lastSuccessMs = job.endMs;
  if (job.status === 'FAILED') history.lastFailure = job;
  if (belongsToDay(job, day)) history.dayBackups.push(job);
}
