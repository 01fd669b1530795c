import { parseInstant } from '../../../base/instants.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import { noTags } from '../events/read-tags.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { HeldSettings } from '../model/backup-settings.js';
import type { DayMemory, FormerKnown, RememberedResource } from '../model/day-memory.js';
import { heldOf } from '../model/held-settings.js';
import type { RecoveryPoint } from '../model/recovery-point.js';
import { isUnknown } from '../model/unknown-resource.js';
import { type Witness, noWitnesses } from '../model/witness.js';
import { type CorrelatedJob, belongsToDay, resourceOfJob } from './correlate-jobs.js';
import type { DayDeletion } from './day-deletion.js';
import { isLogSubJob } from './log-sub-jobs.js';
import { witnessesAfter } from './note-witnesses.js';
import { PointLedger } from './point-ledger.js';
import type { LifeState } from './recall-lives.js';

/** What is known about one resource at the cut-off: the facts that its controls are judged by. Epoch milliseconds. */
export interface ResourceHistory {
  /** As its latest event names it. */
  resource: ResourceRef;
  readonly remembered: RememberedResource | null;
  /** Backup attempts that belong to the day, oldest first. */
  readonly dayBackups: CorrelatedJob[];
  readonly dayCopies: CorrelatedJob[];
  lastSuccessMs: number | null;
  lastFailure: { readonly endMs: number; readonly message: string | null } | null;
  lastRestoreMs: number | null;
  /** Sources of its last success; empty: not known. */
  witnesses: readonly Witness[];
  recoveryWindowDays: number | null;
  autoBackupEnabled: boolean | null;
  terminatedMs: number | null;
  /** Its backups that are known at the cut-off, whatever became of them; oldest first. */
  points: readonly RecoveryPoint[];
  /** Storage that its backups use, as its vault tells. */
  storedBytes?: number;
  /** As events tell of it; null: nothing does. */
  life: LifeState | null;
  /** Backups deleted in the day. */
  dayDeletions: readonly DayDeletion[];
  /** Deletions of the day of which nobody knows whose they were: they may be of its backups that have no id. */
  perhapsDeleted: readonly DayDeletion[];
  /** Time of the event that last reported recoveryWindowDays and autoBackupEnabled. */
  settingsMs: number | null;
  /** What an update of its settings has set, and no backup event has told otherwise since. */
  held: HeldSettings | null;
  /** Time of its last backup, copy, restore or backup failure notice. */
  seenMs: number | null;
  /** Names of events that ended in the day and may be its own, or those of another one. */
  readonly undecidedNames: Set<string>;
}

/** What a day adds to memory. */
export interface HistoryInput {
  readonly memory: DayMemory | null;
  /** Jobs that ended since the memory, and running ones. */
  readonly jobs: readonly CorrelatedJob[];
  /** Deletions before the cut-off; others are ignored. */
  readonly others: readonly BackupEvent[];
  /** Resources that the inventory itself names: their backups may be deleted before one is seen. */
  readonly expected?: readonly ProtectedResource[];
  readonly day: ReportDay;
  /** Knows these jobs and deletions already; absent: it is made of them here. */
  readonly ledger?: PointLedger;
}

/**
 * Folds the memory, the jobs and the other events into one history per resource. A job that names no protected resource
 * stands for itself, and only on its own day: it is no resource that could be missed.
 */
export function collectHistories(input: HistoryInput): Map<string, ResourceHistory> {
  const { memory, jobs, others, expected = [], day, ledger = ledgerOf(input) } = input;
  const histories = new Map<string, ResourceHistory>();
  for (const former of memory?.former.values() ?? []) {
    if (former.terminatedTime !== null) histories.set(former.resourceId, recallFormer(former));
  }
  for (const remembered of memory?.resources.values() ?? []) {
    histories.set(remembered.resourceId, recall(remembered));
  }
  for (const job of jobs) {
    const resource = resourceOfJob(job);
    if (isUnknown(resource) && !belongsToDay(job, day)) continue;
    addJob(historyOf(histories, resource), job, resource, day);
  }
  const named = new Map(others.length === 0 ? [] : expected.map((each) => [each.resourceId, each]));
  for (const { resource } of others) {
    const listed = named.get(resource.resourceId);
    if (listed !== undefined) historyOf(histories, listed);
  }
  notePoints(histories, ledger);
  return histories;
}

function ledgerOf({ memory, jobs, others, day }: HistoryInput): PointLedger {
  const ledger = new PointLedger(memory?.points, jobs);
  ledger.delete(ledger.withOwners(others), day);
  return ledger;
}

function notePoints(histories: ReadonlyMap<string, ResourceHistory>, ledger: PointLedger): void {
  const { deletions } = ledger;
  for (const [resourceId, history] of histories) {
    history.points = ledger.sortedOf(resourceId);
    history.dayDeletions = deletions.get(resourceId) ?? [];
    history.perhapsDeleted = ledger.perhapsOf(history.resource);
  }
}

export function historyOf(histories: Map<string, ResourceHistory>, resource: ResourceRef): ResourceHistory {
  let history = histories.get(resource.resourceId);
  if (history === undefined) histories.set(resource.resourceId, (history = emptyHistory(resource)));
  return history;
}

function emptyHistory(resource: ResourceRef): ResourceHistory {
  return {
    resource,
    remembered: null,
    dayBackups: [],
    dayCopies: [],
    lastSuccessMs: null,
    lastFailure: null,
    lastRestoreMs: null,
    witnesses: noWitnesses,
    recoveryWindowDays: null,
    autoBackupEnabled: null,
    terminatedMs: null,
    points: [],
    life: null,
    dayDeletions: [],
    perhapsDeleted: [],
    settingsMs: null,
    held: null,
    seenMs: null,
    undecidedNames: new Set(),
  };
}

/** One that was terminated: a backup that began later may refute that. Version 0.1 kept no more than its name. */
function recallFormer(former: FormerKnown): ResourceHistory {
  const { resourceId, resourceType, resourceName, before } = former;
  const names = { resourceId, resourceType, resourceName };
  if (before === undefined) {
    return emptyHistory({ ...names, compartmentId: null, compartmentName: null, tags: noTags });
  }
  const lastSuccessMs = parseInstant(before.lastSuccessTime) ?? null;
  const lastRestoreMs = parseInstant(before.lastRestoreTime) ?? null;
  const { volumeGroup = null, ...facts } = before;
  return recall({ ...names, ...facts, volumeGroup, lastSuccessMs, lastRestoreMs, standing: null });
}

function recall(remembered: RememberedResource): ResourceHistory {
  const { resourceId, resourceType, resourceName, compartmentId, compartmentName, tags } = remembered;
  const { lastSuccessMs, lastFailure, lastRestoreMs, lastKnown } = remembered;
  const failedMs = lastFailure === null ? undefined : parseInstant(lastFailure.time);
  return {
    ...emptyHistory({ resourceId, resourceType, resourceName, compartmentId, compartmentName, tags }),
    remembered,
    lastSuccessMs,
    lastFailure: failedMs === undefined ? null : { endMs: failedMs, message: lastFailure?.message ?? null },
    lastRestoreMs,
    witnesses: lastKnown.sources ?? noWitnesses,
    recoveryWindowDays: lastKnown.recoveryWindowDays,
    autoBackupEnabled: lastKnown.autoBackupEnabled,
    settingsMs: parseInstant(lastKnown.told) ?? null,
    held: heldOf(lastKnown),
    seenMs: parseInstant(lastKnown.seen) ?? null,
  };
}

export function isSuccess(job: CorrelatedJob): boolean {
  return job.status === 'SUCCEEDED' || job.status === 'SUCCEEDED_WITH_WARNINGS';
}

/** A success that can be the backup that was due. */
export function isWholeSuccess(job: CorrelatedJob): boolean {
  return isSuccess(job) && !isLogSubJob(job);
}

/** The later of two instants, either of which may be null. */
export function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** Not every route carries tags: an event without tags does not remove them. */
export function withKnownTags(resource: ResourceRef, before: ResourceRef | undefined): ResourceRef {
  if (resource.tags !== noTags || before === undefined || before.tags === noTags) return resource;
  return { ...resource, tags: before.tags };
}

/** Jobs come oldest first. If a day is read again, the memory may be later than they are. */
function addJob(history: ResourceHistory, job: CorrelatedJob, resource: ResourceRef, day: ReportDay): void {
  const timeMs = job.endMs ?? job.startMs;
  const isNews = timeMs !== null && timeMs >= (history.seenMs ?? timeMs);
  if (isNews) history.resource = withKnownTags(resource, history.resource);
  history.seenMs = later(history.seenMs, timeMs);
  if (job.kind === 'restore') {
    if (isSuccess(job)) history.lastRestoreMs = later(history.lastRestoreMs, job.endMs);
    return;
  }
  if (job.kind === 'copy') {
    if (belongsToDay(job, day)) history.dayCopies.push(job);
    return;
  }
  const traits = (job.end ?? job.begin)?.traits;
  const hasSettings =
    traits !== undefined && (traits.recoveryWindowDays ?? traits.autoBackupEnabled) !== null;
  if (hasSettings && timeMs !== null && timeMs >= (history.settingsMs ?? timeMs)) {
    history.recoveryWindowDays = traits.recoveryWindowDays ?? history.recoveryWindowDays;
    history.autoBackupEnabled = traits.autoBackupEnabled ?? history.autoBackupEnabled;
    history.settingsMs = timeMs;
  }
  history.witnesses = witnessesAfter(history, job, isSuccess(job));
  if (isWholeSuccess(job)) history.lastSuccessMs = later(history.lastSuccessMs, job.endMs);
  if (
    job.status === 'FAILED' &&
    job.endMs !== null &&
    job.endMs >= (history.lastFailure?.endMs ?? job.endMs)
  ) {
    history.lastFailure = { endMs: job.endMs, message: job.end?.message ?? null };
  }
  if (belongsToDay(job, day)) history.dayBackups.push(job);
}
