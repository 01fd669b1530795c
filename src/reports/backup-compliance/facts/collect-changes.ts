import { toIso } from '../../../base/instants.js';
import { compareNatural } from '../../../base/natural-order.js';
import { compareText } from '../../../base/text-order.js';
import type { ReportDay } from '../../../model/report-day.js';
import { withoutPhase } from '../events/event-catalogue.js';
import { compareEvents } from '../events/event-order.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { SettingChange } from '../model/backup-settings.js';
import type { Action } from '../model/event-type.js';
import type { ChangeDetail, ObservedChange } from '../model/observed-change.js';
import { isUnknown } from '../model/unknown-resource.js';
import { type CorrelatedJob, belongsToDay, resourceOfJob } from './correlate-jobs.js';
import { byResource } from './split-by-resource.js';

const kindOfAction: Partial<Record<Action, ObservedChange['kind']>> = {
  deletion: 'deletion',
  change: 'settings',
  termination: 'termination',
};

/** A repeated begin of one operation on one subject within this time is the first one, seen by another route. */
const repeatedMs = 60_000;

/** One operation; without an end it is not known how it ended. */
export interface Operation {
  readonly begin: BackupEvent | null;
  readonly end: BackupEvent | null;
}

/** A change of settings that holds, and whose it is as far as that is known; by the event that ended it. */
export interface SettingOf {
  readonly change: SettingChange;
  readonly resource: ResourceRef | null;
}

/** A change and the instant that it is sorted by. */
interface TimedChange {
  readonly timeMs: number;
  readonly change: ObservedChange;
}

/**
 * What was done during the day to backups, to how they are made, and to the protected resources: one entry for each
 * operation, by its end if that is in the day. Sorted by time, then by resource name, then by event.
 *
 * @param events every fact of the actions `deletion`, `change` and `termination`; others are ignored
 * @param settings changes of settings that hold, by the event that ended them
 * @param restores restore jobs; those of other kinds or days are ignored
 */
export function collectChanges(
  events: readonly BackupEvent[],
  restores: readonly CorrelatedJob[],
  day: ReportDay,
  settings: ReadonlyMap<BackupEvent, SettingOf> = new Map(),
): ObservedChange[] {
  const ofDay = events.filter((event) => isChange(event) && isWithin(event.timeMs, day));
  const changes = [
    ...operationsOf(ofDay).map((operation) => fromOperation(operation, settings)),
    ...restores.filter((job) => job.kind === 'restore' && belongsToDay(job, day)).map(fromRestore),
  ];
  return changes.sort(compareChanges).map(({ change }) => change);
}

function isChange({ type }: BackupEvent): boolean {
  return kindOfAction[type.action] !== undefined;
}

function isWithin(timeMs: number, day: ReportDay): boolean {
  return timeMs >= day.startMs && timeMs < day.cutOffMs;
}

/** Begin and end of each operation, paired. */
export function operationsOf(events: readonly BackupEvent[]): Operation[] {
  const groups = new Map<string, BackupEvent[]>();
  for (const event of events) {
    // Events that name nothing stand alone: their ids may be those of others.
    const key = `${operationName(event)} ${subjectOf(event) ?? `:${groups.size}`}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()].flatMap((group) => [...byResource(group.sort(compareEvents))].flatMap(pair));
}

function operationName({ type }: BackupEvent): string {
  const isPhased = type.phase === 'begin' || type.phase === 'end';
  return isPhased ? type.name.slice(0, type.name.lastIndexOf('.')) : type.name;
}

function subjectOf({ subjectId, resource }: BackupEvent): string | null {
  return subjectId ?? (isUnknown(resource) ? null : resource.resourceId);
}

/**
 * Events of one operation on one subject, oldest first: an end belongs to the latest open begin. Where other events
 * have a phase, one without is the call that began the operation.
 */
function pair(events: readonly BackupEvent[]): Operation[] {
  const isPhased = events.some(({ type }) => type.phase !== 'single');
  const done: Operation[] = [];
  const open: BackupEvent[] = [];
  for (const event of events) {
    const { phase } = event.type;
    if (phase === 'end') {
      done.push({ begin: open.pop() ?? null, end: event });
    } else if (isRefused(event) || (phase === 'single' && !isPhased)) {
      done.push({ begin: null, end: event });
    } else {
      addBegin(open, event);
    }
  }
  return [...done, ...open.map((begin) => ({ begin, end: null }))];
}

/** A refused call began nothing. */
function isRefused({ result }: BackupEvent): boolean {
  return result.status === 'FAILED';
}

function addBegin(open: BackupEvent[], event: BackupEvent): void {
  const before = open.at(-1);
  if (before === undefined || event.timeMs - before.timeMs > repeatedMs) open.push(event);
  else open.splice(-1, 1, fullerOf(before, event));
}

/** Of two events for one begin, the one that names the principal; both have the same type apart from the phase. */
function fullerOf(first: BackupEvent, second: BackupEvent): BackupEvent {
  return first.principal === null && second.principal !== null ? second : first;
}

function fromOperation(
  { begin, end }: Operation,
  settings: ReadonlyMap<BackupEvent, SettingOf>,
): TimedChange {
  const event = end ?? begin;
  if (event === null) throw new TypeError('an operation has at least one event');
  const setting = settings.get(event);
  return timed(event, {
    kind: kindOfAction[event.type.action] ?? 'settings',
    resource:
      setting?.resource ?? (begin !== null && isUnknown(event.resource) ? begin.resource : event.resource),
    setting: setting?.change,
    state: { code: 'quoted', state: end === null ? null : end.result.state },
    principal: event.principal ?? begin?.principal ?? null,
    detail: end === null ? { code: 'begun' } : detailOf(end, begin),
  });
}

function detailOf(end: BackupEvent, begin: BackupEvent | null): ChangeDetail {
  const deletedAgeMs = deletedAge(end, end.createdMs ?? begin?.createdMs ?? null);
  return { code: 'ended', message: end.message ?? begin?.message ?? null, deletedAgeMs };
}

function deletedAge({ type, timeMs }: BackupEvent, createdMs: number | null): number | null {
  if (type.action !== 'deletion' || createdMs === null || createdMs > timeMs) return null;
  return timeMs - createdMs;
}

function fromRestore(job: CorrelatedJob): TimedChange {
  const { begin, end } = job;
  const event = end ?? begin;
  if (event === null) throw new TypeError('a job has at least one event');
  return timed(event, {
    kind: 'restore',
    resource: resourceOfJob(job),
    state: { code: 'restore', status: job.status },
    principal: end?.principal ?? begin?.principal ?? null,
    detail: { code: 'ended', message: end?.message ?? begin?.message ?? null, deletedAgeMs: null },
  });
}

/** What the event alone does not say about a change. */
interface ChangeFacts extends Pick<ObservedChange, 'kind' | 'state' | 'principal' | 'detail'> {
  readonly resource: ResourceRef;
  readonly setting?: SettingChange | undefined;
}

function timed({ type, timeMs, subjectId, eventId }: BackupEvent, facts: ChangeFacts): TimedChange {
  const { kind, resource, state, principal, detail, setting } = facts;
  const { resourceId, resourceType, resourceName } = resource;
  const change: ObservedChange = {
    time: toIso(timeMs),
    kind,
    what: withoutPhase(type.meaning),
    resourceId,
    resourceType,
    resourceName,
    subjectId: subjectId === resourceId ? null : subjectId,
    state,
    principal,
    detail,
    eventId,
    ...(setting === undefined ? {} : { setting }),
  };
  return { timeMs, change };
}

function compareChanges(a: TimedChange, b: TimedChange): number {
  return (
    a.timeMs - b.timeMs ||
    compareNatural(a.change.resourceName, b.change.resourceName) ||
    compareText(a.change.eventId, b.change.eventId) ||
    compareText(a.change.subjectId ?? '', b.change.subjectId ?? '') ||
    compareText(a.change.resourceId, b.change.resourceId)
  );
}
