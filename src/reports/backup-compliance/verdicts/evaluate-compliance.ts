import { daysBetween } from '../../../base/civil-dates.js';
import { isoTexts } from '../../../base/instants.js';
import { type AttestationReading, noAttestations } from '../../../model/attestation.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { noGroups } from '../facts/group-backups.js';
import type { ProvenAttempt } from '../facts/proven-attempts.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import type { Incident } from '../model/incident.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { JudgedResource, LeftResource, UnjudgedFacts } from '../model/judged-resource.js';
import type { AppliedPolicy, UsedWaiver } from '../model/judged-rules.js';
import {
  type PointGroup,
  type PointsByResource,
  type ResourcePoints,
  noPoints,
} from '../model/recovery-point.js';
import { isUnknown } from '../model/unknown-resource.js';
import { DueDates, demandOf } from '../rules/due.js';
import { PolicyUse } from '../rules/policy-use.js';
import type { Rules } from '../rules/rule-book.js';
import { WaiverUse } from '../rules/waiver-use.js';
import { type ProvenPopulation, addProvenAttempts, withNotes } from './add-proven-attempts.js';
import { type TestsByResource, attestationFindings, restoreTestsOf } from './attested-tests.js';
import { type DueGroup, DueByWitnesses } from './due-by-witnesses.js';
import { type JudgingCase, type JudgingDay, judgeResource, memberFacts } from './judge-resource.js';
import { pointGroups, withGroupsOfMembers, withPoints } from './group-points.js';
import { noteNamesakes } from './namesakes.js';
import { type Candidate, type PopulationInput, placeResources } from './population.js';
import { askedForMs, keptPoints } from './kept-points.js';
import { sortResources } from './resource-order.js';

export interface EvaluationInput extends PopulationInput {
  /** Attempts that ends after the cut-off prove to have been running at it. */
  readonly proven?: readonly ProvenAttempt[];
  /** Since when every event is known. */
  readonly knownSinceMs: number;
  /** The backups of every resource that are known at the cut-off. */
  readonly points?: PointsByResource;
  /** Whether backups were deleted that day of which nobody knows whose they were. */
  readonly hasUnownedDeletions?: boolean;
  /** What people attested; absent: nothing. */
  readonly attestations?: AttestationReading;
}

/** The result of a day, in codes and numbers; document/ puts it into words. */
export interface Evaluation {
  /** Worst first. */
  readonly resources: readonly JudgedResource[];
  readonly notInInventory: readonly UnjudgedFacts[];
  readonly excludedResources: readonly UnjudgedFacts[];
  readonly formerResources: readonly LeftResource[];
  readonly policies: readonly AppliedPolicy[];
  readonly waivers: readonly UsedWaiver[];
  readonly findings: readonly JudgedFinding[];
  /** The backups that later days are to know. */
  readonly points: PointsByResource;
  /** What was due, by who told of it last. */
  readonly dues: readonly DueGroup[];
  /** Running attempts of the resources that are known by a later end alone: they are of the day, too. */
  readonly provenJobs: readonly CorrelatedJob[];
}

/** Judges every expected resource, and every job without a named resource: it must not vanish. */
export function evaluateCompliance(input: EvaluationInput): Evaluation {
  const { rules } = input.ruleBook;
  const population = placeResources(input);
  const policyUse = new PolicyUse(rules);
  const waiverUse = new WaiverUse(rules, input.day.date);
  const dueDates = new DueDates(input.day);
  const dues = new DueByWitnesses(input.day, dueDates);
  const proven = addProvenAttempts(population.judged, input.proven ?? [], input.groups ?? noGroups);
  const asTold = population.judged;
  const { attestations = noAttestations } = input;
  const restoreTests = restoreTestsOf(attestations, input.day);
  const judged = judgeAll(proven, input, { policyUse, waiverUse, dueDates, dues, asTold, restoreTests });
  const resources = noteNamesakes(withNotes(judged, proven), population.notInInventory);
  const kept = keptPoints(input.points ?? noPoints, input.day, askedFor(population.judged, input));
  return {
    resources: sortResources(resources),
    notInInventory: population.notInInventory,
    excludedResources: population.excluded,
    formerResources: population.former,
    policies: policyUse.applied(),
    waivers: waiverUse.used(),
    dues: dues.groups(),
    findings: [
      ...policyUse.findings(),
      ...unusedExcludes(rules, population.usedExcludes),
      ...waiverUse.findings(resources.length),
      ...population.findings,
      ...attestationFindings(attestations, restoreTests, resources),
      ...(input.groups?.findings ?? []),
    ],
    points: withGroupsOfMembers(kept, groupsOfMembers(population.judged, input)),
    provenJobs: proven.added,
  };
}

/** How long back the backups of a resource are asked for. */
function askedFor(
  judged: readonly Candidate[],
  { ruleBook, histories }: EvaluationInput,
): (resource: ResourcePoints) => number {
  let candidates: ReadonlyMap<string, Candidate> | undefined;
  return (known) => {
    candidates ??= new Map(judged.map((each) => [each.resource.resourceId, each]));
    const resource = candidates.get(known.resourceId)?.resource ?? unjudgedOf(known);
    const demand = demandOf(ruleBook.policyOf(resource).policy, resource.protection);
    const recoveryWindowDays = histories.get(known.resourceId)?.recoveryWindowDays ?? null;
    return askedForMs(demand, resource.protection?.retentionDays ?? recoveryWindowDays);
  };
}

const noPointGroups: readonly PointGroup[] = [];

/** The volume groups that a resource is or was in. */
function groupsOf(
  { resourceId }: Pick<ProtectedResource, 'resourceId'>,
  { memory, day, groups = noGroups }: EvaluationInput,
): readonly PointGroup[] {
  const before = memory?.points?.get(resourceId)?.groups ?? noPointGroups;
  return pointGroups(before, groups.membershipOf(resourceId), day);
}

function groupsOfMembers(
  judged: readonly Candidate[],
  input: EvaluationInput,
): ReadonlyMap<string, Omit<ResourcePoints, 'points'>> {
  const members = new Map<string, Omit<ResourcePoints, 'points'>>();
  for (const { resource } of judged) {
    const groups = groupsOf(resource, input);
    const { resourceId, resourceType, resourceName } = resource;
    if (groups.length > 0) members.set(resourceId, { resourceId, resourceType, resourceName, groups });
  }
  return members;
}

function unjudgedOf({ resourceId, resourceType, resourceName }: ResourcePoints): ProtectedResource {
  const names = { resourceId, resourceType, resourceName, compartmentId: null, compartmentName: null };
  return { ...names, tags: {}, owner: null };
}

const noIncidents: readonly Incident[] = [];

interface RuleUse {
  readonly policyUse: PolicyUse;
  readonly waiverUse: WaiverUse;
  readonly dueDates: DueDates;
  readonly dues: DueByWitnesses;
  /** The same candidates without what later ends prove: a proof is no sign of life of a source. */
  readonly asTold: readonly Candidate[];
  readonly restoreTests: TestsByResource;
}

function judgeAll(
  proven: ProvenPopulation,
  input: EvaluationInput,
  { policyUse, waiverUse, dueDates, dues, asTold, restoreTests }: RuleUse,
): JudgedResource[] {
  const { incidents, ruleBook, day, memory, knownSinceMs } = input;
  const { groups = noGroups, hasUnownedDeletions = false } = input;
  const incidentsOf = groupIncidents(incidents);
  const daysSinceMemory = memory === null ? 0 : daysBetween(memory.date, day.date);
  const since = { knownSinceMs, daysSinceMemory, hasUnownedDeletions };
  const judging: JudgingDay = { day, memory, ...since, restoreTests, dueDates, timeText: isoTexts() };
  return proven.judged.map(({ resource: named, history }, position) => {
    const { policy, matching } = ruleBook.policyOf(named);
    if (!isUnknown(named)) policyUse.add(matching);
    const resource = named.owner === policy.owner ? named : { ...named, owner: named.owner ?? policy.owner };
    const waivers = ruleBook.waiversOf(resource);
    const demand = demandOf(policy, resource.protection);
    const group = groups.backupsFor(resource.resourceId);
    const told: JudgingCase = {
      resource,
      history: asTold[position]?.history ?? history,
      demand,
      incidents: incidentsOf.get(resource.resourceId) ?? noIncidents,
      waiver: waiverUse.appliedOf(waivers),
      membership: groups.membershipOf(resource.resourceId),
      group,
      groupPoints: withPoints(groupsOf(resource, input), input.points ?? noPoints),
    };
    dues.add({ resource, demand, history: memberFacts(told, judging).history });
    const judged = judgeResource(withProof(told, history, proven), judging);
    waiverUse.add(waivers, judged);
    return judged;
  });
}

/** With the attempts that later ends prove: its own, and those of its group. */
function withProof(told: JudgingCase, history: ResourceHistory, proven: ProvenPopulation): JudgingCase {
  const { group } = told;
  if (group === null) return { ...told, history };
  return { ...told, history, group: { ...group, jobs: [...group.jobs, ...proven.ofGroup(group.groupId)] } };
}

function groupIncidents(incidents: readonly Incident[]): ReadonlyMap<string, readonly Incident[]> {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const group = groups.get(incident.resourceId);
    if (group === undefined) groups.set(incident.resourceId, [incident]);
    else group.push(incident);
  }
  return groups;
}

function unusedExcludes({ excludes }: Rules, used: ReadonlySet<number>): readonly JudgedFinding[] {
  return excludes.flatMap(({ match, reason }, position): JudgedFinding[] =>
    used.has(position) ? [] : [{ kind: 'exclude-matches-nothing', reason, match }],
  );
}
