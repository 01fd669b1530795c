import type { TimeText } from '../../../base/instants.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import type { BackupsOfGroup } from '../facts/group-backups.js';
import type { Membership } from '../facts/group-membership.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import { standingFields } from '../memory/follow-up.js';
import type { JudgedControls } from '../model/control-reason.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { JudgedResource } from '../model/judged-resource.js';
import type { AppliedWaiver } from '../model/resource-compliance.js';
import { noRestoreTests } from '../model/restore-test.js';
import { isUnknown } from '../model/unknown-resource.js';
import type { Outcome } from '../model/verdict.js';
import type { Demand, Due, DueDates } from '../rules/due.js';
import { longestOpen } from './controls/no-open-incident.js';
import { byBackupType } from './by-backup-type.js';
import { type MemberFacts, outcomeOfMember, withGroupBackups } from './backed-up-through-group.js';
import type { TestsByResource } from './attested-tests.js';
import { type Creation, creationOf } from './creation.js';
import { type Owed, unknownAtBest } from './day-outcome.js';
import {
  evaluateControls,
  overallVerdict,
  terminatedControls,
  unattributedControls,
} from './evaluate-controls.js';
import { type GroupPoints, pointsOfMember } from './group-points.js';
import { lastFailureOf, lastKnownOf, membershipField, timeOf } from './last-known.js';
import { pointsLeft } from './points-left.js';
import { notesOf } from './resource-notes.js';

/** The same for every resource of a day. */
export interface JudgingDay {
  readonly day: ReportDay;
  readonly memory: DayMemory | null;
  /** Since when every event is known. */
  readonly knownSinceMs: number;
  /** Whether backups were deleted that day of which nobody knows whose they were. */
  readonly hasUnownedDeletions: boolean;
  /** What was attested before the cut-off. */
  readonly restoreTests: TestsByResource;
  readonly dueDates: DueDates;
  /** Puts instants into text. */
  readonly timeText: TimeText;
  /** Days from the date of the memory to this one; 0: there is no memory. */
  readonly daysSinceMemory: number;
}

/** One resource with everything known about it. */
export interface JudgingCase {
  /** Its owner is who acts on it: the inventory's, else the policy's. */
  readonly resource: ProtectedResource;
  readonly history: ResourceHistory;
  readonly demand: Demand;
  /** Open and cleared incidents of the resource. */
  readonly incidents: readonly Incident[];
  readonly waiver: AppliedWaiver | null;
  /** The group that it is in; null: none is known. */
  readonly membership: Membership | null;
  /** Backups of the group through which it is backed up; null: it is judged by its own alone. */
  readonly group: BackupsOfGroup | null;
  /** Of the groups that it is or was in. */
  readonly groupPoints: readonly GroupPoints[];
}

/** Judges a resource's day: its outcome, its controls, and for how long it has been in this state. */
export function judgeResource(ofOwn: JudgingCase, judging: JudgingDay): JudgedResource {
  const { history, ofGroup } = memberFacts(ofOwn, judging);
  const each = { ...ofOwn, history };
  const { resource, demand, incidents, waiver } = each;
  const { day, memory, timeText } = judging;
  const { lastSuccessMs, dayBackups } = history;
  const creation = creationOf(resource, history);
  const isOwed = !isUnknown(resource) && history.terminatedMs === null;
  const due = isOwed ? judging.dueDates.of(demand, creation.createdMs) : null;
  const owed = owedOf(due, history, judging.knownSinceMs);
  const seen = outcomeOfMember(ofOwn.history.dayBackups, ofGroup, owed);
  const isAllKnown = !isUnknown(resource) && history.undecidedNames.size === 0;
  const outcome = isAllKnown ? seen : unknownAtBest(seen);
  const controls = controlsOf(each, judging, { due, outcome, isLate: owed === 'LATE', creation });
  const compliance = overallVerdict(controls);
  const { consecutiveBadDays, badSince, recentOutcomes, firstReported } = standingFields(
    history.remembered?.standing ?? null,
    { outcome, compliance },
    day.date,
    judging.daysSinceMemory,
  );
  const left = pointsLeft(history, day, timeText);
  const { resourceId, resourceType, resourceName, compartmentId, compartmentName, owner, tags } = resource;
  const judged: JudgedResource = {
    resourceId,
    resourceType,
    resourceName,
    compartmentId,
    compartmentName,
    owner,
    tags,
    ...(history.storedBytes === undefined ? {} : { storedBytes: history.storedBytes }),
    policy: demand.policy.name,
    severity: demand.policy.severity,
    outcome,
    compliance,
    controls,
    lastSuccessTime: timeOf(lastSuccessMs, timeText),
    recoveryPointAgeSeconds: left.recoveryPointAgeSeconds,
    recoveryPoints: left.recoveryPoints,
    byBackupType: byBackupType(history, day.cutOffMs, timeText),
    attempts: dayBackups.length,
    lastFailure: lastFailureOf(history),
    lastRestoreTime: timeOf(history.lastRestoreMs),
    openIncident: openIncidentOf(incidents),
    consecutiveBadDays,
    badSince,
    recentOutcomes,
    firstReported,
    waiver,
    findings: notesOf({ history, incidents, due, outcome, memory }),
    lastKnown: lastKnownOf(history, timeText),
  };
  return ofOwn.membership === null ? judged : { ...judged, ...membershipField(ofOwn.membership) };
}

const noJobs: readonly CorrelatedJob[] = [];

/** Its own facts or, where it is backed up through a group, those of both. */
export function memberFacts(
  { resource, history, group, groupPoints, demand }: JudgingCase,
  { day }: JudgingDay,
): MemberFacts {
  if (group === null && groupPoints.length === 0) return { history, ofGroup: noJobs };
  const { createdMs } = creationOf(resource, history);
  const { terminatedMs } = history;
  const points = pointsOfMember(history.points, groupPoints, { createdMs, terminatedMs });
  const known = { ...history, points };
  if (group === null) return { history: known, ofGroup: [] };
  return withGroupBackups(known, group, { day, createdMs, maxDurationMs: demand.policy.maxDurationMs });
}

/** What the resource owes at the cut-off, whatever was attempted. */
function owedOf(due: Due | null, { lastSuccessMs }: ResourceHistory, knownSinceMs: number): Owed {
  if (due === null || (lastSuccessMs !== null && lastSuccessMs >= due.sinceMs)) return 'NOT_DUE';
  if (due.today) return 'MISSED';
  // A backup from before anything is known may exist.
  return due.sinceMs >= knownSinceMs ? 'LATE' : 'NOT_DUE';
}

interface DayOfResource {
  readonly due: Due | null;
  readonly outcome: Outcome;
  readonly isLate: boolean;
  readonly creation: Creation;
}

function controlsOf(
  { resource, history, demand, incidents, group }: JudgingCase,
  { day, knownSinceMs, hasUnownedDeletions, restoreTests }: JudgingDay,
  { due, outcome, isLate, creation }: DayOfResource,
): JudgedControls {
  if (isUnknown(resource)) return unattributedControls(outcome);
  const { terminatedMs } = history;
  const protection = resource.protection ?? null;
  const input = {
    history,
    protection,
    demand,
    due,
    outcome,
    isLate,
    incidents,
    day,
    knownSinceMs,
    hasUnownedDeletions,
    restoreTests: restoreTests.get(resource.resourceId) ?? noRestoreTests,
    createdMs: creation.createdMs,
    mayBeYounger: creation.mayBeYounger,
    group,
  };
  return terminatedMs !== null && outcome === 'NOT_DUE'
    ? terminatedControls(input, terminatedMs)
    : evaluateControls(input);
}

function openIncidentOf(incidents: readonly Incident[]): JudgedResource['openIncident'] {
  const open = longestOpen(incidents);
  return open === undefined ? null : { condition: open.condition, since: open.openedAt ?? open.lastSeenAt };
}
