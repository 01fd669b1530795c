import { compareText } from '../../../base/text-order.js';
import type { ReportDay } from '../../../model/report-day.js';
import { compareContent } from '../events/event-order.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { JobKind, JobStatus } from '../model/backup-job.js';
import { isNamedOnly } from '../model/named-resource.js';
import { isUnknown, unknownResourceOfJob } from '../model/unknown-resource.js';
import { byResource } from './split-by-resource.js';

/** One attempt while the report is built: its two events and what follows from them. */
export interface CorrelatedJob {
  readonly kind: JobKind;
  readonly begin: BackupEvent | null;
  readonly end: BackupEvent | null;
  readonly status: JobStatus;
  /** Whose it is, if its events do not say it by an OCID; null: they do. */
  readonly resource: ResourceRef | null;
  /** Epoch milliseconds; null if neither a begin nor a plausible creation time is known. */
  readonly startMs: number | null;
  readonly endMs: number | null;
}

/** An end that carries the creation time of the resource, not of the backup, would make a job of years. */
const longestPlausibleJobMs = 7 * 24 * 60 * 60 * 1000;

const kindOfAction: Readonly<Record<string, JobKind>> = {
  backup: 'backup',
  omission: 'backup',
  copy: 'copy',
  restore: 'restore',
  unrecognised: 'unrecognised',
};

/**
 * Pairs begin and end events into jobs. Events come in groups, all of one subject together.
 *
 * - Subject is the backup's own OCID: its begin and end are one job, whatever their order and number.
 * - Subject is the protected resource itself: an end belongs to the latest unpaired begin before it. So it does where no
 *   event names a resource: the subject may be a placeholder, and one end must not hide another.
 * - An end alone is a complete job; a begin alone is running (see jobsOfSpan).
 */
export function correlateJobs(groups: Iterable<readonly BackupEvent[]>): CorrelatedJob[] {
  const jobs: CorrelatedJob[] = [];
  const add: AddJob = (begin, end) => {
    const job = makeJob(begin, end);
    if (job !== undefined) jobs.push(job);
  };
  for (const events of groups) {
    const first = events[0];
    if (first === undefined || kindOfAction[first.type.action] === undefined) continue;
    for (const ofResource of byResource(events)) correlateGroup(ofResource, add);
  }
  return jobs.sort(compareJobs);
}

type AddJob = (begin: BackupEvent | null, end: BackupEvent | null) => void;

function correlateGroup(events: readonly BackupEvent[], add: AddJob): void {
  const paired = events.filter(isPaired);
  const alone = events.filter((event) => !isPaired(event));
  const hasFailedBegin = alone.length > 0 && alone.every(isFailedBegin);
  if (hasFailedBegin && events.length > 1 && !events.some(standsForResource)) {
    addOne(events, add);
    return;
  }
  for (const event of alone) add(null, event);
  if (paired.length === 0) return;
  if (paired.some(isOfResource) || paired.every(({ resource }) => isUnknown(resource))) {
    pairByTime(paired, add);
  } else {
    add(paired.find(isBegin) ?? null, paired.findLast((event) => !isBegin(event)) ?? null);
  }
}

/** The events of one backup, the begin of which failed: its end decides, else the begin that says so. */
function addOne(events: readonly BackupEvent[], add: AddJob): void {
  const failed = events.find(isFailedBegin) ?? null;
  const begin = events.find((event) => isBegin(event) && !isFailedBegin(event)) ?? failed;
  add(begin, events.findLast((event) => !isBegin(event)) ?? failed);
}

function isFailedBegin(event: BackupEvent): boolean {
  return isBegin(event) && event.result.status === 'FAILED';
}

function standsForResource(event: BackupEvent): boolean {
  return event.subjectId === null || isOfResource(event) || isUnknown(event.resource);
}

/** The id is the resource's own, or stands for it: it may have many attempts. */
function isOfResource({ subjectId, resource }: BackupEvent): boolean {
  return subjectId === resource.resourceId;
}

/** Events oldest first. Prefers a begin of the same operation: an automatic and a manual backup may overlap. */
function pairByTime(events: readonly BackupEvent[], add: AddJob): void {
  const open: BackupEvent[] = [];
  for (const event of events) {
    if (isBegin(event)) {
      open.push(event);
      continue;
    }
    const operation = operationOf(event);
    const same = open.findLastIndex((begin) => operationOf(begin) === operation);
    const at = same >= 0 ? same : open.length - 1;
    add(at < 0 ? null : (open.splice(at, 1)[0] ?? null), event);
  }
  for (const begin of open) add(begin, null);
}

/** A begin that was refused, or says that it failed, is a complete attempt. */
function isPaired({ type, result }: BackupEvent): boolean {
  return (type.phase === 'begin' && result.status !== 'FAILED') || type.phase === 'end';
}

function isBegin(event: BackupEvent): boolean {
  return event.type.phase === 'begin';
}

function operationOf(event: BackupEvent): string {
  return event.type.name.slice(0, event.type.name.lastIndexOf('.'));
}

function makeJob(begin: BackupEvent | null, end: BackupEvent | null): CorrelatedJob | undefined {
  const event = end ?? begin;
  if (event === null) return undefined;
  const kind = kindOfAction[event.type.action] ?? 'unrecognised';
  return new Attempt(kind, begin, end, statusOf(kind, end));
}

/** Times are computed from the events: half a million jobs store no number twice. */
class Attempt implements CorrelatedJob {
  constructor(
    readonly kind: JobKind,
    readonly begin: BackupEvent | null,
    readonly end: BackupEvent | null,
    readonly status: JobStatus,
  ) {}

  get resource(): null {
    return null;
  }

  get startMs(): number | null {
    return this.begin === null ? startOfEndAlone(this.end) : this.begin.timeMs;
  }

  get endMs(): number | null {
    return this.end === null ? null : this.end.timeMs;
  }
}

function startOfEndAlone(end: BackupEvent | null): number | null {
  if (end === null) return null;
  if (end.type.phase === 'single') return end.timeMs;
  const created = end.createdMs;
  if (created === null || created > end.timeMs || end.timeMs - created > longestPlausibleJobMs) return null;
  return created;
}

function statusOf(kind: JobKind, end: BackupEvent | null): JobStatus {
  if (kind === 'unrecognised') return 'UNKNOWN';
  return end === null ? 'IN_PROGRESS' : (end.result.status ?? 'UNKNOWN');
}

/** A span of time, [fromMs, cutOffMs), and how far back an attempt without an end is followed. */
export interface JobSpan {
  readonly fromMs: number;
  readonly cutOffMs: number;
  readonly followedSinceMs: number;
}

/**
 * The jobs as they stood at the cut-off: those that ended in the span, and those that had begun and not ended. One that
 * ran longer than allowed is UNKNOWN by then; one that began before `followedSinceMs` is no longer followed.
 *
 * @param maxDurationMs what the policy of the attempt's resource allows
 */
export function jobsOfSpan(
  jobs: readonly CorrelatedJob[],
  { fromMs, cutOffMs, followedSinceMs }: JobSpan,
  maxDurationMs: (resource: ResourceRef) => number,
): CorrelatedJob[] {
  const ofSpan: CorrelatedJob[] = [];
  for (const job of jobs) {
    const { kind, begin, endMs } = job;
    if (endMs !== null && endMs < cutOffMs) {
      if (endMs >= fromMs) ofSpan.push(job);
    } else if (begin !== null && isFailedBegin(begin)) {
      if (begin.timeMs >= fromMs && begin.timeMs < cutOffMs) ofSpan.push(makeFailed(kind, begin));
    } else if (begin !== null && begin.timeMs < cutOffMs && begin.timeMs >= followedSinceMs) {
      const isUnknownByNow =
        kind === 'unrecognised' || cutOffMs - begin.timeMs >= maxDurationMs(begin.resource);
      ofSpan.push(new Attempt(kind, begin, null, isUnknownByNow ? 'UNKNOWN' : 'IN_PROGRESS'));
    }
  }
  return ofSpan.sort(compareJobs);
}

/** An attempt that failed as it began, before its end was told. */
function makeFailed(kind: JobKind, begin: BackupEvent): CorrelatedJob {
  return new Attempt(kind, null, begin, 'FAILED');
}

/** An attempt of the resource that was running, or is UNKNOWN by now. */
export function runningJob(
  begin: BackupEvent,
  status: 'IN_PROGRESS' | 'UNKNOWN',
  resource: ResourceRef,
): CorrelatedJob {
  return { kind: 'backup', begin, end: null, status, resource, startMs: begin.timeMs, endMs: null };
}

/** Whether the job belongs to the day: it ended in it, or it has begun and not ended by its cut-off. */
export function belongsToDay(job: CorrelatedJob, day: ReportDay): boolean {
  return job.endMs === null || (job.endMs >= day.startMs && job.endMs < day.cutOffMs);
}

export function resourceOfJob({ begin, end, resource }: CorrelatedJob): ResourceRef {
  if (resource !== null) return resource;
  // The end is more recent, so it decides, unless the begin alone names the resource, or alone by its OCID.
  const last = end ?? begin;
  if (last === null) throw new TypeError('a job has at least one event');
  if (begin === null || weightOf(begin.resource) <= weightOf(last.resource)) return last.resource;
  return begin.resource;
}

function weightOf(resource: ResourceRef): number {
  if (isUnknown(resource)) return 0;
  return isNamedOnly(resource) ? 1 : 2;
}

/** The job as one of the resource given. */
export function jobOf(job: CorrelatedJob, resource: ResourceRef): CorrelatedJob {
  const { kind, begin, end, status, startMs, endMs } = job;
  return { kind, begin, end, status, startMs, endMs, resource };
}

/** A job whose events name no resource stands for itself: nothing that others did can make it good. */
export function jobOfUnknown(job: CorrelatedJob): CorrelatedJob {
  const backup = (job.end ?? job.begin)?.subjectId ?? (job.end ?? job.begin)?.eventId ?? '';
  return jobOf(job, unknownResourceOfJob(resourceOfJob(job), backup, job.endMs ?? job.startMs ?? 0));
}

/** Oldest first by end (running jobs by begin), then by id. */
export function compareJobs(a: CorrelatedJob, b: CorrelatedJob): number {
  return (
    (a.endMs ?? a.startMs ?? 0) - (b.endMs ?? b.startMs ?? 0) ||
    compareText(jobIdOf(a), jobIdOf(b)) ||
    compareText(a.begin?.eventId ?? '', b.begin?.eventId ?? '') ||
    compareText(a.end?.eventId ?? '', b.end?.eventId ?? '') ||
    compareContents(a.end ?? a.begin, b.end ?? b.begin)
  );
}

function compareContents(a: BackupEvent | null, b: BackupEvent | null): number {
  return a === null || b === null ? 0 : compareContent(a, b);
}

/** The backup's own OCID; if the subject is the resource itself, the resource and the time of the attempt. */
export function jobIdOf(job: CorrelatedJob): string {
  const event = job.end ?? job.begin;
  const subject = event?.subjectId ?? null;
  if (event === null || subject === null) return event?.eventId ?? '';
  if (subject !== event.resource.resourceId) return subject;
  return `${subject}@${job.startMs ?? job.endMs}`;
}
