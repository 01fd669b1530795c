import { toIso } from '../../../base/instants.js';
import { hourMs } from '../../../base/time-units.js';
import type { AttestationReading } from '../../../model/attestation.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { SourcePulse } from '../../../model/pulse.js';
import type { SourceReport } from '../../../model/report-head.js';
import type { DayFacts, FollowedAttempts } from '../facts/gather-facts.js';
import { groupBackups } from '../facts/group-backups.js';
import { lifeCyclesOf } from '../facts/remember-lives.js';
import { trendOf } from '../memory/follow-up.js';
import { memoryOfDay } from '../memory/memory.js';
import { runningOf } from '../memory/running-attempts.js';
import type { ResourceRef } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import type { LifeCycle } from '../model/life-cycle.js';
import { isNamedOnly } from '../model/named-resource.js';
import type { RuleBook } from '../rules/rule-book.js';
import { type Evaluation, evaluateCompliance } from './evaluate-compliance.js';
import type { Hindsight } from './hindsight.js';
import { pulsesAfter } from './pulses.js';

export interface Expectation {
  readonly resources: readonly ProtectedResource[];
  /** Whether the inventory itself names resources; false: they are those observed. */
  readonly isNamed: boolean;
  readonly hindsight: Hindsight;
}

/** The same for every day of a run. */
export interface JudgingRules {
  readonly ruleBook: RuleBook;
  /** How long an attempt without an end is followed, at least two days. */
  readonly lookbackDays: number;
  /** Since when every event is known. */
  readonly knownSinceMs: number;
  /** What people attested. */
  readonly attestations: AttestationReading;
}

/**
 * How long attempts are followed: each as long as the policy of its resource allows.
 *
 * @param resourceOf the resource according to the inventory or the memory, to find its policy
 */
export function followedBy(
  { ruleBook, lookbackDays }: JudgingRules,
  { isNamed, resources }: Expectation,
  resourceOf: (resource: ResourceRef) => ProtectedResource,
): FollowedAttempts {
  return {
    lookbackDays,
    expected: isNamed ? resources : [],
    maxDurationMs: (resource) => ruleBook.policyOf(resourceOf(resource)).policy.maxDurationMs,
  };
}

/** Judges the day. */
export function judgeFacts(facts: DayFacts, expectation: Expectation, rules: JudgingRules): Evaluation {
  const { day, memory, proven, histories, incidents } = facts;
  const { isNamed, resources, hindsight } = expectation;
  const isThere = ({ resourceId }: ProtectedResource): boolean => {
    const history = histories.get(resourceId);
    return history !== undefined && (history.seenMs !== null || history.remembered?.standing !== null);
  };
  const known = [...(hindsight.judgedBefore ?? []), ...resources.filter((each) => isNamed || isThere(each))];
  const groups = groupBackups(facts, known, isNamed);
  // The members of an observed group are judged, each of them through it.
  const isJudged = ({ resourceId }: ProtectedResource): boolean =>
    isNamed || groups.membersOf(resourceId) === 0;
  return evaluateCompliance({
    // When a past day is read, a resource observed later was not expected yet. One that was observed by name alone, and
    // that an inventory read in part lists for that, may be one of the others.
    expected: resources.filter(
      (each) => ((isNamed && !isNamedOnly(each)) || isThere(each)) && isJudged(each),
    ),
    isNamed,
    proven,
    histories,
    incidents,
    points: facts.points,
    hasUnownedDeletions: facts.hasUnownedDeletions,
    hindsight,
    day,
    memory,
    knownSinceMs: rules.knownSinceMs,
    attestations: rules.attestations,
    lookbackDays: rules.lookbackDays,
    ruleBook: rules.ruleBook,
    groups,
  });
}

/** What the next day needs to know of OCIDs that are no resource of the day. */
export function livesBeyond({ lives, day }: DayFacts, evaluation: Evaluation): readonly LifeCycle[] {
  const { resources, notInInventory, excludedResources, formerResources } = evaluation;
  const lists = [
    resources,
    notInInventory,
    excludedResources,
    formerResources.filter(({ before }) => before),
  ];
  const ids = new Set(lists.flatMap((list) => list.map(({ resourceId }) => resourceId)));
  return lifeCyclesOf(lives, day.cutOffMs, (resourceId) => ids.has(resourceId));
}

/**
 * What a day without a report of its own passes on to the next.
 *
 * @param sources as read: their pulses have counts of this day
 */
export function memoryOfUnreported(
  facts: DayFacts,
  evaluation: Evaluation,
  { knownSinceMs }: JudgingRules,
  sources: readonly SourceReport[],
): DayMemory {
  const { day, incidents, memory } = facts;
  const { dues } = evaluation;
  const before = memory?.pulses ?? new Map<string, SourcePulse>();
  const remembered = memoryOfDay(
    {
      ...evaluation,
      incidents,
      lifeCycles: livesBeyond(facts, evaluation),
      reportDay: {
        date: day.date,
        timezone: day.timezone,
        start: toIso(day.startMs),
        cutOff: toIso(day.cutOffMs),
        hours: (day.cutOffMs - day.startMs) / hourMs,
      },
      knownSince: toIso(knownSinceMs),
      generatedAt: toIso(day.cutOffMs),
      status: 'COMPLETE',
      sources: [],
      runningAttempts: runningOf(facts.spanJobs, null),
      trend: trendOf(memory, { date: day.date, status: null, totals: null }),
    },
    noWords,
  );
  return { ...remembered, pulses: pulsesAfter({ sources, date: day.date, dues, before }) };
}

/** Nothing is compared with a day that has no report. */
function noWords(): string {
  return '';
}
