import { parseInstant } from '../../../base/instants.js';
import { dayMs } from '../../../base/time-units.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { ObservedChange } from '../model/observed-change.js';
import { applyEstate, itemsOf } from './apply-estate.js';
import { applyLives, isKeptByAttempt } from './apply-lives.js';
import { applySettings } from './apply-settings.js';
import type { PointsByResource } from '../model/recovery-point.js';
import { collectChanges } from './collect-changes.js';
import { type CorrelatedJob, belongsToDay, jobsOfSpan } from './correlate-jobs.js';
import { ForeignNotices } from './foreign-notices.js';
import { hasOcid, identityFindings, noteUndecided, unmatchedNotices } from './identity-findings.js';
import { KnownNames } from './known-names.js';
import { LifeCycles } from './life-cycle.js';
import { moveMemory } from './move-memory.js';
import { PointLedger, unknownDeletions } from './point-ledger.js';
import { NameResolution } from './resolve-names.js';
import { type ResourceHistory, collectHistories, historyOf } from './resource-history.js';
import { type ProvenAttempt, provenAttempts } from './proven-attempts.js';
import type { ReadEvents } from './sort-events.js';
import { bearsOnBackups, joinResource, toldAt, trackIncidents } from './track-incidents.js';

/** The facts of one day, before anything is judged. */
export interface DayFacts {
  readonly day: ReportDay;
  readonly memory: DayMemory | null;
  /** All jobs that ended since the memory, or are running. */
  readonly spanJobs: readonly CorrelatedJob[];
  /** Those that belong to the day, oldest first. */
  readonly dayJobs: readonly CorrelatedJob[];
  /** Attempts that ran at the cut-off, known by ends after it alone. They are no part of the memory. */
  readonly proven: readonly ProvenAttempt[];
  readonly histories: Map<string, ResourceHistory>;
  /** Of resources, and of what they are in. */
  readonly lives: LifeCycles;
  readonly incidents: readonly Incident[];
  /** Backup failure notices by resource. */
  readonly failureNotices: ReadonlyMap<string, readonly BackupEvent[]>;
  readonly changes: readonly ObservedChange[];
  readonly findings: readonly JudgedFinding[];
  /** The backups of every resource that are known at the cut-off. */
  readonly points: PointsByResource;
  /** Whether backups were deleted that day of which nobody knows whose they were. */
  readonly hasUnownedDeletions: boolean;
  /** What unique names meant on that day. */
  readonly names: KnownNames;
}

/** A day, and where it continues from. */
export interface DaySpan {
  readonly day: ReportDay;
  /** Start of the span: of the day itself, or of an earlier part that is read with it. */
  readonly fromMs: number;
  /** How far is looked ahead of the cut-off, milliseconds. */
  readonly aheadMs: number;
  readonly memory: DayMemory | null;
}

/** How long an attempt without an end is followed. */
export interface FollowedAttempts {
  /** At least two days. */
  readonly lookbackDays: number;
  /** What the policy of the resource allows; an attempt that runs longer is UNKNOWN. */
  readonly maxDurationMs: (resource: ResourceRef) => number;
  /** Resources that the inventory itself names; empty for one that has what was observed. */
  readonly expected: readonly ProtectedResource[];
}

/**
 * The facts of one day, from the events of the span and the memory of the day before. Of events at or after the cut-off
 * only ends of backups are looked at, and only as proof that the attempt was running.
 */
export function gatherFacts(
  { jobs, conditions, others, ahead, estate = [] }: ReadEvents,
  { day, fromMs, aheadMs, memory: recalled }: DaySpan,
  { lookbackDays, maxDurationMs, expected }: FollowedAttempts,
): DayFacts {
  const followedSinceMs = day.startMs - Math.max(lookbackDays, 2) * dayMs;
  const span = { fromMs, cutOffMs: day.cutOffMs, followedSinceMs };
  const isOfSpan = ({ timeMs }: BackupEvent): boolean => timeMs >= fromMs && timeMs < day.cutOffMs;
  const isToldInSpan = (event: BackupEvent): boolean =>
    isOfSpan(event) || (event.timeMs < fromMs && toldAt(event) >= fromMs && toldAt(event) < day.cutOffMs);
  const told = { conditions: conditions.filter(isToldInSpan), others: others.filter(isOfSpan) };
  const names = new KnownNames({ expected, memory: recalled, jobs, span, ...told });
  const resolution = new NameResolution(names, day);
  const moved = recalled === null ? null : moveMemory(recalled, names);
  const memory = moved?.memory ?? null;

  const resolveName = (resource: ResourceRef): ResourceRef => names.resolve(resource, day.cutOffMs - 1);
  const maxDurationOf = (resource: ResourceRef): number => maxDurationMs(resolveName(resource));
  const asTold = jobsOfSpan(jobs, span, maxDurationOf);
  const spanJobs = asTold.map((job) => resolution.job(job));
  const running = { day, aheadMs, spanJobs: asTold, maxDurationMs: maxDurationOf, resolve: resolveName };
  const proven = provenAttempts({ jobs, ahead }, running);
  const decided = resolution.decided(spanJobs);
  const ledger = new PointLedger(memory?.points, decided);
  const before = ledger.withOwners(told.others.map((event) => resolution.event(event)));
  ledger.delete(before, day);
  const lives = new LifeCycles({ memory, jobs: decided, others: before });
  const common = { memory, jobs: decided, day, expected: [...expected, ...itemsOf(estate, day)] };
  const histories = collectHistories({ ...common, others: before, ledger });
  const settings = applySettings({ ...common, events: before, histories });
  applyLives(histories, lives, common.expected);
  applyEstate(histories, estate, day);
  const known = knownDatabases(histories, day);
  const foreign = new ForeignNotices(known, expected);
  const dayConditions = told.conditions.map((event) => foreign.resolve(event, resolution));
  const undecided = [...resolution.undecided.values()];
  noteUndecided(undecided, histories);
  const resolve = joinResource(known);
  const incidents = trackIncidents(memory?.incidents ?? [], dayConditions, day, resolve);
  const ofKnown = dayConditions.filter(
    ({ resource, condition }) => foreign.namesakesOf(resource, condition?.uniqueName ?? null) === null,
  );
  const failureNotices = noteFailures(ofKnown, resolve, histories);
  const dayJobs = spanJobs.filter((job) => belongsToDay(job, day));
  const restores = dayJobs.filter(({ kind }) => kind === 'restore');
  const changes = collectChanges(before, restores, day, settings.changes);
  const findings = [
    ...attemptsGivenUp(recalled, followedSinceMs),
    ...unknownDeletions(ledger.unowned),
    ...settings.findings,
    ...identityFindings(
      undecided,
      moved?.givenUp ?? [],
      unmatchedNotices(incidents, histories, { names, foreign }),
    ),
  ];
  const judged = { histories, lives, incidents, failureNotices, changes, findings, points: ledger.result() };
  const hasUnownedDeletions = ledger.unowned.length > 0;
  return { day, memory, spanJobs, dayJobs, proven, ...judged, hasUnownedDeletions, names };
}

/**
 * Candidates for joining incidents: resources with a backup, copy or restore that are there. A resource known only from a
 * failure notice may be one of them under another id.
 */
function knownDatabases(histories: ReadonlyMap<string, ResourceHistory>, day: ReportDay): ResourceRef[] {
  const isThere = (history: ResourceHistory): boolean =>
    history.terminatedMs === null || history.terminatedMs >= day.startMs || isKeptByAttempt(history);
  return [...histories.values()]
    .filter((each) => hasJobs(each) && isThere(each))
    .map(({ resource }) => resource);
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

/** A backup failure notice also makes a resource observed, if it names an OCID; a name that nothing has makes none. */
function noteFailures(
  conditions: readonly BackupEvent[],
  resolve: (resource: ResourceRef, uniqueName: string | null) => ResourceRef,
  histories: Map<string, ResourceHistory>,
): ReadonlyMap<string, readonly BackupEvent[]> {
  const failureNotices = new Map<string, BackupEvent[]>();
  for (const event of conditions) {
    if (event.condition === null || !bearsOnBackups(event.condition.name)) continue;
    const resource = resolve(event.resource, event.condition.uniqueName);
    if (!histories.has(resource.resourceId) && !hasOcid(resource)) continue;
    const history = historyOf(histories, resource);
    history.seenMs = Math.max(history.seenMs ?? 0, event.timeMs);
    if (event.condition.cleared) continue;
    const notices = failureNotices.get(resource.resourceId) ?? [];
    notices.push(event);
    failureNotices.set(resource.resourceId, notices);
  }
  return failureNotices;
}

/** Attempts that were running at the memory's cut-off, had no end since, and began too long ago to be followed. */
function attemptsGivenUp(memory: DayMemory | null, followedSinceMs: number): readonly JudgedFinding[] {
  return (memory?.running ?? []).flatMap(({ resource, time, endedTime }): JudgedFinding[] => {
    const beganMs = parseInstant(time) ?? followedSinceMs;
    if (beganMs >= followedSinceMs || endedTime !== null) return [];
    return [{ kind: 'attempt-given-up', resourceName: resource.resourceName, beganMs }];
  });
}
