import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { BackupChange } from '../model/backup-change.js';
import type { ReportFinding } from '../model/daily-report.js';
import type { DayMemory } from '../model/day-memory.js';
import type { EventType } from '../model/event-type.js';
import type { Incident } from '../model/incident.js';
import type { Language } from '../../../model/language.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { RunningAttempt } from '../model/running-attempt.js';
import { collectChanges } from '../facts/collect-changes.js';
import {
  type CorrelatedJob,
  belongsToDay,
  correlateJobs,
  isUnknown,
  jobsOfSpan,
  resourceOfJob,
} from '../facts/correlate-jobs.js';
import { type Evaluation, evaluateCompliance } from './evaluate-compliance.js';
import { type EventLedger } from '../events/event-ledger.js';
import { trendOf } from '../memory/follow-up.js';
import { parseInstant, toIso } from '../../../base/instants.js';
import { memoryOf, toRunningAttempt } from '../memory/memory.js';
import {
  type ResourceHistory,
  collectHistories,
  historyOf,
  withKnownTags,
} from '../facts/resource-history.js';
import type { RuleBook } from '../rules/rule-book.js';
import { bearsOnBackups, joinResource, trackIncidents } from '../facts/track-incidents.js';
import { dayMs } from '../../../base/time-units.js';
import { compareText } from '../../../base/text-order.js';

/** All that was read, sorted out once for every day of it. */
export interface ReadEvents {
  /** Of the whole reading, oldest first; those without an end are running. */
  readonly jobs: readonly CorrelatedJob[];
  readonly conditions: readonly BackupEvent[];
  /** Deletions, changes and terminations. */
  readonly others: readonly BackupEvent[];
  /** How many events of each type that the catalogue lacks. */
  readonly unrecognised: ReadonlyMap<string, number>;
}

/** What a day's facts come to, before anything is judged. */
export interface DayFacts {
  readonly day: ReportDay;
  readonly memory: DayMemory | null;
  /** All that ended since the memory, or run. */
  readonly spanJobs: readonly CorrelatedJob[];
  /** Those that belong to the day, oldest first. */
  readonly dayJobs: readonly CorrelatedJob[];
  readonly histories: Map<string, ResourceHistory>;
  readonly incidents: readonly Incident[];
  /** Backup failure notices by resource. */
  readonly failureNotices: ReadonlyMap<string, readonly BackupEvent[]>;
  readonly changes: readonly BackupChange[];
  readonly findings: readonly ReportFinding[];
}

export interface Expectation {
  readonly resources: readonly ProtectedResource[];
  /** Whether the inventory names resources by itself; false: they are what was observed. */
  readonly isNamed: boolean;
}

/** What is the same for every day of a run. */
export interface JudgingRules {
  readonly ruleBook: RuleBook;
  /** How long an attempt without an end is followed, at least two days. */
  readonly lookbackDays: number;
  readonly knownSinceMs: number;
  /** Of the report. */
  readonly language: Language;
}

/** Correlates what was read, and sorts the events that are no jobs. */
export function sortOut(ledger: EventLedger): ReadEvents {
  const conditions: BackupEvent[] = [];
  const others: BackupEvent[] = [];
  const unrecognised = new Map<string, number>();
  for (const event of ledger.ofTypes((type) => !type.catalogued || isCondition(type) || isOther(type))) {
    const { type } = event;
    if (isCondition(type)) conditions.push(event);
    if (isOther(type)) others.push(event);
    if (!type.catalogued) unrecognised.set(type.name, (unrecognised.get(type.name) ?? 0) + 1);
  }
  return { jobs: correlateJobs(ledger.groups()), conditions, others, unrecognised };
}

function isCondition({ action }: EventType): boolean {
  return action === 'condition';
}

function isOther({ action }: EventType): boolean {
  return action === 'deletion' || action === 'termination' || action === 'change';
}

/**
 * What the events of the span and the memory of the day before tell of one day. Events at or after its cut-off do not
 * exist for it.
 *
 * @param fromMs where the span begins: the start of the day, or of what is read with it
 * @param resourceOf the resource as the inventory or the memory knows it, for its policy
 */
export function gatherFacts(
  { jobs, conditions, others }: ReadEvents,
  day: ReportDay,
  fromMs: number,
  memory: DayMemory | null,
  rules: JudgingRules,
  resourceOf: (resource: ResourceRef) => ProtectedResource,
): DayFacts {
  const { ruleBook } = rules;
  const followedSinceMs = day.startMs - Math.max(rules.lookbackDays, 2) * dayMs;
  const maxDurationMs = (resource: ResourceRef): number =>
    ruleBook.policyOf(resourceOf(resource)).policy.maxDurationMs;
  const span = { fromMs, cutOffMs: day.cutOffMs, followedSinceMs };
  const spanJobs = jobsOfSpan(jobs, span, maxDurationMs);
  const isOfSpan = ({ timeMs }: BackupEvent): boolean => timeMs >= fromMs && timeMs < day.cutOffMs;
  const before = others.filter(isOfSpan);
  const histories = collectHistories({ memory, jobs: spanJobs, others: before, day });
  const resolve = joinResource(knownDatabases(histories));
  const dayConditions = conditions.filter(isOfSpan);
  const incidents = trackIncidents(memory?.incidents ?? [], dayConditions, day, resolve);
  const failureNotices = noteFailures(dayConditions, resolve, histories);
  const dayJobs = spanJobs.filter((job) => belongsToDay(job, day));
  const restores = dayJobs.filter(({ kind }) => kind === 'restore');
  const changes = collectChanges(before, restores, day, rules.language);
  const findings = givenUp(memory, followedSinceMs, day, rules.language);
  return { day, memory, spanJobs, dayJobs, histories, incidents, failureNotices, changes, findings };
}

/**
 * What incidents are joined to: resources with a backup, a copy or a restore. What only a failure notice told of may be
 * one of them under another id.
 */
function knownDatabases(histories: ReadonlyMap<string, ResourceHistory>): ResourceRef[] {
  return [...histories.values()].filter(hasJobs).map(({ resource }) => resource);
}

function hasJobs({
  dayBackups,
  dayCopies,
  lastSuccessMs,
  lastFailure,
  lastRestoreMs,
}: ResourceHistory): boolean {
  return (
    dayBackups.length + dayCopies.length > 0 ||
    (lastSuccessMs ?? lastRestoreMs) !== null ||
    lastFailure !== null
  );
}

/** A resource is observed through a backup failure notice too. */
function noteFailures(
  conditions: readonly BackupEvent[],
  resolve: (resource: ResourceRef, uniqueName: string | null) => ResourceRef,
  histories: Map<string, ResourceHistory>,
): ReadonlyMap<string, readonly BackupEvent[]> {
  const failureNotices = new Map<string, BackupEvent[]>();
  for (const event of conditions) {
    if (event.condition === null || !bearsOnBackups(event.condition.name)) continue;
    const resource = resolve(event.resource, event.condition.uniqueName);
    const history = historyOf(histories, resource);
    history.seenMs = Math.max(history.seenMs ?? 0, event.timeMs);
    if (event.condition.cleared) continue;
    const notices = failureNotices.get(resource.resourceId) ?? [];
    notices.push(event);
    failureNotices.set(resource.resourceId, notices);
  }
  return failureNotices;
}

function givenUp(
  memory: DayMemory | null,
  followedSinceMs: number,
  day: ReportDay,
  language: Language,
): readonly ReportFinding[] {
  return (memory?.running ?? []).flatMap(({ resource, time, endedTime }): ReportFinding[] => {
    const beganMs = parseInstant(time) ?? followedSinceMs;
    if (beganMs >= followedSinceMs || endedTime !== null) return [];
    const { resourceName: name } = resource;
    const when = language.instant(beganMs, day.timezone);
    const words = language.text('sentences.finding.attemptGivenUp', { name, when });
    return [{ kind: 'attempt-given-up', subject: name, words }];
  });
}

/** What only a failure notice told of, and proves to be a database of the same name that backups tell of. */
function dropAliases(observed: Map<string, ResourceRef>, memory: DayMemory | null): void {
  const isNoticeOnly = ({ resourceId }: ResourceRef): boolean => {
    const known = memory?.resources.get(resourceId);
    if (known === undefined || observed.get(resourceId) !== known) return false;
    return (known.lastSuccessMs ?? known.lastRestoreMs) === null && known.lastFailure === null;
  };
  const [noticeOnly, others] = [[...observed.values()].filter(isNoticeOnly), new Map(observed)];
  for (const { resourceId } of noticeOnly) others.delete(resourceId);
  const resolve = joinResource(others.values());
  for (const resource of noticeOnly) {
    const { resourceId, resourceName } = resource;
    if (resolve(resource, resourceName).resourceId !== resourceId) observed.delete(resourceId);
  }
}

/** The observed population: what is remembered, and what jobs and backup failure notices tell of. */
export function observedResources(
  { jobs, conditions }: ReadEvents,
  memory: DayMemory | null,
): readonly ProtectedResource[] {
  const observed = new Map<string, ResourceRef>();
  for (const each of memory?.resources.values() ?? []) {
    if (each.standing !== null || each.lastKnown.seen !== null) observed.set(each.resourceId, each);
  }
  for (const job of jobs) {
    const resource = resourceOfJob(job);
    if (isUnknown(resource)) continue;
    observed.set(resource.resourceId, withKnownTags(resource, observed.get(resource.resourceId)));
  }
  dropAliases(observed, memory);
  const resolve = joinResource(observed.values());
  for (const event of conditions) {
    if (event.condition === null || !bearsOnBackups(event.condition.name)) continue;
    const resource = resolve(event.resource, event.condition.uniqueName);
    if (!observed.has(resource.resourceId)) observed.set(resource.resourceId, resource);
  }
  const asResource = resourceLookup([], memory);
  return [...observed.values()].map(asResource).sort((a, b) => compareText(a.resourceId, b.resourceId));
}

/** Judges the day. */
export function judgeFacts(facts: DayFacts, expectation: Expectation, rules: JudgingRules): Evaluation {
  const { day, memory, histories, incidents } = facts;
  const { isNamed, resources } = expectation;
  const isThere = ({ resourceId }: ProtectedResource): boolean => {
    const history = histories.get(resourceId);
    return history !== undefined && (history.seenMs !== null || history.remembered?.standing !== null);
  };
  return evaluateCompliance({
    // Of a day that is read after the fact, what was observed later was not expected yet.
    expected: isNamed ? resources : resources.filter(isThere),
    isNamed,
    histories,
    incidents,
    day,
    memory,
    knownSinceMs: rules.knownSinceMs,
    lookbackDays: rules.lookbackDays,
    ruleBook: rules.ruleBook,
    language: rules.language,
  });
}

/** What a day without a report of its own hands to the next. */
export function memoryOfUnreported(
  facts: DayFacts,
  evaluation: Evaluation,
  { knownSinceMs }: JudgingRules,
): DayMemory {
  const { day, incidents, memory } = facts;
  return memoryOf({
    ...evaluation,
    incidents,
    reportDay: {
      date: day.date,
      timezone: day.timezone,
      start: toIso(day.startMs),
      cutOff: toIso(day.cutOffMs),
      hours: (day.cutOffMs - day.startMs) / 3_600_000,
    },
    knownSince: toIso(knownSinceMs),
    generatedAt: toIso(day.cutOffMs),
    status: 'COMPLETE',
    sources: [],
    runningAttempts: runningOf(facts, null),
    trend: trendOf(memory, { date: day.date, status: null, totals: null }),
  });
}

/**
 * The attempts that had no end by the cut-off, as the report hands them on. Where a part of the day could not be read and
 * is read again with the next, also those that ended, begun before it, whose ends could be taken for another's.
 *
 * @param rereadFromMs null: nothing is read again
 */
export function runningOf(
  { spanJobs }: Pick<DayFacts, 'spanJobs'>,
  rereadFromMs: number | null,
): readonly RunningAttempt[] {
  const isAmbiguous = ({ begin, end }: CorrelatedJob): boolean =>
    rereadFromMs !== null &&
    begin !== null &&
    end !== null &&
    begin.timeMs < rereadFromMs &&
    begin.subjectId === begin.resource.resourceId;
  return spanJobs.filter((job) => job.end === null || isAmbiguous(job)).flatMap(toRunningAttempt);
}

/** How the inventory, else the memory, else the event knows a resource. */
export function resourceLookup(
  expected: readonly ProtectedResource[],
  memory: DayMemory | null,
): (resource: ResourceRef) => ProtectedResource {
  const named = new Map(expected.map((resource) => [resource.resourceId, resource]));
  return (resource) => {
    const known = named.get(resource.resourceId);
    if (known !== undefined) return known;
    const tags = memory?.resources.get(resource.resourceId)?.tags;
    const hasTags = Object.keys(resource.tags).length > 0;
    const { resourceId, resourceType, resourceName, compartmentId, compartmentName } = resource;
    const names = { resourceId, resourceType, resourceName, compartmentId, compartmentName };
    return { ...names, tags: hasTags ? resource.tags : (tags ?? {}), owner: null };
  };
}
