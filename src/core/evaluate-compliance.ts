import type { Incident } from '../model/incident.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import type { Policy } from '../model/policy.js';
import type { ReportDay } from '../model/report-day.js';
import {
  type ControlResult,
  type Outcome,
  type ResourceCompliance,
  outcomes,
} from '../model/resource-compliance.js';
import { isUnknown } from './correlate-jobs.js';
import { outcomeOfDay } from './day-outcome.js';
import { compareText } from './event-ledger.js';
import { evaluateControls, overallVerdict } from './evaluate-controls.js';
import { toIso } from './instants.js';
import { type ResourceHistory, historyOf } from './resource-history.js';
import { count, instantInWords } from './words.js';

export interface EvaluationInput {
  /** What should be backed up, as the inventory says. */
  readonly expected: readonly ProtectedResource[];
  readonly histories: Map<string, ResourceHistory>;
  readonly incidents: readonly Incident[];
  readonly day: ReportDay;
  readonly windowStartMs: number;
  readonly policyOf: (resource: ProtectedResource) => Policy;
}

export interface Evaluation {
  /** Worst first. */
  readonly resources: readonly ResourceCompliance[];
  /** Resources with events that the inventory does not list, one sentence each. */
  readonly notInInventory: readonly string[];
}

/** Judges every expected resource, and every job that names no resource: it must not vanish. */
export function evaluateCompliance(input: EvaluationInput): Evaluation {
  const incidentsOf = groupIncidents(input.incidents);
  const resources: ResourceCompliance[] = [];
  const listed = new Set<string>();
  const judge = (resource: ProtectedResource): void => {
    if (listed.has(resource.resourceId)) return;
    listed.add(resource.resourceId);
    const history = historyOf(input.histories, resource);
    const isGone = history.terminatedMs !== null && history.terminatedMs < input.day.startMs;
    if (isGone && history.dayBackups.length === 0) return;
    const incidents = incidentsOf.get(resource.resourceId) ?? [];
    resources.push(judgeResource(resource, history, incidents, input));
  };
  for (const resource of input.expected) judge(resource);
  for (const history of input.histories.values()) {
    const isOrphan = isUnknown(history.resource) && history.dayBackups.length + history.dayCopies.length > 0;
    if (isOrphan) judge(asProtectedResource(history));
  }
  return { resources: resources.sort(compareResources), notInInventory: outsiders(input, listed) };
}

/** The observed population: every resource that the window's jobs and backup failure incidents tell of. */
export function observedResources(
  histories: ReadonlyMap<string, ResourceHistory>,
): readonly ProtectedResource[] {
  return [...histories.values()]
    .filter((history) => history.isObserved && !isUnknown(history.resource))
    .map(asProtectedResource)
    .sort((a, b) => compareText(a.resourceId, b.resourceId));
}

function asProtectedResource({ resource }: ResourceHistory): ProtectedResource {
  return { ...resource, owner: null, tags: {} };
}

function groupIncidents(incidents: readonly Incident[]): Map<string, Incident[]> {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const group = groups.get(incident.resourceId);
    if (group === undefined) groups.set(incident.resourceId, [incident]);
    else group.push(incident);
  }
  return groups;
}

function judgeResource(
  resource: ProtectedResource,
  history: ResourceHistory,
  incidents: readonly Incident[],
  input: EvaluationInput,
): ResourceCompliance {
  const { day, windowStartMs } = input;
  const policy = input.policyOf(resource);
  const terminatedMs = history.terminatedMs;
  const outcome = outcomeOfDay(history.dayBackups, terminatedMs === null && !isUnknown(resource));
  const controls = isUnknown(resource)
    ? unattributedControls(outcome)
    : terminatedMs !== null && outcome === 'NOT_DUE'
      ? notDueControls(`terminated at ${instantInWords(terminatedMs, day.timezone)}`)
      : evaluateControls({
          history,
          protection: resource.protection ?? null,
          policy,
          outcome,
          incidents,
          day,
          windowStartMs,
        });
  const { lastSuccessMs, lastFailure, lastRestoreMs } = history;
  return {
    resourceId: resource.resourceId,
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
    compartmentId: resource.compartmentId,
    compartmentName: resource.compartmentName,
    owner: resource.owner,
    policy: policy.name,
    outcome,
    compliance: overallVerdict(controls),
    controls,
    lastSuccessTime: lastSuccessMs === null ? null : toIso(lastSuccessMs),
    recoveryPointAgeSeconds:
      lastSuccessMs === null ? null : Math.round((day.cutOffMs - lastSuccessMs) / 1000),
    attempts: history.dayBackups.length,
    lastFailure:
      lastFailure?.endMs === undefined || lastFailure.endMs === null
        ? null
        : { time: toIso(lastFailure.endMs), message: lastFailure.end?.message ?? null },
    lastRestoreTime: lastRestoreMs === null ? null : toIso(lastRestoreMs),
    consecutiveBadDays: null,
    waiver: null,
    findings: findingsOf(history, incidents, day),
  };
}

/** A backup that cannot be attributed proves nothing about any resource: never green. */
function unattributedControls(outcome: Outcome): ResourceCompliance['controls'] {
  const failed = outcome === 'FAILED';
  return {
    ...notDueControls('no resource to judge'),
    'backup-succeeded': {
      verdict: failed ? 'NON_COMPLIANT' : 'UNKNOWN',
      reason: failed
        ? 'a backup failed whose event names no protected resource'
        : 'backups were made whose events name no protected resource; they cannot be counted for any',
      measured: null,
      threshold: null,
    },
  };
}

function notDueControls(reason: string): ResourceCompliance['controls'] {
  const result: ControlResult = { verdict: 'NOT_APPLICABLE', reason, measured: null, threshold: null };
  return {
    'recovery-point-age': result,
    'backup-succeeded': result,
    'no-open-incident': result,
    retention: result,
    'protection-enabled': result,
    duration: result,
    'no-early-deletion': result,
  };
}

function findingsOf(
  history: ResourceHistory,
  incidents: readonly Incident[],
  day: ReportDay,
): readonly string[] {
  const findings: string[] = [];
  for (const job of history.dayCopies.filter(({ status }) => status === 'FAILED' || status === 'UNKNOWN')) {
    const when = job.endMs === null ? '' : ` at ${instantInWords(job.endMs, day.timezone)}`;
    const reason = job.end?.message ?? job.end?.result.state ?? 'no reason given';
    findings.push(`copying a backup ${job.status === 'FAILED' ? 'failed' : 'did not end'}${when}: ${reason}`);
  }
  if (history.dayDeletions.length > 0) {
    findings.push(`${count(history.dayDeletions.length, 'backup')} deleted today`);
  }
  for (const incident of incidents) {
    if (incident.state === 'open' && !incident.bearsOnBackups) findings.push(`${incident.condition} is open`);
    if (incident.state === 'cleared') findings.push(`${incident.condition} was cleared`);
  }
  return findings;
}

function outsiders({ histories }: EvaluationInput, listed: ReadonlySet<string>): readonly string[] {
  return [...histories.values()]
    .filter(
      ({ resource, isObserved }) => isObserved && !isUnknown(resource) && !listed.has(resource.resourceId),
    )
    .sort((a, b) => compareText(a.resource.resourceId, b.resource.resourceId))
    .map((history) => {
      const { resource, dayBackups } = history;
      const outcome = outcomeOfDay(dayBackups, false);
      const today =
        dayBackups.length === 0
          ? 'no attempt today'
          : `${count(dayBackups.length, 'attempt')} today, ${outcome}`;
      return `${resource.resourceName} (${resource.resourceType}, ${resource.resourceId}): ${today}`;
    });
}

const verdictRank = { NON_COMPLIANT: 0, UNKNOWN: 1, NOT_APPLICABLE: 2, COMPLIANT: 2 };

/** Non-compliant first, then by outcome, worst first, then by name; total, so that no order of input shows. */
function compareResources(a: ResourceCompliance, b: ResourceCompliance): number {
  return (
    verdictRank[a.compliance] - verdictRank[b.compliance] ||
    outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
    compareText(a.resourceName.toLowerCase(), b.resourceName.toLowerCase()) ||
    compareText(a.resourceId, b.resourceId)
  );
}
