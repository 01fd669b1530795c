import { parseInstant, toIso } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import { dayMs, hourMs } from '../../../base/time-units.js';
import { sumControlTotals } from '../../../model/control-totals.js';
import type { RejectedRecord } from '../../../model/control-totals.js';
import type { Language } from '../../../model/language.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { SourceReport } from '../../../model/report-head.js';
import type { IgnoredEvents } from '../events/ignored-types.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { eachCountedJob } from '../facts/counted-jobs.js';
import { followUpOf, trendOf } from '../memory/follow-up.js';
import type { DailyReport, ReportTotals, UnrecognisedType } from '../model/daily-report.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Framework } from '../model/framework.js';
import type { Incident } from '../model/incident.js';
import type { LifeCycle } from '../model/life-cycle.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { LeavingReason, UnjudgedReason } from '../model/judged-resource.js';
import type { ObservedChange } from '../model/observed-change.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import type { Silence } from '../model/silence.js';
import type { Routing } from '../model/slice.js';
import {
  type ControlName,
  type Outcome,
  type Verdict,
  controlNames,
  outcomes,
  isBad,
} from '../model/verdict.js';
import type { Evaluation } from '../verdicts/evaluate-compliance.js';
import { jobTotalsOf, jobsByType } from './count-jobs.js';
import { sayChanges } from './sentences/say-changes.js';
import { sayFindings } from './sentences/say-findings.js';
import { sayFollowUp } from './sentences/say-follow-up.js';
import { sayPolicies } from './sentences/say-policies.js';
import { sayFormer, sayUnjudged } from './sentences/say-population.js';
import { sayResources } from './sentences/say-resources.js';
import { sayIncompleteness } from './sentences/say-status.js';
import { sayWaivers } from './sentences/say-waivers.js';

export interface AssemblyInput {
  readonly plan: string;
  readonly day: ReportDay;
  readonly generatedAt: string;
  /** How long after the cut-off late records were waited for. */
  readonly settleDelayMs: number;
  readonly tool: DailyReport['tool'];
  readonly language: Language;
  readonly evaluation: Evaluation;
  readonly incidents: readonly Incident[];
  /** Of OCIDs that are no resource. */
  readonly lifeCycles: readonly LifeCycle[];
  /** Jobs that belong to the day. */
  readonly jobs: readonly CorrelatedJob[];
  readonly sources: readonly SourceReport[];
  readonly rejected: readonly RejectedRecord[];
  readonly unrecognised: ReadonlyMap<string, number>;
  readonly ignored: IgnoredEvents;
  readonly tolerateRejected: number;
  readonly inventory: DailyReport['inventory'];
  readonly inventoryFaults: readonly string[];
  readonly changes: readonly ObservedChange[];
  readonly runningAttempts: DailyReport['runningAttempts'];
  /** Memory of the day before; null: a cold start. */
  readonly memory: DayMemory | null;
  /** Memory of the previous report, which may be of an earlier day. */
  readonly comparedWith: DayMemory | null;
  readonly previousReport: DailyReport['previousReport'];
  /** Why the run could not continue from an archived report, one sentence each. */
  readonly memoryFaults: readonly string[];
  readonly knownSinceMs: number;
  /** Findings about the archive, already in words. */
  readonly recallFindings: DailyReport['findings'];
  /** All other findings that a person should act on, except those from judging. */
  readonly findings: readonly JudgedFinding[];
  readonly frameworks?: readonly Framework[];
  readonly routing: Routing | null;
  readonly silence: readonly Silence[];
  /** Whether the cut-off had passed when the events were read. */
  readonly isDayOver: boolean;
}

/** Assembles the report document and decides whether it is COMPLETE. It holds everything that renderers show. */
export function assembleReport(input: AssemblyInput): DailyReport {
  const { day, evaluation, memory, language } = input;
  const speech = { language, date: day.date, timezone: day.timezone };
  const resources = sayResources(evaluation.resources, speech);
  const totals = totalsOf(resources, evaluation.excludedResources.length);
  const controlTotals = sumControlTotals(input.sources.map((source) => source.controlTotals));
  const statusReasons = sayIncompleteness({ ...input, controlTotals }, language);
  const status = statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE';
  return {
    schemaVersion: 1,
    plan: input.plan,
    reportDay: dayInReport(day),
    slice: null,
    status,
    statusReasons,
    generatedAt: input.generatedAt,
    generatedDaysLater: daysLater(day.cutOffMs, input.generatedAt),
    ...settleDelayOf(resources, input),
    tool: input.tool,
    language: language.tag,
    totals,
    controls: controlSummaries(resources),
    policies: sayPolicies(evaluation.policies, language),
    followUp: sayFollowUp(
      followUpOf(input.comparedWith, evaluation.resources, reasonsOfLeaving(evaluation)),
      resources,
      language,
    ),
    resources,
    incidents: input.incidents,
    jobTotals: jobTotalsOf(input.jobs),
    changes: sayChanges(input.changes, language),
    waivers: sayWaivers(evaluation.waivers, language),
    findings: [...input.recallFindings, ...sayFindings(findingsOf(input), speech)],
    trend: trendOf(memory, { date: day.date, status, totals, jobs: jobsByType(eachCountedJob(input.jobs)) }),
    sources: input.sources,
    controlTotals,
    rejectedRecords: input.rejected,
    unrecognisedTypes: unrecognisedOf(input.unrecognised),
    ignoredTypes: input.ignored.types,
    furtherIgnored: input.ignored.further,
    silence: input.silence,
    inventory: input.inventory,
    notInInventory: sayUnjudged(evaluation.notInInventory, language),
    excludedResources: sayUnjudged(evaluation.excludedResources, language),
    formerResources: sayFormer(evaluation.formerResources, language),
    ...livesOf(input),
    runningAttempts: input.runningAttempts,
    knownSince: toIso(input.knownSinceMs),
    ...(input.frameworks === undefined || input.frameworks.length === 0
      ? {}
      : { frameworks: input.frameworks }),
    routing: input.routing && {
      slices: input.routing.slices.map(({ name, resourceIds }) => ({ name, resources: resourceIds.size })),
      unrouted: input.routing.unrouted,
    },
    previousReport: input.previousReport,
  };
}

/** Told where a plan has resources of Azure, whose rows come late. */
function settleDelayOf(
  resources: DailyReport['resources'],
  { settleDelayMs }: Pick<AssemblyInput, 'settleDelayMs'>,
): Pick<DailyReport, 'settleDelaySeconds'> {
  return resources.some(({ cloud }) => cloud === 'azure') ? { settleDelaySeconds: settleDelayMs / 1000 } : {};
}

function dayInReport({ date, timezone, startMs, cutOffMs }: ReportDay): DailyReport['reportDay'] {
  const hours = (cutOffMs - startMs) / hourMs;
  return { date, timezone, start: toIso(startMs), cutOff: toIso(cutOffMs), hours };
}

/** What the next day needs to know of what was created, or is gone. */
function livesOf({ evaluation, lifeCycles }: AssemblyInput): Pick<DailyReport, 'formerFacts' | 'lifeCycles'> {
  return { formerFacts: evaluation.formerResources.flatMap(({ before }) => before ?? []), lifeCycles };
}

function daysLater(cutOffMs: number, generatedAt: string): number {
  return Math.max(0, Math.floor(((parseInstant(generatedAt) ?? cutOffMs) - cutOffMs) / dayMs));
}

function reasonsOfLeaving({
  excludedResources,
  formerResources,
}: Evaluation): ReadonlyMap<string, UnjudgedReason | LeavingReason> {
  const reasons = new Map<string, UnjudgedReason | LeavingReason>(
    excludedResources.map(({ resourceId, reason }) => [resourceId, reason]),
  );
  for (const { resourceId, reason } of formerResources) reasons.set(resourceId, reason);
  return reasons;
}

/** For each control, how many resources have which verdict. */
export function controlSummaries(resources: readonly ResourceCompliance[]): DailyReport['controls'] {
  return controlNames.map((control) => ({ control, byVerdict: verdictsOf(resources, control) }));
}

/** Totals of the judged resources; `excluded` counts those that are not judged. */
export function totalsOf(resources: readonly ResourceCompliance[], excluded: number): ReportTotals {
  const byOutcome = zeroes<Outcome>(outcomes);
  const byVerdict = zeroes<Verdict>(['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE']);
  let waived = 0;
  let waivedBad = 0;
  for (const { outcome, compliance, waiver } of resources) {
    byOutcome[outcome] += 1;
    byVerdict[compliance] += 1;
    if (waiver === null) continue;
    waived += 1;
    if (isBad(compliance)) waivedBad += 1;
  }
  const judged = resources.length - byVerdict.NOT_APPLICABLE;
  return {
    expected: resources.length,
    byOutcome,
    compliant: byVerdict.COMPLIANT,
    nonCompliant: byVerdict.NON_COMPLIANT,
    unknown: byVerdict.UNKNOWN,
    notApplicable: byVerdict.NOT_APPLICABLE,
    waived,
    waivedBad,
    excluded,
    compliancePercent: judged === 0 ? null : (byVerdict.COMPLIANT * 100) / judged,
  };
}

function verdictsOf(resources: readonly ResourceCompliance[], control: ControlName): Record<Verdict, number> {
  const byVerdict = zeroes<Verdict>(['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE']);
  for (const resource of resources) byVerdict[resource.controls[control].verdict] += 1;
  return byVerdict;
}

function unrecognisedOf(types: ReadonlyMap<string, number>): readonly UnrecognisedType[] {
  return [...types]
    .map(([eventType, events]) => ({ eventType, events }))
    .sort((a, b) => compareText(a.eventType, b.eventType));
}

function findingsOf({ findings, ignored, evaluation }: AssemblyInput): readonly JudgedFinding[] {
  return [...findings, ...ignoredNaming(ignored), ...evaluation.findings];
}

/** One finding for all of them, whatever was read. */
function ignoredNaming({ naming }: IgnoredEvents): readonly JudgedFinding[] {
  const [first] = naming;
  if (first === undefined || first.names === null) return [];
  const { eventType, names } = first;
  return [{ kind: 'ignored-names-backup', eventType, names, types: naming.length }];
}

function zeroes<K extends string>(keys: readonly K[]): Record<K, number> {
  const record: Partial<Record<K, number>> = {};
  for (const key of keys) record[key] = 0;
  return record as Record<K, number>;
}
